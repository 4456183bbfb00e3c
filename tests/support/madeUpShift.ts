import { createHash } from 'node:crypto';
import { canonicalJson } from '../../main/engine/store/record/recordHash.ts';
import { figures } from '../../shared/figures.ts';
import { incidentTypeSchema } from '../../shared/incidents/incident.ts';
import { milestoneNames } from '../../shared/incidents/milestones.ts';
import type { Shift } from '../../shared/shifts/shift.ts';
import { shiftReportSchema } from '../../shared/shifts/shiftReport.ts';
import type { ReportClock, ReportIncident, ShiftDocument, ShiftReport } from '../../shared/shifts/shiftReport.ts';
import { person } from './people.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** 06:00 in Chicago. */
const FROM_MS = Date.UTC(2026, 5, 1, 11);

/** Numbers that look random and are the same in every run. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const places = [
  'Main Street at 3rd Avenue',
  'I-35 northbound at mile 41',
  'County Road 9 near the grain elevator',
  'Riverside Drive',
  'Elm Street substation',
  'Mill Road bridge',
];
const titles = [
  'Two cars collided, one lane closed',
  'Feeder tripped, 412 customers without power',
  'Water on the road, main suspected',
  'Bus broken down',
  'Tree across both lanes',
  'Traffic signal dark',
];
const names = ['Ann Berger', 'Ben Ortiz', 'Chidi Okafor', 'Dana Whitfield'];

const pick = <T>(list: readonly T[], roll: number): T => list[Math.floor(roll * list.length)]!;

function clockOf(
  measure: string,
  label: string,
  targetMin: number,
  elapsedMs: number | undefined,
  isOpen: boolean,
): ReportClock {
  const targetMs = targetMin * MINUTE_MS;
  if (elapsedMs === undefined) return { measure, label, state: isOpen ? 'running' : 'unmeasured', targetMs };
  return { measure, label, state: elapsedMs <= targetMs ? 'met' : 'late', targetMs, elapsedMs };
}

function incident(index: number, count: number, roll: () => number): ReportIncident {
  const openedAtMs = FROM_MS + Math.floor((index / count) * 12 * HOUR_MS) - (index < 3 ? 2 * HOUR_MS : 0);
  const isOpen = index >= count - 5;
  const [t2, t3, t4, t5, t6] = [3, 2, 6, 20, 12].map((most) => Math.ceil(roll() * most + 1) * MINUTE_MS) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const at = {
    T1: openedAtMs,
    T2: openedAtMs + t2,
    T3: openedAtMs + t2 + t3,
    T4: openedAtMs + t2 + t3 + t4,
    T5: openedAtMs + t2 + t3 + t4 + t5,
    T6: openedAtMs + t2 + t3 + t4 + t5 + t6,
  };
  const milestones = isOpen ? { T1: at.T1, T2: at.T2, T3: at.T3 } : at;
  const measured = isOpen
    ? {}
    : { responseMs: at.T4 - at.T2, roadwayClearanceMs: at.T5 - at.T1, incidentClearanceMs: at.T6 - at.T1 };
  return {
    id: `I-0601-${String(index + 1).padStart(3, '0')}`,
    type: pick(incidentTypeSchema.options, roll()),
    priority: pick([1, 2, 2, 3, 3, 3, 4] as const, roll()),
    status: isOpen ? 'dispatched' : 'resolved',
    title: pick(titles, roll()),
    place: pick(places, roll()),
    ...(index % 9 !== 0 && { lon: -93.9 + roll() * 0.8, lat: 44.1 + roll() * 0.8 }),
    ...(index % 4 !== 3 && { assignee: pick(names, roll()) }),
    openedAtMs,
    ...(!isOpen && { resolvedAtMs: at.T6 + MINUTE_MS, outcome: 'Cleared.' }),
    isCarriedOver: index < 3,
    milestones,
    ...measured,
    clocks: [
      clockOf('response', 'Response', 8, measured.responseMs, isOpen),
      clockOf('roadwayClearance', 'Roadway clearance', 30, measured.roadwayClearanceMs, isOpen),
      clockOf('incidentClearance', 'Incident clearance', 45, measured.incidentClearanceMs, isOpen),
    ],
  };
}

function load(
  positionId: string,
  name: string,
  roll: () => number,
  holders: ShiftReport['alarmLoad'][number]['holders'],
  steps: number,
): ShiftReport['alarmLoad'][number] {
  const byTenMinutes = Array.from({ length: steps }, (_, at) =>
    at > 50 && at < 54
      ? null
      : at > 30 && at < 34 && positionId === 'streets'
        ? 9 + Math.floor(roll() * 9)
        : Math.floor(roll() ** 3 * 5),
  );
  const raised = byTenMinutes.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  return {
    positionId,
    name,
    holders,
    raised,
    maxIn10Min: Math.max(...byTenMinutes.map((count) => count ?? 0)),
    floodShare: positionId === 'streets' ? 3 / 69 : 0,
    busyWindows: positionId === 'streets' ? 3 / 69 : 0,
    floods:
      positionId === 'streets' ? [{ fromMs: FROM_MS + 31 * 10 * MINUTE_MS, toMs: FROM_MS + 34 * 10 * MINUTE_MS }] : [],
    stale: 1,
    standing: 4,
    split: { 1: 0.01, 2: 0.06, 3: 0.2, 4: 0.73 },
    topSources: titles
      .slice(0, 4)
      .map((title, index) => ({ title, count: 9 - 2 * index, share: (9 - 2 * index) / Math.max(1, raised) })),
    byTenMinutes,
  };
}

function activities(incidents: readonly ReportIncident[]): ShiftReport['activities'] {
  const lines = incidents.flatMap(({ id, title, openedAtMs, milestones, assignee = names[0]! }) => [
    { atMs: openedAtMs, by: assignee, text: `Opened: ${title}`, incidentId: id },
    ...Object.entries(milestones).map(([milestone, atMs]) => ({
      atMs,
      by: assignee,
      text: `${milestoneNames[milestone as keyof typeof milestoneNames]} (${milestone})`,
      incidentId: id,
    })),
    {
      atMs: openedAtMs + 5 * MINUTE_MS,
      by: assignee,
      text: 'Caller says that nobody is hurt; the left lane is blocked and there is oil on the road from the bridge down to the traffic light. Road crew asked for sand.',
      incidentId: id,
    },
  ]);
  return lines.sort((a, b) => a.atMs - b.atMs);
}

/** A report of a made-up shift, of the given hours and number of incidents; the same for the same seed. */
export function madeUpReport({ hours = 12, incidents: count = 40, seed = 7 } = {}): ShiftReport {
  const roll = dice(seed);
  const steps = hours * 6;
  const [fromMs, toMs] = [FROM_MS, FROM_MS + hours * HOUR_MS];
  const incidents = Array.from({ length: count }, (_, index) => incident(index, count, roll));
  return shiftReportSchema.parse({
    format: 'beacon.shiftReport.1',
    county: { id: 'small', name: 'Small County', timeZone: 'America/Chicago', displayUnits: 'us', isSimulated: true },
    shiftId: '2026-06-01-1',
    fromMs,
    toMs,
    isClosed: true,
    persons: names.map((name, index) => ({
      person: person(name, index === 3 ? 'supervisor' : 'dispatcher'),
      positions: index === 0 ? ['Streets and transit'] : [],
      firstAtMs: fromMs + index * MINUTE_MS,
      lastAtMs: toMs - index * HOUR_MS,
      entries: 120 - 20 * index,
    })),
    open: [
      ...incidents
        .filter(({ status }) => status !== 'resolved')
        .map(({ id, priority, title, place, assignee, openedAtMs }) => ({
          kind: 'incident',
          id,
          priority,
          title,
          place,
          ...(assignee !== undefined && { owner: assignee }),
          sinceMs: openedAtMs,
          state: 'Dispatched',
        })),
      {
        kind: 'alarm',
        id: 'a1',
        priority: 2,
        title: 'Pressure low at the critical point',
        place: 'Zone DMA-3',
        sinceMs: toMs - HOUR_MS,
        state: 'Not acknowledged',
      },
      {
        kind: 'position',
        id: 'systems',
        title: 'Systems',
        place: '',
        sinceMs: toMs - 2 * HOUR_MS,
        state: 'Held by nobody',
      },
    ],
    incidents,
    alarmLoad: [
      load('streets', 'Streets and transit', roll, [{ name: names[0]!, fromMs, toMs }], steps),
      load(
        'utilities',
        'Water and electricity',
        roll,
        [{ name: names[1]!, fromMs, toMs: fromMs + 6 * HOUR_MS }],
        steps,
      ),
      load('systems', 'Systems', roll, [], steps),
    ],
    figures: Object.entries(figures).map(([id, { label, unit, digits }], index) => {
      const scale = unit === '1' ? 1 : 40 * (index + 1);
      const course = Array.from({ length: steps }, (_, at) =>
        at > 50 && at < 54 ? null : scale * (0.5 + 0.3 * Math.sin(at / 9 + index) + 0.1 * roll()),
      );
      const known = course.filter((value) => value !== null);
      return {
        id,
        label,
        unit,
        digits,
        mean: known.reduce((sum, value) => sum + value, 0) / known.length,
        min: Math.min(...known),
        max: Math.max(...known),
        present: 0.9 + 0.01 * index,
        course,
      };
    }),
    sums: [
      { label: 'Electricity used', unit: 'kWh', digits: 0, total: 412_345, present: 0.97 },
      { label: 'Water used', unit: 'm³', digits: 0, total: 6321, present: 0.94 },
    ],
    losses: [
      {
        feed: 'hfp',
        name: 'Vehicles (HFP)',
        fromMs: fromMs + 3 * HOUR_MS,
        toMs: fromMs + 3.4 * HOUR_MS,
        lostMs: 0.4 * HOUR_MS,
      },
      { feed: 'meters', name: 'Meters', fromMs: toMs - HOUR_MS, lostMs: HOUR_MS },
    ],
    blind: [{ fromMs: fromMs + 510 * MINUTE_MS, toMs: fromMs + 535 * MINUTE_MS }],
    hidden: [
      {
        title: 'Detector D17 silent',
        place: 'Mill Road',
        how: 'shelved',
        by: names[0],
        atMs: fromMs + HOUR_MS,
        untilMs: toMs + HOUR_MS,
        reason: 'Contractor at work until the evening',
        isStillSo: true,
      },
    ],
    comments: [
      {
        by: person(names[3]!),
        atMs: toMs,
        text: 'Storm cell passed at 11. Feeder F3 is on temporary supply; watch its load in the evening.',
      },
    ],
    activities: activities(incidents),
    heads: ['ws-a1b2c3d4e5.1', 'ws-f6a7b8c9d0.2'].map((sequence, index) => ({
      sequence,
      seq: 512 - 100 * index,
      hash: createHash('sha256').update(sequence).digest('hex'),
    })),
  });
}

/** A made-up report, as it is in the file once the shift is signed and taken over. */
export function madeUpDocument(report = madeUpReport()): ShiftDocument {
  const hash = createHash('sha256').update(canonicalJson(report)).digest('hex');
  const action = (
    name: string,
    atMs: number,
    entry: string,
  ): { by: Shift['opened']['by']; atMs: number; entry: string } => ({ by: person(name), atMs, entry });
  const shift: Shift = {
    id: report.shiftId,
    opened: { ...action(names[3]!, report.fromMs, 'ws-a1b2c3d4e5.1:1'), fromMs: report.fromMs },
    closed: { ...action(names[3]!, report.toMs, 'ws-a1b2c3d4e5.1:511'), toMs: report.toMs },
    signed: {
      ...action(names[3]!, report.toMs + 4 * MINUTE_MS, 'ws-a1b2c3d4e5.1:513'),
      reportHash: hash,
      heads: report.heads,
    },
    takenOver: {
      ...action('Eve Larsen', report.toMs + 9 * MINUTE_MS, 'ws-f6a7b8c9d0.2:413'),
      nextShiftId: '2026-06-01-2',
    },
    comments: report.comments.map(({ by, atMs, text }) => ({
      by,
      atMs,
      text,
      entry: 'ws-a1b2c3d4e5.1:512',
      isLate: false,
    })),
    conflicts: [],
  };
  return { report, hash, shift };
}
