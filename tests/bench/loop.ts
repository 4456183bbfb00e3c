import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ActiveAlarms } from '../../main/engine/alarms/ActiveAlarms.ts';
import { AlarmFile } from '../../main/engine/alarms/AlarmFile.ts';
import type { Condition } from '../../main/engine/domains/kit/Condition.ts';
import { AlarmLoads } from '../../main/engine/alarms/AlarmLoads.ts';
import { RaisedLog } from '../../main/engine/alarms/RaisedLog.ts';
import { Dispatcher } from '../../main/engine/dispatch/Dispatcher.ts';
import { EventLog } from '../../main/engine/log/EventLog.ts';
import { CountyPlaces } from '../../main/engine/proposals/CountyPlaces.ts';
import { ProposalService } from '../../main/engine/proposals/ProposalService.ts';
import { noOffers } from '../../main/engine/domains/kit/Offers.ts';
import { createUnitsDomain } from '../../main/engine/domains/units/createUnitsDomain.ts';
import { defaultPositions } from '../../shared/alarms/positions.ts';
import type { County } from '../../shared/county/county.ts';
import { incidentTypeSchema } from '../../shared/incidents/incident.ts';
import type { Incident } from '../../shared/incidents/incident.ts';
import { ScenarioRun } from '../support/ScenarioRun.ts';
import { memoryRecord } from '../support/memoryRecord.ts';
import type { Bench, BenchOptions, Figures } from './bench.ts';
import { percentile } from './load/percentile.ts';

type Say = (line: string) => void;
type Times = Record<string, number[]>;

const START_MS = Date.UTC(2026, 4, 6, 13);
const SECOND_MS = 1000;
const WARM_UP_TICKS = 30;
const LOAD_EVERY = 5;
/** The share of all alarms whose words change in a second: "slow for 12 min". */
const REWORDED_SHARE = 1 / 60;
/** The most reports that the county keeps. */
const REPORTS = 500;
const INCIDENTS = 20;

const at = <T>(list: readonly T[], index: number): T => {
  const found = list[index % list.length];
  if (found === undefined) throw new Error('The county is empty.');
  return found;
};

/** The facts of the conditions in the worst hour that a county can have. */
function factsAt(
  { links, detectors }: County,
  index: number,
): Pick<
  Condition,
  'rule' | 'domain' | 'priority' | 'subject' | 'title' | 'cause' | 'lon' | 'lat' | 'causeGroup' | 'isLatching'
> {
  const {
    id,
    path: [[lon, lat] = [0, 0]],
  } = at(links, index * 7);
  const words = {
    title: `Trouble ${index}`,
    cause: 'Slower than on any of the remembered days at this hour.',
    lon,
    lat,
  };
  if (index < REPORTS)
    return {
      ...words,
      rule: 'citizen.report',
      domain: 'citizen',
      priority: 3,
      subject: { kind: 'report', id: `R${index}` },
      title: index % 3 === 0 ? 'Citizen report: Traffic crash' : 'Citizen report: Power outage',
    };
  if (index % 5 === 0)
    return {
      ...words,
      rule: 'transit.veryLate',
      domain: 'transit',
      priority: 4,
      subject: { kind: 'vehicle', id: `V${index}` },
      isLatching: false,
      causeGroup: `route:${index % 20}`,
    };
  if (index % 2 === 0)
    return { ...words, rule: 'traffic.queue', domain: 'traffic', priority: 3, subject: { kind: 'link', id } };
  return {
    ...words,
    rule: 'maintenance.detector',
    domain: 'maintenance',
    priority: 4,
    subject: { kind: 'detector', id: `${at(detectors, index).id}-${index}` },
    isLatching: false,
    causeGroup: 'feed:beacon-traffic',
  };
}

/** Makes conditions from the facts, new ones every second as the domains do. */
function conditionsAt(facts: readonly ReturnType<typeof factsAt>[], second: number): Condition[] {
  return facts.map((fact, index) => ({
    ...fact,
    place: `Road ${index % 400}`,
    consequence: 'Delays, and buses are held up.',
    action: 'Look for a cause.',
    onDelayMs: 0,
    offDelayMs: 60_000,
    evidence: [
      { label: 'Speed', text: '12 km/h (typical 96 km/h)' },
      { label: 'Slow for', text: `${Math.floor(second * REWORDED_SHARE + (index % 60) / 60)} min` },
    ],
  }));
}

/** Notes the processor time of this thread, in milliseconds, so that other load on the machine makes no difference. */
function timed<T>(times: Times, name: string, work: () => T): T {
  const before = process.threadCpuUsage();
  const result = work();
  const { user, system } = process.threadCpuUsage(before);
  (times[name] ??= []).push((user + system) / 1000);
  return result;
}

/** Measures the longest time that the event loop was blocked while something was under way. */
async function longestHold(work: () => Promise<void>): Promise<number> {
  let [longestMs, before, isOver] = [0, process.threadCpuUsage(), false];
  const turn = (): void => {
    const { user, system } = process.threadCpuUsage(before);
    longestMs = Math.max(longestMs, (user + system) / 1000);
    before = process.threadCpuUsage();
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  await work();
  await new Promise((resolve) => setImmediate(resolve));
  isOver = true;
  return longestMs;
}

function openIncident(county: County, index: number): Incident {
  const types = incidentTypeSchema.options;
  const [lon, lat] = at(at(county.links, index * 911).path, 0);
  return {
    id: `I-${index}`,
    type: at(types, index),
    priority: at([1, 2, 3, 4] as const, index),
    status: 'open',
    title: `Incident ${index}`,
    place: 'Somewhere',
    lon,
    lat,
    openedAtMs: START_MS - index * 60_000,
    alarmIds: [],
    milestones: {},
    timeline: [],
  } as unknown as Incident;
}

async function measureAlarms(
  county: County,
  folder: string,
  count: number,
  ticks: number,
  times: Times,
): Promise<void> {
  let nowMs = START_MS;
  const facts = Array.from({ length: count }, (_, index) => factsAt(county, index));
  const book = new ActiveAlarms([], nowMs);
  const raised = await RaisedLog.open(join(folder, 'raised.txt'), { fromMs: 0, nowMs, onFault: () => undefined });
  const loads = new AlarmLoads({ book, raised, positions: defaultPositions });
  const proposals = new ProposalService({
    log: new EventLog(memoryRecord([]), () => nowMs),
    places: new CountyPlaces(county),
    units: 'us',
    nowMs: () => nowMs,
    alarms: () => book.all(),
    incidents: () => [],
  });
  const file = new AlarmFile(join(folder, 'alarms.json'), () => undefined);
  for (let tick = 0; tick < WARM_UP_TICKS + ticks; tick++) {
    nowMs += SECOND_MS;
    const [into, conditions] = [tick < WARM_UP_TICKS ? {} : times, conditionsAt(facts, tick)];
    timed(into, 'book', () => book.update(conditions, nowMs));
    timed(into, 'publish', () => JSON.stringify(book.takeChanges()).length);
    raised.note(book.takeRaised());
    if (tick % LOAD_EVERY === 0) timed(into, 'load', () => loads.now(nowMs));
    timed(into, 'proposals', () => proposals.refresh());
    await new Promise((resolve) => setImmediate(resolve));
  }
  times['file'] = [];
  for (let time = 0; time < 5; time++)
    times['file'].push(
      await longestHold(async () => {
        file.save(() => book.all());
        await file.settled();
      }),
    );
  await raised.settled();
}

function measureDispatch(county: County, rounds: number, times: Times): void {
  let nowMs = START_MS;
  const units = createUnitsDomain(county);
  for (const { id } of county.units)
    units.apply({ kind: 'unit', unitId: id, status: 'available', atMs: nowMs, quality: 'good' }, nowMs);
  const incidents = Array.from({ length: INCIDENTS }, (_, index) => openIncident(county, index));
  const dispatcher = new Dispatcher({
    county,
    offers: { ...noOffers, ...units.offers, linkSpeedMps: (link) => (link % 9 === 0 ? 8 : Number.NaN) },
    incidents: () => incidents,
    orders: () => [],
    nowMs: () => nowMs,
  });
  for (let warm = 0; warm < 60; warm++) dispatcher.judge(nowMs);
  for (let round = 0; round < rounds; round++) {
    nowMs += SECOND_MS;
    timed(times, 'dispatchJudge', () => dispatcher.judge(nowMs));
    for (const { id } of incidents) timed(round === 0 ? {} : times, 'recommend', () => dispatcher.recommend(id));
  }
}

async function run(options: BenchOptions, say: Say): Promise<Figures> {
  const [count, ticks, scale] = [
    options.number('alarms', 10_000),
    options.number('ticks', 60),
    options.number('scale', 1),
  ];
  const { county } = await ScenarioRun.begin({ scenarios: ['quiet'], startMs: START_MS, scale });
  const folder = mkdtempSync(join(tmpdir(), 'beacon-loop-'));
  const times: Times = {};
  try {
    say(
      `A county of scale ${scale} (${county.links.length} links, ${county.units.length} units), ${count} alarms of which one in sixty changes its words each second.`,
    );
    await measureAlarms(county, folder, count, ticks, times);
    measureDispatch(county, 10, times);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const round = (list: readonly number[], share: number): number => Math.round(percentile(list, share) * 10) / 10;
  // The clock of processor time may advance as coarsely as every 4 ms.
  const mean = (list: readonly number[]): number =>
    Math.round((10 * list.reduce((sum, ms) => sum + ms, 0)) / list.length) / 10;
  for (const [name, list] of Object.entries(times))
    say(
      `  ${name.padEnd(14)} ${mean(list)} ms in the mean, ${round(list, 0.95)} ms at p95, ${round(list, 1)} ms at the most`,
    );
  return {
    alarms: count,
    ...Object.fromEntries(
      Object.entries(times).flatMap(([name, list]) => [
        [`${name}MeanMs`, mean(list)],
        [`${name}P95Ms`, round(list, 0.95)],
      ]),
    ),
  };
}

/** Measures what blocks the engine's event loop once per second, and at a dispatcher's request. */
export const loop: Bench = {
  what: 'how long the engine’s loop is held: by the judgement of a second with 10,000 alarms, and by a recommendation',
  options: {
    alarms: 'how many alarms stand (10000)',
    ticks: 'seconds that are judged (60)',
    scale: 'of the county (1)',
  },
  run,
};
