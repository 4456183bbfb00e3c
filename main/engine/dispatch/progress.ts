import { describeDuration } from '../../../shared/base/display.ts';
import { bandOf } from '../../../shared/dispatch/arrival.ts';
import type { Arrival, UnitProgress } from '../../../shared/dispatch/arrival.ts';
import { lostS, turnoutS } from '../../../shared/dispatch/rules.ts';
import { isEngaged } from '../../../shared/incidents/engagement.ts';
import type { Engagement } from '../../../shared/incidents/incident.ts';
import type { Way } from '../routing/Reach.ts';
import { Roads } from './Roads.ts';
import type { IncidentNow, Situation, UnitNow } from './situation.ts';
import type { TravelTimes } from '../routing/TravelTimes.ts';

/** A unit faster than this has left its base. */
const ROLLING_MPS = 1.5;

/**
 * Where the units are that were sent to an incident, and when they arrive. `engagements` are those of the incident,
 * with the units that have not answered; `freeFlow` are the times on empty roads. Pure: the same situation gives the
 * same answer.
 */
export function progressOf(
  situation: Situation,
  incident: IncidentNow,
  engagements: readonly Engagement[],
  freeFlow: TravelTimes,
): UnitProgress[] {
  const roads = new Roads(situation);
  return engagements.filter(isEngaged).map((engagement) => {
    const now = situation.units.find(({ unit }) => unit.id === engagement.unitId);
    const { unitId, state } = engagement;
    if (now === undefined) return { unitId, name: unitId, state, unknown: 'not a unit of this county' };
    const { lon, lat } = now.place;
    const known = { unitId, name: now.unit.name, state, lon, lat };
    const heard = now.seenAtMs === undefined ? known : { ...known, heardAtMs: now.seenAtMs };
    if (state === 'onScene') return heard;
    const unknown = whyUnknown(situation, incident, now);
    const way = unknown === undefined ? roads.way(now, incident) : undefined;
    if (way === undefined) return { ...heard, unknown: unknown ?? 'no way there by road' };
    return { ...heard, arrival: arrivalOf({ situation, roads, engagement, now, way, freeFlow }) };
  });
}

function whyUnknown({ nowMs }: Situation, { place }: IncidentNow, { seenAtMs }: UnitNow): string | undefined {
  if (place === undefined) return 'the incident has no place';
  if (seenAtMs === undefined) return 'not heard yet';
  const ageS = (nowMs - seenAtMs) / 1000;
  return ageS > lostS ? `not heard for ${describeDuration(ageS)}` : undefined;
}

type Drive = {
  situation: Situation;
  roads: Roads;
  engagement: Engagement;
  now: UnitNow;
  way: Way;
  freeFlow: TravelTimes;
};

function arrivalOf({ situation: { nowMs }, roads, engagement, now, way, freeFlow }: Drive): Arrival {
  const { etaS, earliestS, latestS } = bandOf({
    turnoutS: restOfTurnoutS(engagement, now, nowMs),
    travelS: way.seconds,
    freeS: Math.min(
      way.seconds,
      secondsOver(way, (link) => freeFlow.secondsOn(link, nowMs)),
    ),
    ageS: Math.max(0, (nowMs - (now.seenAtMs ?? nowMs)) / 1000),
  });
  return {
    atMs: nowMs + etaS * 1000,
    earliestMs: nowMs + earliestS * 1000,
    latestMs: nowMs + latestS * 1000,
    distanceM: way.metres,
    route: roads.routeOf(way),
  };
}

/** What is left of the turnout time; nothing for a unit that rolls or says that it is on its way. */
function restOfTurnoutS({ state, atMs }: Engagement, { place }: UnitNow, nowMs: number): number {
  if (state === 'enRoute' || (place.speedMps ?? 0) > ROLLING_MPS) return 0;
  // The time of an engagement is that of its last change: an order that was accepted has waited for longer than that.
  return Math.max(0, turnoutS.standing - Math.max(0, nowMs - atMs) / 1000);
}

/** The time of a way by other times on its links; the first and the last link are driven in part. */
function secondsOver({ links, from, to }: Way, secondsOn: (link: number) => number): number {
  return links.reduce((sum, link, index) => {
    const start = index === 0 ? from.share : 0;
    const end = index === links.length - 1 ? to.share : 1;
    return sum + (end - start) * secondsOn(link);
  }, 0);
}
