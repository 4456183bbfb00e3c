import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unitStatuses } from '../../../../shared/base/values.ts';
import type { UnitStatus } from '../../../../shared/base/values.ts';
import { engagementAfter, isEngaged } from '../../../../shared/incidents/engagement.ts';
import { engagementSchema } from '../../../../shared/incidents/incident.ts';
import type { Engagement } from '../../../../shared/incidents/incident.ts';

type State = Engagement['state'];
const states = engagementSchema.shape.state.options;
const after = (state: State, ...statuses: UnitStatus[]): State =>
  statuses.reduce<State>((before, status) => engagementAfter(before, status) ?? before, state);

describe('a unit’s engagement', () => {
  it('goes the usual way', () => {
    expect(after('ordered', 'dispatched', 'accepted')).toBe('accepted');
    expect(after('ordered', 'dispatched', 'accepted', 'enRoute')).toBe('enRoute');
    expect(after('ordered', 'enRoute', 'onScene', 'returning')).toBe('left');
  });

  it('may skip what the unit did not say', () => {
    expect(after('ordered', 'onScene')).toBe('onScene');
    expect(after('ordered', 'returning')).toBe('left');
    expect(after('accepted', 'available')).toBe('left');
  });

  it('is not ended by a unit that has not heard its order yet', () => {
    expect(after('ordered', 'available')).toBe('ordered');
  });

  it('of a unit that was stood down ends when it says that it has gone, and begins with no report', () => {
    expect(after('stoodDown', 'accepted', 'enRoute', 'onScene')).toBe('stoodDown');
    expect((['available', 'returning', 'offDuty'] as const).map((status) => after('stoodDown', status))).toEqual([
      'left',
      'left',
      'left',
    ]);
  });

  it('only ever goes on, whatever a unit says', () => {
    const order: Record<State, number> = { ordered: 0, accepted: 1, enRoute: 2, onScene: 3, stoodDown: 4, left: 5 };
    fc.assert(
      fc.property(fc.constantFrom(...states), fc.array(fc.constantFrom(...unitStatuses)), (state, statuses) => {
        const reached = statuses.reduce<State[]>(
          (list, status) => [...list, after(list.at(-1) ?? state, status)],
          [state],
        );
        const places = reached.map((each) => order[each]);
        expect(places).toEqual(places.toSorted((a, b) => a - b));
      }),
    );
  });

  it('counts until the unit has left or was stood down', () => {
    const counted = states.filter((state) => isEngaged({ unitId: 'E-1', state, atMs: 0 }));
    expect(counted).toEqual(['ordered', 'accepted', 'enRoute', 'onScene']);
  });
});
