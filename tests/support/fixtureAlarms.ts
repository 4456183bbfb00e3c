import type { Alarm } from '../../shared/alarms/alarm.ts';
import { alarmLoad } from '../../shared/alarms/alarmLoad.ts';
import type { Raised } from '../../shared/alarms/alarmLoad.ts';
import { causeGroupOf } from '../../shared/alarms/causeGroup.ts';
import { defaultPositions, positionOf } from '../../shared/alarms/positions.ts';
import type { HeldPosition } from '../../shared/alarms/positions.ts';
import type { RequestInput, RequestName, ServerMessage, StreamMessage } from '../../shared/contract/contract.ts';
import type { Person } from '../../shared/people/person.ts';
import { seeded } from './fixtureCounty.ts';

/** The person at the screen of a fixture. */
export const ann: Person = { id: 'ann', name: 'Ann', role: 'supervisor' };

type Commands = Record<Extract<RequestName, `alarm.${string}` | `position.${string}`>, unknown>;

const respondWithinMs = { 1: 300_000, 2: 900_000, 3: 3_600_000, 4: 28_800_000 } as const;
const kinds = {
  traffic: { kind: 'link', rule: 'traffic.slowLink', title: 'Queue on', places: 40 },
  transit: { kind: 'vehicle', rule: 'transit.veryLate', title: 'Very late: bus', places: 60 },
  electricity: {
    kind: 'feeder',
    rule: 'electricity.singleMeters',
    title: 'Customers without voltage on feeder',
    places: 12,
  },
  water: { kind: 'zone', rule: 'water.nightFlow', title: 'Night flow in zone', places: 20 },
  citizen: { kind: 'report', rule: 'citizen.report', title: 'Citizen report', places: 200 },
  system: { kind: 'feed', rule: 'system.feedQuiet', title: 'Quiet feed', places: 6 },
  maintenance: { kind: 'detector', rule: 'maintenance.detector', title: 'Detector stuck at', places: 300 },
} as const satisfies Record<string, { kind: Alarm['subject']['kind']; rule: string; title: string; places: number }>;
type FixtureDomain = keyof typeof kinds;
const fixtureDomains = Object.keys(kinds) as FixtureDomain[];

/** An alarm with every field filled in according to its domain and number; `part` replaces fields. */
export function fixtureAlarm(part: Partial<Alarm> & Pick<Alarm, 'id'>): Alarm {
  const domain = part.domain ?? 'traffic';
  const { kind, rule, title } = kinds[domain as FixtureDomain];
  const facts = { priority: 3, rule, subject: { kind, id: part.id }, place: `Road ${part.id}`, ...part } as const;
  return {
    ...facts,
    domain,
    state: 'active',
    title: `${title} ${facts.subject.id}`,
    position: positionOf(defaultPositions, domain),
    respondWithinMs: respondWithinMs[facts.priority],
    causeGroup: causeGroupOf(facts),
    cause: 'Speed far below what is usual at this hour.',
    consequence: 'Delay for whoever drives there, and a risk of crashes at its end.',
    action: 'Look at the camera, warn on the signs.',
    evidence: [{ label: 'Speed', text: '12 km/h (typical 96 km/h)' }],
    raisedAtMs: 1000,
    changedAtMs: part.raisedAtMs ?? 1000,
    ...part,
  };
}

/**
 * Makes alarms of every domain, priority and state within the hour before `nowMs`, in the proportions of a very bad
 * day; the same alarms for the same number.
 */
export function manyAlarms(count: number, nowMs: number): Alarm[] {
  const random = seeded(11);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] ?? list[0]!;
  return Array.from({ length: count }, (_, index) => {
    const domain = pick(fixtureDomains.filter((each) => each !== 'maintenance' || index % 5 === 0));
    const { kind, places } = kinds[domain];
    const subject = { kind, id: String(Math.floor(random() * places)) };
    const [chance, raisedAtMs] = [random(), nowMs - Math.floor(random() * 3_600_000)];
    const isUrgent = index < count / 400;
    const priority = isUrgent ? (index % 4 === 0 ? 1 : 2) : chance < 0.2 ? 3 : 4;
    const isAcknowledged = random() < 0.4;
    return fixtureAlarm({
      id: `A${index}`,
      domain,
      subject,
      priority,
      raisedAtMs,
      place: `Road ${subject.id}`,
      lon: -95.05 + random() * 0.1,
      lat: 37.95 + random() * 0.1,
      ...(isAcknowledged
        ? { state: 'acknowledged', acknowledgedAtMs: raisedAtMs + 30_000, acknowledgedBy: 'Ann' }
        : random() < 0.1
          ? { state: 'returned', returnedAtMs: raisedAtMs + 60_000 }
          : {}),
    });
  });
}

/** The positions as they are when the first one is held by `holder`. */
export const fixturePositions = (holder: HeldPosition['holder'], nowMs: number): HeldPosition[] =>
  defaultPositions.map((position, index) => ({
    ...position,
    ...(index === 0 && holder !== undefined
      ? { holder, sinceMs: nowMs - 7_200_000, isFallen: false }
      : { isFallen: true }),
  }));

/** The load that results from the alarms. */
export function fixtureLoads(alarms: Iterable<Alarm>, nowMs: number): StreamMessage<'alarmLoad'> {
  const all = [...alarms].filter(({ domain }) => domain !== 'maintenance').sort((a, b) => a.raisedAtMs - b.raisedAtMs);
  const raisedOf = (position: string): Raised[] =>
    all
      .filter((alarm) => alarm.position === position)
      .map(({ raisedAtMs, priority, rule, subject, title }) => ({
        atMs: raisedAtMs,
        priority,
        position,
        rule,
        subject,
        title,
      }));
  return {
    loads: defaultPositions.map(({ id }) =>
      alarmLoad({
        positionId: id,
        raised: raisedOf(id),
        alarms: all.filter(({ position }) => position === id),
        sinceMs: nowMs - 72_000_000,
        nowMs,
      }),
    ),
  };
}

type Told = { alarms: Map<string, Alarm>; nowMs: () => number; tell: (message: ServerMessage) => void };

/** Carries out the commands on alarms and positions, and sends the changes to every screen. The only person is Ann. */
export function fixtureAlarmAnswers({ alarms, nowMs, tell }: Told): {
  [N in keyof Commands]: (input: RequestInput<N>) => unknown;
} {
  const change = (ids: readonly string[], changed: (alarm: Alarm) => Alarm): Record<string, never> => {
    const made = ids
      .flatMap((id) => alarms.get(id) ?? [])
      .map((alarm) => ({ ...changed(alarm), changedAtMs: nowMs() }));
    for (const alarm of made) alarms.set(alarm.id, alarm);
    tell({ type: 'stream', stream: 'alarms', data: { isFull: false, changed: made, removed: [] } });
    return {};
  };
  const hidden = (alarm: Alarm): Alarm =>
    alarm.state === 'active' || alarm.state === 'acknowledged' || alarm.state === 'returned'
      ? { ...alarm, wasState: alarm.state }
      : alarm;
  const back = ({ shelved: _shelved, outOfService: _outOfService, wasState, ...alarm }: Alarm): Alarm => ({
    ...alarm,
    state: wasState ?? 'active',
  });
  const positions = (holder: HeldPosition['holder']) => (): Record<string, never> => {
    tell({ type: 'stream', stream: 'positions', data: { positions: fixturePositions(holder, nowMs()) } });
    return {};
  };
  return {
    'alarm.acknowledge': ({ alarmIds }) =>
      change(alarmIds, (alarm) => ({
        ...alarm,
        state: 'acknowledged',
        acknowledgedAtMs: nowMs(),
        acknowledgedBy: 'Ann',
      })),
    'alarm.shelve': ({ alarmIds, mode, forMs, reason }) =>
      change(alarmIds, (alarm) => ({
        ...hidden(alarm),
        state: 'shelved',
        shelved: { by: 'Ann', atMs: nowMs(), untilMs: nowMs() + forMs, reason, mode },
      })),
    'alarm.unshelve': ({ alarmIds }) => change(alarmIds, back),
    'alarm.takeOutOfService': ({ alarmId, reason }) =>
      change([alarmId], (alarm) => ({
        ...hidden(alarm),
        state: 'outOfService',
        outOfService: { by: 'Ann', atMs: nowMs(), reason },
      })),
    'alarm.returnToService': ({ alarmId }) => change([alarmId], back),
    'position.take': positions({ ...ann, workstation: 'Desk 1' }),
    'position.release': positions(undefined),
  };
}
