import { describeDuration, formatDistance } from '../../../shared/display.ts';
import type { DisplayUnits } from '../../../shared/display.ts';
import { causeRules } from './causes.ts';
import type { CauseRule, Reach } from './causes.ts';
import type { Clue } from './clue.ts';
import { metresBetween } from './CountyPlaces.ts';
import type { CountyPlaces } from './CountyPlaces.ts';

/** Two clues that belong together, how surely (0..1), and the sentence that says why. */
export type Tie = { cause: Clue; effect: Clue; score: number; sentence: string };

/** Less sure than this is no tie: at the far end of both its space and its time even the most telling pair falls below. */
export const LEAST_SCORE = 0.35;
/** What the far end of a reach, or of a time, leaves of a score. */
const AT_THE_END = 0.5;
/** A position belongs to a road that passes so near: a carriageway, its shoulder, the houses beside it. */
const BESIDE_ROAD_M = 60;
/** As the same stretch of road. */
const SAME_STRETCH_M = 150;
/** While an incident is open, what it brings about may still come. */
const INCIDENT_LASTS_MS = 2 * 3_600_000;

/** How well the place fits (0..1), in words. */
type Fit = { share: number; words: string };

const fading = (value: number, end: number): number => 1 - (1 - AT_THE_END) * (value / end);

const isZone = ({ subject }: Clue): boolean => subject?.kind === 'feeder' || subject?.kind === 'zone';
const isSameKind = (a: Clue, b: Clue): boolean => a.subject !== undefined && a.subject.kind === b.subject?.kind;

function linksOf(clue: Clue, places: CountyPlaces): number[] {
  const own = clue.subject?.kind === 'link' ? places.linkIndex(clue.subject.id) : undefined;
  if (own !== undefined) return [own];
  return clue.lon === undefined || clue.lat === undefined || isZone(clue) ? [] : places.linksNear(clue.lon, clue.lat, BESIDE_ROAD_M);
}

function alongRoad(reach: Extract<Reach, { by: 'road' }>, cause: Clue, effect: Clue, places: CountyPlaces, units: DisplayUnits): Fit[] {
  return linksOf(cause, places).flatMap((head) => linksOf(effect, places).flatMap((at) => {
    const road = places.roadName(head);
    const behindM = places.upstream(head).get(at);
    const pastM = places.upstream(at).get(head);
    if (behindM !== undefined && behindM <= SAME_STRETCH_M) return [{ share: 1, words: `on the same stretch of ${road}` }];
    if (behindM !== undefined && behindM <= reach.upstreamM) return [{ share: fading(behindM, reach.upstreamM), words: `${formatDistance(behindM, units)} upstream on ${road}` }];
    return pastM !== undefined && pastM <= reach.downstreamM ? [{ share: fading(pastM, reach.downstreamM), words: `${formatDistance(pastM, units)} further on ${road}` }] : [];
  }));
}

/** What is on a link stays in its middle, while the front of a queue moves. */
function positionOf(clue: Clue, places: CountyPlaces): { lon?: number; lat?: number } {
  const link = clue.subject?.kind === 'link' ? places.linkIndex(clue.subject.id) : undefined;
  return link === undefined ? clue : places.middle(link);
}

function asTheCrowFlies(metres: number, cause: Clue, effect: Clue, places: CountyPlaces, units: DisplayUnits): Fit[] {
  // The middle of a whole zone is no place.
  const awayM = isZone(cause) || isZone(effect) ? Number.POSITIVE_INFINITY : metresBetween(positionOf(cause, places), positionOf(effect, places));
  if (awayM > metres) return [];
  return [{ share: fading(awayM, metres), words: awayM < 30 ? 'at the same place' : `${formatDistance(awayM, units)} away` }];
}

function inArea(cause: Clue, effect: Clue, places: CountyPlaces): Fit[] {
  if (!isZone(cause) || cause.subject === undefined) return [];
  if (isSameKind(cause, effect)) return cause.subject.id === effect.subject?.id ? [{ share: 1, words: `the same ${cause.subject.kind}` }] : [];
  if (isZone(effect) || effect.lon === undefined || effect.lat === undefined) return [];
  return places.isInArea(cause.subject.id, effect.lon, effect.lat) ? [{ share: 0.9, words: `inside ${cause.place}` }] : [];
}

function beside(cause: Clue, effect: Clue, places: CountyPlaces): Fit[] {
  const [a, b] = [cause.subject, effect.subject];
  if (a === undefined || b === undefined || !isZone(cause) || a.kind !== b.kind || a.id === b.id) return [];
  return places.areNeighbours(a.id, b.id) ? [{ share: 0.9, words: `beside ${cause.place}` }] : [];
}

function onRoute(upstreamM: number, cause: Clue, { subject }: Clue, places: CountyPlaces): Fit[] {
  if (subject?.kind !== 'route') return [];
  const head = linksOf(cause, places).find((link) => places.routePasses(subject.id, link, upstreamM));
  return head === undefined ? [] : [{ share: 0.8, words: `its route runs over ${places.roadName(head)}` }];
}

function fits(reach: Reach, cause: Clue, effect: Clue, places: CountyPlaces, units: DisplayUnits): Fit[] {
  switch (reach.by) {
    case 'road':
      return alongRoad(reach, cause, effect, places, units);
    case 'near':
      return asTheCrowFlies(reach.metres, cause, effect, places, units);
    case 'area':
      return inArea(cause, effect, places);
    case 'signals':
      return linksOf(effect, places).some((link) => places.hasSignals(link)) ? inArea(cause, effect, places) : [];
    case 'neighbour':
      return beside(cause, effect, places);
    case 'route':
      return onRoute(reach.upstreamM, cause, effect, places);
    case 'system':
      return [{ share: 1, words: 'part of the same system' }];
  }
}

/** How well the time fits, 0 where it does not. */
function timeShare(rule: CauseRule, cause: Clue, lagMs: number): number {
  const afterMs = cause.incident === undefined ? rule.afterMs : Math.max(rule.afterMs, INCIDENT_LASTS_MS);
  const end = lagMs < 0 ? rule.beforeMs : afterMs;
  return Math.abs(lagMs) > end ? 0 : end === 0 ? 1 : fading(Math.abs(lagMs), end);
}

const whenOf = (lagMs: number): string => (Math.abs(lagMs) < 30_000 ? 'at the same time' : `${describeDuration(Math.abs(lagMs) / 1000)} ${lagMs < 0 ? 'earlier' : 'later'}`);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function judge(rule: CauseRule, cause: Clue, effect: Clue, places: CountyPlaces, units: DisplayUnits): Tie[] {
  if (!cause.roles.includes(rule.cause) || !effect.roles.includes(rule.effect)) return [];
  if (rule.isSameTopic === true && cause.topic !== effect.topic) return [];
  const lagMs = effect.atMs - cause.atMs;
  const time = timeShare(rule, cause, lagMs);
  // Most pairs end here, before any place is looked at.
  if (rule.weight * time < LEAST_SCORE) return [];
  return rule.reach.flatMap((reach) => fits(reach, cause, effect, places, units)).flatMap(({ share, words }) => {
    const score = rule.weight * time * share;
    return score < LEAST_SCORE ? [] : [{ cause, effect, score, sentence: `${capital(words)}, ${whenOf(lagMs)}: ${rule.why}.` }];
  });
}

/**
 * Whether and why two clues belong together: the surest of all known pairs of cause and effect, its weight times how well space and time fit. `isWitnessed`:
 * people saw a crash in this queue. The same answer whichever comes first.
 */
export function findTie(a: Clue, b: Clue, places: CountyPlaces, units: DisplayUnits, isWitnessed: (queue: Clue) => boolean = () => false): Tie | undefined {
  const ties = causeRules.flatMap((rule) => {
    const both = [...judge(rule, a, b, places, units), ...judge(rule, b, a, places, units)];
    return rule.unlessCrash === true ? both.filter(({ effect }) => !isWitnessed(effect)) : both;
  });
  return ties.sort((x, y) => y.score - x.score || (x.cause.id < y.cause.id ? -1 : 1))[0];
}
