import { handicapsS } from '../../../shared/dispatch/rules.ts';
import { fits, needName } from '../../../shared/incidents/need.ts';
import { isEngaged } from '../../../shared/incidents/engagement.ts';
import { assign } from './assign.ts';
import type { Loss } from './cover.ts';
import { fillNeeds, idleCost } from './fillNeeds.ts';
import { judgeUnit } from './judgeUnit.ts';
import type { Roads } from './Roads.ts';
import type { IncidentNow, Situation, UnitNow } from './situation.ts';

/** Units are reserved for at most this many other incidents. */
const MOST_INCIDENTS = 5;

/** The higher priority is more urgent, and of two incidents with the same priority the earlier one. */
const isMoreUrgent = (a: IncidentNow, b: IncidentNow): boolean =>
  a.priority < b.priority ||
  (a.priority === b.priority && (a.openedAtMs < b.openedAtMs || (a.openedAtMs === b.openedAtMs && a.id < b.id)));

/**
 * Units that incidents more urgent than this one still wait for; each incident in turn takes what is best for it. A
 * recommendation that takes such a unit away says so.
 */
export function reserve(situation: Situation, incident: IncidentNow, roads: Roads): Map<string, Loss[]> {
  const reserved = new Map<string, Loss[]>();
  const urgent = situation.incidents
    .filter((other) => other !== incident && isMoreUrgent(other, incident))
    .sort((a, b) => (isMoreUrgent(a, b) ? -1 : 1));
  let looked = 0;
  for (const other of urgent) {
    const free = roads
      .freeUnits()
      .map(({ now }) => now)
      .filter(({ unit }) => !reserved.has(unit.id));
    const wanted = bestFor(situation, other, free, roads);
    if (wanted.length > 0 && ++looked > MOST_INCIDENTS) break;
    for (const { unitId, text } of wanted) reserved.set(unitId, [{ text, handicapS: handicapsS.wantedElsewhere }]);
  }
  return reserved;
}

function bestFor(
  situation: Situation,
  incident: IncidentNow,
  free: readonly UnitNow[],
  roads: Roads,
): { unitId: string; text: string }[] {
  const engaged = situation.units
    .filter(({ unit }) => incident.engagements.some((each) => each.unitId === unit.id && isEngaged(each)))
    .map(({ unit }) => unit);
  const open = fillNeeds(incident.needs, engaged).open.filter(({ need }) => incident.needs[need]?.when === undefined);
  if (open.length === 0) return [];
  const seconds = free.map((now) => {
    const readiness = judgeUnit(situation, incident, now);
    return readiness.canGo
      ? readiness.turnoutS + readiness.handicapS + (roads.way(now, incident)?.seconds ?? Number.POSITIVE_INFINITY)
      : Number.POSITIVE_INFINITY;
  });
  const costs = open.map(({ need }) =>
    free.map(({ unit }, index) => {
      const asked = incident.needs[need];
      return asked !== undefined && fits(unit, asked)
        ? (seconds[index] ?? Number.POSITIVE_INFINITY)
        : Number.POSITIVE_INFINITY;
    }),
  );
  return assign(costs, (slot) => idleCost(incident.needs[open[slot]?.need ?? -1])).flatMap((index, slot) => {
    const asked = incident.needs[open[slot]?.need ?? -1];
    const now = free[index ?? -1];
    return now === undefined || asked === undefined
      ? []
      : [
          {
            unitId: now.unit.id,
            text: `is the best for ${incident.id} (priority ${incident.priority}), which waits for ${needName(asked)}`,
          },
        ];
  });
}
