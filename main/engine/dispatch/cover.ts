import { coverS, coverWeight } from '../../../shared/dispatch/rules.ts';
import { unitKindNames } from '../../../shared/incidents/need.ts';
import { describeDuration } from '../../../shared/base/display.ts';
import type { Spot } from '../routing/RoadNetwork.ts';
import type { CoverPlace, UnitNow } from './situation.ts';

/** A free unit and where it is on the roads. */
export type FreeUnit = { now: UnitNow; spots: readonly Spot[] };
export type Loss = { text: string; handicapS: number };

/**
 * Returns a function that says what sending a free unit would leave uncovered; undefined where nothing gets worse that
 * matters.
 */
export function coverOf(
  free: readonly FreeUnit[],
  places: readonly CoverPlace[],
): (unitId: string) => Loss | undefined {
  const seconds = new Map(
    free.map(({ now, spots }) => [now.unit.id, places.map(({ reach }) => reach.secondsFrom(spots, now.place))]),
  );
  return (unitId) => {
    const sent = free.find(({ now }) => now.unit.id === unitId);
    if (sent === undefined || places.length === 0) return undefined;
    const { kind } = sent.now.unit;
    const [one] = unitKindNames[kind];
    const rest = free.filter(({ now }) => now.unit.kind === kind && now.unit.id !== unitId);
    if (rest.length === 0) return { text: `leaves the county without a free ${one}`, handicapS: coverWeight.mostS };
    const changes = places.map(({ name }, place) => {
      const to = (id: string): number => seconds.get(id)?.[place] ?? Number.POSITIVE_INFINITY;
      const next = rest.reduce((best, each) => (to(each.now.unit.id) < to(best.now.unit.id) ? each : best));
      const afterS = to(next.now.unit.id);
      return { name, next, afterS, lostS: afterS - Math.min(afterS, to(unitId)) };
    });
    const uncovered = changes.filter(({ afterS, lostS }) => afterS > coverS && lostS > 0 && !Number.isNaN(lostS));
    if (uncovered.length === 0) return undefined;
    const worst = uncovered.reduce((a, b) => (b.lostS > a.lostS ? b : a));
    const others =
      uncovered.length > 1 ? ` and ${uncovered.length - 1} more ${uncovered.length === 2 ? 'place' : 'places'}` : '';
    const then = Number.isFinite(worst.afterS)
      ? `${describeDuration(worst.afterS)} from the next free ${one} (${worst.next.now.unit.name})`
      : `without a free ${one} that can get there`;
    return {
      text: `leaves ${worst.name}${others} ${then}`,
      handicapS: Math.min(coverWeight.mostS, coverWeight.share * worst.lostS),
    };
  };
}
