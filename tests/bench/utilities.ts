import { createUtilitiesDomain } from '../../main/engine/domains/utilities/createUtilitiesDomain.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, QUARTER_HOUR_MS } from '../../shared/base/durations.ts';
import { Random } from '../../simulators/random/Random.ts';
import { makeCounty } from '../support/makeCounty.ts';
import type { Bench, Figures } from './bench.ts';
import { faultKinds, follows, plantBenign, plantFaults } from './utilities/faults.ts';
import type { Fault, FaultKind } from './utilities/faults.ts';
import { makeTown, Town } from './utilities/Town.ts';

const START_MS = Date.UTC(2026, 2, 2);
/** The domain learns what is usual before anything happens. */
const QUIET_DAYS = 16;
/** A finding may stay for so long after what it is of has ended. */
const GRACE_MS = DAY_MS;
const JUDGED_TWICE_MS = 3 * MINUTE_MS;

/** Something that the domain said of a zone or meter, from when to when. */
type Finding = { what: string; id: string; fromMs: number; toMs: number };

/** Keeps what is said, as episodes. */
class Findings {
  readonly all: Finding[] = [];
  readonly #open = new Map<string, Finding>();

  note(found: readonly { what: string; id: string }[], nowMs: number): void {
    for (const { what, id } of found) {
      const key = `${id} ${what}`;
      const open = this.#open.get(key) ?? { what, id, fromMs: nowMs, toMs: nowMs };
      if (!this.#open.has(key)) this.all.push(open);
      open.toMs = nowMs;
      this.#open.set(key, open);
    }
    for (const [key, { toMs }] of this.#open) if (toMs < nowMs - HOUR_MS) this.#open.delete(key);
  }
}

const isOf = (kind: FaultKind, what: string): boolean => faultKinds[kind].finds.some((word) => what.includes(word));

type Judged = {
  kinds: Record<string, { recall: number; secondsToDetect: number }>;
  right: number;
  found: number;
  wrong: Finding[];
  faults: number;
};

/** Which faults were found in time, and which findings no fault explains. */
function judge(
  faults: readonly Fault[],
  findings: readonly Finding[],
  idOf: (fault: Fault) => string,
  zoneOf: (id: string) => string,
): Judged {
  const kinds: Judged['kinds'] = {};
  let found = 0;
  for (const kind of Object.keys(faultKinds) as FaultKind[]) {
    const of = faults.filter((fault) => fault.kind === kind);
    const delays = of.flatMap((fault) => {
      const first = findings
        .filter(({ what, id, toMs }) => id === idOf(fault) && isOf(kind, what) && toMs >= fault.fromMs)
        .map(({ fromMs }) => Math.max(0, fromMs - fault.fromMs))
        .sort((a, b) => a - b)[0];
      return first !== undefined && first <= faultKinds[kind].withinMs ? [first / 1000] : [];
    });
    found += delays.length;
    delays.sort((a, b) => a - b);
    kinds[kind] = { recall: delays.length / of.length, secondsToDetect: delays[Math.floor(delays.length / 2)] ?? -1 };
  }
  const explains = (fault: Fault, { what, id, fromMs, toMs }: Finding): boolean =>
    (isOf(fault.kind, what) || follows[fault.kind]?.includes(what) === true) &&
    (idOf(fault) === id || zoneOf(idOf(fault)) === id) &&
    toMs >= fault.fromMs &&
    fromMs <= fault.toMs + GRACE_MS;
  const wrong = findings.filter((finding) => !faults.some((fault) => explains(fault, finding)));
  return { kinds, found, wrong, right: findings.length - wrong.length, faults: faults.length };
}

export const utilities: Bench = {
  what: 'accelerated days of water and electricity with random faults: which are found, how soon, and what is false',
  options: {
    days: 'days (60)',
    each: 'faults of each kind (8)',
    seed: 'another seed has other faults (1)',
    named: 'names so many findings that nothing explains (0)',
  },
  run(options, say): Promise<Figures> {
    const [days, each, seed] = [options.number('days', 60), options.number('each', 8), options.number('seed', 1)];
    const town = makeTown();
    const { county } = makeCounty({ ...town });
    const domain = createUtilitiesDomain(county);
    const random = new Random(seed);
    const [firstMs, endMs] = [START_MS + QUIET_DAYS * DAY_MS, START_MS + days * DAY_MS];
    const faults = plantFaults(town, each, firstMs, endMs, random);
    const benign = plantBenign(town, 2 * each, firstMs, endMs, faults, random);
    const play = new Town(domain, town, faults, benign, { seed, fromMs: START_MS });
    const findings = new Findings();
    for (let nowMs = START_MS; nowMs <= endMs; nowMs += QUARTER_HOUR_MS) {
      play.step(nowMs);
      domain.judge(nowMs);
      // An alarm is raised of what still holds when its delay is over.
      const alarms = domain
        .judge(nowMs + JUDGED_TWICE_MS)
        .filter(({ unjudgedSinceMs, isInDeadband }) => unjudgedSinceMs === undefined && isInDeadband !== true);
      const said = alarms.map(({ rule, subject }) => ({ what: rule, id: subject.id }));
      const work = nowMs % HOUR_MS === 0 ? (domain.workItems?.() ?? []) : [];
      const listed = work
        .filter(({ subject, reason }) => subject.kind === 'meter' && !reason.includes('no longer judged'))
        .map(({ subject, reason }) => ({ what: reason.split(',')[0] ?? '', id: subject.id }));
      if (nowMs >= firstMs) findings.note([...said, ...listed], nowMs);
    }
    const meterOf = new Map(town.meters.map((meter) => [meter.id, meter]));
    const idOf = ({ kind, target }: Fault): string =>
      ['dma', 'feeder'].includes(faultKinds[kind].of) ? `Z${target}` : (town.meters[target]?.id ?? '');
    const judged = judge(faults, findings.all, idOf, (id) => meterOf.get(id)?.zoneId ?? '');
    for (const { what, id, fromMs } of judged.wrong.slice(0, options.number('named', 0)))
      say(`false: ${id} ${what} at ${new Date(fromMs).toISOString()}`);
    return Promise.resolve({
      precision: judged.right / findings.all.length,
      recall: judged.found / judged.faults,
      falsePer1000MeterDays: (1000 * judged.wrong.length) / (town.meters.length * (days - QUIET_DAYS)),
      kinds: judged.kinds,
      faults: judged.faults,
      findings: findings.all.length,
    });
  },
};
