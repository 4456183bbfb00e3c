import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillNeeds } from '../../../../../main/engine/dispatch/fillNeeds.ts';
import type { Unit } from '../../../../../shared/county/county.ts';
import { fits } from '../../../../../shared/incidents/need.ts';
import type { Need } from '../../../../../shared/incidents/need.ts';
import { unitAt } from '../../../../support/dispatchScene.ts';

const unit = (id: string, kind: Unit['kind'], capabilities?: Unit['capabilities']): Unit =>
  unitAt(id, { km: 0, kind, ...(capabilities && { capabilities }) }).unit;

describe('the units of an incident', () => {
  it('fill what they fit, and leave the rest open', () => {
    const needs: Need[] = [
      { kind: 'ambulance', count: 2 },
      { kind: 'tow', count: 1 },
    ];
    expect(fillNeeds(needs, [unit('A1', 'ambulance'), unit('F1', 'fire')])).toEqual({
      unitIds: [['A1'], []],
      open: [{ need: 0 }, { need: 1 }],
    });
  });

  it('fill as many needs as can be, not the first one at the cost of another', () => {
    const needs: Need[] = [
      { capability: 'firstAid', count: 1 },
      { kind: 'ambulance', count: 1 },
    ];
    // The fire engine can give first aid; the ambulance could, too, and is needed as an ambulance.
    const found = fillNeeds(needs, [unit('A1', 'ambulance'), unit('F1', 'fire', ['firstAid', 'fireFighting'])]);
    expect(found).toEqual({ unitIds: [['F1'], ['A1']], open: [] });
  });

  it('fill what is needed in any case before what is needed only if something is so', () => {
    const needs: Need[] = [
      { kind: 'ambulance', count: 1, when: 'with injured people' },
      { kind: 'ambulance', count: 1 },
    ];
    expect(fillNeeds(needs, [unit('A1', 'ambulance')])).toEqual({ unitIds: [[], ['A1']], open: [{ need: 0 }] });
  });

  it('are each counted once, never for what they do not fit, and leave nothing open that a free one could fill', () => {
    const kinds = ['ambulance', 'fire', 'tow'] as const;
    const need = fc.record({ kind: fc.constantFrom(...kinds), count: fc.integer({ min: 1, max: 3 }) });
    fc.assert(
      fc.property(
        fc.array(need, { maxLength: 4 }),
        fc.array(fc.constantFrom(...kinds), { maxLength: 6 }),
        (needs, list) => {
          const units = list.map((kind, index) => unit(`${kind}-${index}`, kind));
          const { unitIds, open } = fillNeeds(needs, units);
          const used = unitIds.flat();
          expect(new Set(used).size).toBe(used.length);
          expect(used.length + open.length).toBe(needs.reduce((sum, { count }) => sum + count, 0));
          const unitOf = (id: string): Unit => units.find((each) => each.id === id)!;
          unitIds.forEach((ids, at) => expect(ids.every((id) => fits(unitOf(id), needs[at]!))).toBe(true));
          const idle = units.filter(({ id }) => !used.includes(id));
          expect(open.some((slot) => idle.some((each) => fits(each, needs[slot.need]!)))).toBe(false);
        },
      ),
    );
  });
});
