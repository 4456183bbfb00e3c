import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { milestoneSchema } from '../../../../shared/incidents/incident.ts';
import { fittingTime, milestoneConflict } from '../../../../shared/incidents/milestones.ts';

const at = (atMs: number): { atMs: number } => ({ atMs });

describe('a milestone', () => {
  it.each([
    ['T2', 99, 'Verified (T2) cannot be before first awareness (T1).'],
    ['T0', 101, 'First awareness (T1) cannot be before occurred (T0).'],
    ['T4', 149, 'Response on scene (T4) cannot be before response dispatched (T3).'],
    ['T6', 199, 'Last unit left (T6) cannot be before response on scene (T4).'],
  ] as const)('%s at %d is refused with the reason', (milestone, atMs, reason) => {
    expect(milestoneConflict({ T1: at(100), T3: at(150), T4: at(200) }, milestone, atMs)).toBe(reason);
  });

  it('may be of the same time as the one before it', () => {
    expect(milestoneConflict({ T1: at(100) }, 'T2', 100)).toBeUndefined();
    expect(milestoneConflict({ T1: at(100) }, 'T0', 100)).toBeUndefined();
  });

  it('may come before those that it has no order with', () => {
    // Lanes cleared before anybody arrives; units that stay after all is normal.
    expect(milestoneConflict({ T1: at(100), T4: at(300) }, 'T5', 200)).toBeUndefined();
    expect(milestoneConflict({ T1: at(100), T4: at(150), T7: at(200) }, 'T6', 300)).toBeUndefined();
  });

  it('that fits is one that all others fit beside too', () => {
    const milestone = fc.constantFrom(...milestoneSchema.options);
    fc.assert(
      fc.property(milestone, milestone, fc.nat(10), fc.nat(10), (a, b, aMs, bMs) => {
        fc.pre(a !== b);
        expect(milestoneConflict({ [a]: at(aMs) }, b, bMs)).toBe(milestoneConflict({ [b]: at(bMs) }, a, aMs));
      }),
    );
  });
});

describe('fittingTime', () => {
  it('takes the first moment of the minute that the other times allow', () => {
    const times = { T1: { atMs: 90_500 }, T3: { atMs: 95_000 } };
    expect(fittingTime(times, 'T2', 60_000, 60_000)).toBe(90_500);
    expect(fittingTime(times, 'T4', 60_000, 60_000)).toBe(95_000);
    expect(fittingTime(times, 'T2', 120_000, 60_000)).toBe(120_000);
    expect(fittingTime(times, 'T2', 0, 60_000)).toBe(0);
  });
});
