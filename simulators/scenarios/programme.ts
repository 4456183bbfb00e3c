import type { ScenarioName } from '../../shared/wire/simulatedCounty.ts';

/** Nothing happens in these: `quiet` is a day without events, `solar` one with feeders of solar roofs. */
const standing = ['quiet', 'solar'] as const;
type Standing = (typeof standing)[number];

const isStanding = (name: ScenarioName): name is Standing => standing.some((each) => each === name);

/** A scenario to begin at a time. `key` distinguishes repetitions; `round` counts them. */
export type Cue = {
  atMs: number;
  name: Exclude<ScenarioName, Standing | 'demo'>;
  key: number;
  round: number;
  isDemo: boolean;
};

const ROUND_S = 50 * 60;
/**
 * What a demonstration shows in each round, and when: the first events come within a minute, then they develop, and
 * they resolve before the next round.
 */
const demo: readonly { name: Cue['name']; atS: number; isOnce?: true }[] = [
  { name: 'leaks', atS: 0, isOnce: true },
  { name: 'tamper', atS: 0, isOnce: true },
  { name: 'crash', atS: 10 },
  { name: 'bunching', atS: 15 },
  { name: 'burst', atS: 25 },
  { name: 'outage', atS: 90 },
  { name: 'reports', atS: 230 },
];
/** Lasting scenarios begin with the run, so that they are in the history too. */
const firstS: Record<Cue['name'], number> = {
  leaks: 0,
  tamper: 0,
  deadDetectors: 10,
  crash: 10,
  burst: 10,
  outage: 10,
  bunching: 10,
  brokerLoss: 60,
  reports: 10,
  noAnswer: 0,
};

/**
 * The cues of the chosen scenarios in order of time; a demonstration repeats for ever, with other places in each round.
 */
export function* programme(names: readonly ScenarioName[], startMs: number): Generator<Cue, void> {
  const singles = names.flatMap((name) => (isStanding(name) || name === 'demo' ? [] : [{ name, atS: firstS[name] }]));
  const isDemo = names.includes('demo');
  for (let round = 0; round === 0 || isDemo; round++) {
    const inRound = isDemo ? demo.filter(({ isOnce }) => round === 0 || isOnce !== true) : [];
    const due = [...inRound, ...(round === 0 ? singles : [])].toSorted((a, b) => a.atS - b.atS);
    for (const [i, { name, atS }] of due.entries())
      yield { atMs: startMs + (round * ROUND_S + atS) * 1000, name, key: round * 100 + i, round, isDemo };
  }
}
