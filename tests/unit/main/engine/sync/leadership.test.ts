import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SimulatedRoom } from '../../../../support/SimulatedRoom.ts';
import type { Trouble } from '../../../../support/SimulatedRoom.ts';

const SECOND = 10;
/** Silence of 5 s, a beat, a second to settle; handing over to a smaller one that came back takes another such while. */
const TAKEOVER_STEPS = 12 * SECOND;
const QUIET_STEPS = 45 * SECOND;

const trouble = (kinds: readonly Trouble['kind'][]): fc.Arbitrary<Trouble> =>
  fc.record({
    step: fc.nat(600),
    station: fc.nat(4),
    kind: fc.constantFrom(...kinds),
    steps: fc.integer({ min: 1, max: 150 }),
  });
const mishaps: Trouble['kind'][] = ['holdUp', 'holdDown', 'cut', 'kill', 'kill', 'broker', 'write'];

/** A room that has troubles for a minute and then none; how many led at once, at most. */
function suffer(count: number, troubles: readonly Trouble[]): { room: SimulatedRoom; most: number } {
  const room = new SimulatedRoom(count);
  let most = 0;
  const observe = (): void => void (most = Math.max(most, room.leading().length));
  room.run(60 * SECOND, () => {
    for (const each of troubles) if (each.step === room.step) room.disturb(each);
    observe();
  });
  room.run(QUIET_STEPS, observe);
  return { room, most };
}
/** Everything that was seen to lead in that time, by step. */
function seen(room: SimulatedRoom, steps: number): string[] {
  const leading = new Set<string>();
  room.run(steps, () => void leading.add(room.leading().join(' and ')));
  return [...leading];
}

describe('who leads', () => {
  it.each([1, 2, 3, 5])(
    'is one of %i workstations within seconds, never two, whatever is killed, cut off or held up',
    (count) => {
      fc.assert(
        fc.property(fc.array(trouble(mishaps), { maxLength: 16 }), (troubles) => {
          const { room, most } = suffer(count, troubles);
          expect(most).toBe(1);
          expect(room.leading()).toEqual(['w0']);
        }),
        { numRuns: 60 },
      );
    },
  );

  it.each([2, 3, 5])('is another one of %i when the leader dies for good, whatever it alone had written', (count) => {
    fc.assert(
      fc.property(fc.nat(30), fc.nat(20), fc.boolean(), (waitSteps, heldSteps, hasWritten) => {
        const room = new SimulatedRoom(count);
        room.run(20 * SECOND + waitSteps);
        expect(room.leading()).toEqual(['w0']);
        if (heldSteps > 0) room.disturb({ step: 0, station: 1, kind: 'holdDown', steps: heldSteps });
        if (hasWritten) room.disturb({ step: 0, station: 0, kind: 'write', steps: 0 });
        room.run(hasWritten ? 1 : 0);
        room.kill(room.stations[0]!);
        expect(seen(room, TAKEOVER_STEPS)).toEqual(['', 'w1']);
        expect(seen(room, 60 * SECOND)).toEqual(['w1']);
      }),
      { numRuns: 60 },
    );
  });

  it('is nobody without a broker, and one again when it is back', () => {
    const room = new SimulatedRoom(2);
    room.run(20 * SECOND);
    room.disturb({ step: 0, station: 0, kind: 'broker', steps: 20 * SECOND });
    room.run(4 * SECOND);
    expect(seen(room, 15 * SECOND)).toEqual(['']);
    room.run(TAKEOVER_STEPS);
    expect(room.leading()).toEqual(['w0']);
  });

  it('is nobody who is cut off', () => {
    const room = new SimulatedRoom(2);
    room.run(20 * SECOND);
    room.disturb({ step: 0, station: 0, kind: 'cut', steps: 1000 * SECOND });
    expect(seen(room, TAKEOVER_STEPS)).toEqual(['', 'w1']);
    expect(seen(room, 60 * SECOND)).toEqual(['w1']);
  });
});

describe('recorded beats of a leader that is dead', () => {
  const died = (count: number): SimulatedRoom => {
    const room = new SimulatedRoom(count);
    room.run(60 * SECOND);
    room.kill(room.stations[0]!);
    return room;
  };

  it('are refused, and another one leads', () => {
    const room = died(2);
    room.replay('w0');
    room.run(TAKEOVER_STEPS);
    expect(seen(room, 40 * SECOND)).toEqual(['w1']);
    expect(room.stations[1]!.refused).toBeGreaterThan(30);
  });

  it('are refused where they were never heard: while this workstation was cut off, or before it started', () => {
    for (const kind of ['cut', 'kill'] as const) {
      const room = new SimulatedRoom(2);
      room.run(20 * SECOND);
      const first = room.recorded.filter(({ name }) => name === 'w0').length;
      room.disturb({ step: 0, station: 1, kind, steps: 60 * SECOND });
      room.run(59 * SECOND);
      room.kill(room.stations[0]!);
      room.clearRetained('w0');
      room.replay('w0', first);
      room.run(20 * SECOND);
      expect(seen(room, 35 * SECOND)).toEqual(['w1']);
    }
  });

  it('keep nobody from leading, however many starts were recorded and however fast they come', () => {
    const room = new SimulatedRoom(2);
    for (let start = 0; start < 6; start++) {
      room.run(15 * SECOND);
      room.kill(room.stations[0]!, room.step + SECOND);
    }
    room.run(15 * SECOND);
    room.kill(room.stations[0]!);
    for (let count = 0; count < 60; count++) room.replay('w0', 0, 1);
    for (let count = 0; count < 60; count++) room.replay('w0', count * 7, 3);
    room.run(25 * SECOND);
    expect(room.leading()).toEqual(['w1']);
  });

  it('do not displace a live one, nor make two lead, in random histories', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(2, 3),
        fc.array(trouble([...mishaps, 'replay', 'replay', 'replay']), { maxLength: 16 }),
        (count, troubles) => {
          const { room, most } = suffer(count, troubles);
          expect(most).toBe(1);
          expect(room.leading()).toEqual(['w0']);
        },
      ),
      { numRuns: 80 },
    );
  });
});
