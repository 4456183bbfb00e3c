import { CountyPlaces } from '../../main/engine/proposals/CountyPlaces.ts';
import { propose } from '../../main/engine/proposals/propose.ts';
import type { Alarm } from '../../shared/alarms/alarm.ts';
import type { Proposal } from '../../shared/proposals/proposal.ts';
import type { ScenarioName } from '../../shared/wire/simulatedCounty.ts';
import { ScenarioRun } from '../support/ScenarioRun.ts';
import type { Bench, BenchOptions, Figures } from './bench.ts';

/** Wednesday, 00:00 in the simulated county. */
const MIDNIGHT_MS = Date.UTC(2026, 4, 6, 5);
const HOUR_MS = 3_600_000;
const TICK_MS = 10_000;
const LOOK_EVERY_TICKS = 6;
/** The rules whose alarms show that an event of each kind took place. */
const causes = new Set(['traffic.queue', 'electricity.outage', 'water.burst']);

type Day = { alarms: number; proposals: number; falseMerges: string[]; slowestMs: number };

/**
 * The event to which an alarm belongs: the one of its kind that had begun last when the alarm was raised, because a
 * crash causes several queues while it dissolves.
 */
function eventOf({ rule, raisedAtMs }: Alarm, run: ScenarioRun): string {
  const begun = run.truths.filter(({ kind, fromMs }) => kind === 'crash' && fromMs <= raisedAtMs);
  return rule === 'traffic.queue' ? `crash ${begun.length}` : rule;
}

/** True for a proposal that joins two events: two causes, or a citizen's report of something else. */
function isFalse({ alarms }: Proposal, run: ScenarioRun, strayPlaces: ReadonlySet<string>): boolean {
  const members = alarms.flatMap(({ id }) => run.raised.get(id) ?? []);
  return (
    new Set(members.filter(({ rule }) => causes.has(rule)).map((alarm) => eventOf(alarm, run))).size > 1 ||
    members.some(({ rule, place }) => rule === 'citizen.report' && strayPlaces.has(place))
  );
}

async function live(scenarios: readonly ScenarioName[], hours: number): Promise<Day> {
  const run = await ScenarioRun.begin({ scenarios, startMs: MIDNIGHT_MS, scale: 0.1 });
  run.live(2000);
  run.takeHistory(3);
  const places = new CountyPlaces(run.county);
  const seen = new Map<string, Proposal>();
  let [ticks, slowestMs] = [0, 0];
  run.live(hours * HOUR_MS, TICK_MS, () => {
    if (ticks++ % LOOK_EVERY_TICKS !== 0) return;
    const startedAtMs = performance.now();
    const found = propose({
      alarms: run.book.all(),
      incidents: [],
      refusals: [],
      places,
      units: 'us',
      nowMs: run.nowMs,
    });
    slowestMs = Math.max(slowestMs, performance.now() - startedAtMs);
    for (const proposal of found) seen.set(proposal.id, proposal);
  });
  const strayPlaces = new Set(
    run.truths.filter(({ kind }) => kind === 'citizenReports').flatMap(({ subjectIds }) => subjectIds),
  );
  const falseMerges = [...seen.values()]
    .filter((proposal) => isFalse(proposal, run, strayPlaces))
    .map(({ alarms }) => alarms.map(({ title }) => title).join(' + '));
  return {
    alarms: run.operational().length,
    proposals: seen.size,
    falseMerges,
    slowestMs: Math.round(slowestMs * 10) / 10,
  };
}

async function run(options: BenchOptions, say: (line: string) => void): Promise<Figures> {
  const hours = options.number('hours', 24);
  const figures: Figures = { hours };
  for (const [name, scenarios] of [
    ['quiet', ['quiet']],
    ['reports', ['reports']],
    ['demo', ['demo']],
  ] as const) {
    const { alarms, proposals, falseMerges, slowestMs } = await live(scenarios, hours);
    say(
      `${hours} h ${name}: ${alarms} alarms, ${proposals} proposals, ${falseMerges.length} of them false${falseMerges.length === 0 ? '' : ` (${falseMerges.slice(0, 5).join('; ')})`}; the slowest look took ${slowestMs} ms.`,
    );
    Object.assign(figures, {
      [`${name}Alarms`]: alarms,
      [`${name}Proposals`]: proposals,
      [`${name}FalseMerges`]: falseMerges.length,
      [`${name}SlowestMs`]: slowestMs,
    });
  }
  return figures;
}

/** Measures how often alarms that do not belong together are proposed as one event. */
export const proposals: Bench = {
  what: 'false merges among proposed incidents, on a quiet simulated day, one with citizens’ reports, and the demonstration',
  options: { hours: 'hours of the county that are lived, 24' },
  run,
};
