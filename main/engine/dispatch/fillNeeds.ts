import type { Unit } from '../../../shared/county/county.ts';
import { fits, type Need } from '../../../shared/incidents/need.ts';
import { assign } from './assign.ts';

/** One place that a unit can fill: one of the count of a need. */
export type Slot = { need: number };

/** Needs without a condition are filled before those that hold only under one (`when`). */
export const idleCost = (need: Need | undefined): number => (need?.when === undefined ? 1e9 : 1e6);

/**
 * Assigns units to needs: each unit fills one slot, and as many slots as possible are filled. Returns the units of each
 * need, and the slots that stay open.
 */
export function fillNeeds(needs: readonly Need[], units: readonly Unit[]): { unitIds: string[][]; open: Slot[] } {
  const slots = needs.flatMap(({ count }, need): Slot[] => Array.from({ length: count }, () => ({ need })));
  const costs = slots.map(({ need }) =>
    units.map((unit) => (fitsNeed(needs, need, unit) ? 0 : Number.POSITIVE_INFINITY)),
  );
  const given = assign(costs, (slot) => idleCost(needs[slots[slot]?.need ?? -1]));
  const unitIds = needs.map((): string[] => []);
  slots.forEach(({ need }, slot) => {
    const unit = units[given[slot] ?? -1];
    if (unit !== undefined) unitIds[need]?.push(unit.id);
  });
  return { unitIds, open: slots.filter((_, slot) => given[slot] === undefined) };
}

function fitsNeed(needs: readonly Need[], index: number, unit: Unit): boolean {
  const need = needs[index];
  return need !== undefined && fits(unit, need);
}
