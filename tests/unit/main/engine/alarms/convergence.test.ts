import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Condition } from '../../../../../main/engine/domains/kit/Condition.ts';
import type { Alarm } from '../../../../../shared/alarms/alarm.ts';
import type { LogEntry } from '../../../../../shared/record/logEntry.ts';
import { tries } from '../../../../support/tries.ts';
import { AlarmRoom, at } from './AlarmRoom.ts';

const burst: Condition = {
  rule: 'water.burst',
  domain: 'water',
  priority: 2,
  subject: { kind: 'zone', id: 'D03' },
  title: 'Burst in D03',
  place: 'Mill quarter',
  cause: '',
  consequence: '',
  action: '',
  evidence: [],
  onDelayMs: 0,
  offDelayMs: 2000,
};
const STATIONS = [0, 1, 2] as const;
/** Seconds from the begin of one occurrence to that of the next; it holds for half of them at most. */
const CYCLE_S = 200;

/**
 * After so long all that was done in an occurrence has arrived everywhere: whether an alarm needed to be seen is
 * decided when it ends, by what is known then.
 */
const SETTLED_S = 40;

const second = fc.integer({ min: 0, max: 5 });
const occurrence = fc.record({
  lateS: fc.tuple(second, second, second),
  holdsS: fc.integer({ min: SETTLED_S, max: 60 }),
  actions: fc.array(
    fc.record({
      station: fc.constantFrom(...STATIONS),
      afterS: fc.integer({ min: 0, max: 19 }),
      what: fc.constantFrom('acknowledge', 'shelve', 'oneShot', 'unshelve', 'outOfService', 'inService'),
    }),
    { maxLength: 4 },
  ),
});
type Occurrence = typeof occurrence extends fc.Arbitrary<infer T> ? T : never;

function act(room: AlarmRoom, what: Occurrence['actions'][number]['what'], atS: number): void {
  const [alarm] = room.book.all();
  if (alarm === undefined) return;
  if (what === 'acknowledge' && alarm.acknowledgedAtMs === undefined && (alarm.wasState ?? alarm.state) === 'active')
    room.acknowledge(atS, alarm);
  else if (what === 'shelve' && alarm.outOfService === undefined) room.shelve(atS, 'timed', 90, alarm);
  else if (what === 'oneShot' && (alarm.wasState ?? alarm.state) === 'active') room.shelve(atS, 'oneShot', 600, alarm);
  else if (what === 'unshelve' && alarm.shelved !== undefined) room.unshelve(atS, alarm);
  else if (what === 'outOfService' && alarm.outOfService === undefined) room.takeOutOfService(atS, alarm);
  else if (what === 'inService' && alarm.outOfService !== undefined) room.returnToService(atS, alarm);
}

/**
 * What must be alike everywhere at once. Who found it first and how it is named becomes known when somebody has said
 * something about it.
 */
const seen = ({ state, wasState, shelved, outOfService, acknowledgedBy, acknowledgedAtMs }: Alarm): object => ({
  state,
  wasState,
  shelved,
  outOfService,
  acknowledgedBy,
  acknowledgedAtMs,
});

function expectAlike(rooms: readonly AlarmRoom[], look: (alarm: Alarm) => object): void {
  const [first, ...others] = rooms.map(({ book }) => book.all().map(look));
  for (const other of others) expect(other).toEqual(first);
}

it('makes the same alarms on all workstations that have heard of each other, however late and in whatever order', () => {
  fc.assert(
    fc.property(
      fc.array(occurrence, { minLength: 1, maxLength: 4 }),
      fc.infiniteStream(fc.integer({ min: 0, max: 8 })),
      (occurrences, delay) => {
        const rooms = STATIONS.map((station) => new AlarmRoom(`ws-${station}`));
        const onItsWay: { toS: number; station: number; entry: LogEntry }[] = [];
        const sent = rooms.map(() => 0);
        const tick = (s: number, holding: (station: number) => boolean): void => {
          for (const [station, room] of rooms.entries()) room.book.update(holding(station) ? [burst] : [], at(s));
        };
        const exchange = (s: number): void => {
          for (const [station, room] of rooms.entries()) {
            for (const entry of room.written.slice(sent[station]))
              for (const other of STATIONS)
                if (other !== station) onItsWay.push({ toS: s + Number(delay.next().value), station: other, entry });
            sent[station] = room.written.length;
          }
          for (const letter of onItsWay.splice(0)) {
            if (letter.toS > s) onItsWay.push(letter);
            else rooms[letter.station]?.take([letter.entry], s);
          }
        };
        for (const [index, { lateS, holdsS, actions }] of occurrences.entries()) {
          const beginS = index * CYCLE_S;
          for (let s = beginS; s < beginS + CYCLE_S; s++) {
            tick(s, (station) => s >= beginS + (lateS[station] ?? 0) && s < beginS + (lateS[station] ?? 0) + holdsS);
            for (const { station, afterS, what } of actions)
              if (s === beginS + 1 + afterS) act(rooms[station]!, what, s);
            // What nobody has acknowledged would stay, and the next would be the same.
            const left = rooms[0]?.book.all()[0];
            if (s === beginS + 100 && left?.state === 'returned') rooms[0]?.acknowledge(s, left);
            exchange(s);
            // All that was done has arrived, and the condition holds everywhere.
            if (s === beginS + holdsS - 1) expectAlike(rooms, seen);
          }
        }
        expectAlike(rooms, (alarm) => ({ ...seen(alarm), id: alarm.id, raisedAtMs: alarm.raisedAtMs }));
      },
    ),
    { numRuns: tries('Rooms of alarms', 150, 10_000) },
  );
});
