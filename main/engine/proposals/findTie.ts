import { describeDuration, formatDistance } from '../../../shared/base/display.ts';
import type { DisplayUnits } from '../../../shared/base/display.ts';
import { causeRules } from './causes.ts';
import type { CauseRule, Reach } from './causes.ts';
import type { Clue } from './clue.ts';
import { metresBetween } from './CountyPlaces.ts';
import type { CountyPlaces } from './CountyPlaces.ts';

/**
 * Two clues that belong together, how surely (0..1), and the sentence that says why. `isUnlessCrash`: the tie does not
 * hold where people saw a crash in the effect.
 */
export type Tie = { cause: Clue; effect: Clue; score: number; sentence: string; isUnlessCrash: boolean };

/**
 * A pair that is less sure than this is no tie: at the far end of both its space and its time even the strongest pair
 * falls below it.
 */
export const LEAST_SCORE = 0.35;
/** The part of a score that is left at the far end of a reach, or of a time. */
const AT_THE_END = 0.5;
/** A position belongs to a road that passes so near: a carriageway, its shoulder, the houses beside it. */
const BESIDE_ROAD_M = 60;
/** Within this distance along a road, two clues are on the same stretch of it. */
const SAME_STRETCH_M = 150;
/** While an incident is open, what it brings about may still come. */
const INCIDENT_LASTS_MS = 2 * 3_600_000;

/** How well the place fits (0..1), and the words for it. */
type Fit = { share: number; words: string };

const fading = (value: number, end: number): number => 1 - (1 - AT_THE_END) * (value / end);

const isZone = ({ subject }: Clue): boolean => subject?.kind === 'feeder' || subject?.kind === 'zone';
const isSameKind = (a: Clue, b: Clue): boolean => a.subject !== undefined && a.subject.kind === b.subject?.kind;

/** A clue, and where on the roads it is: the links that it is on or beside, and its place for distances. */
export type Placed = { clue: Clue; roleKey: string; links: readonly number[]; at: { lon?: number; lat?: number } };

/** Call this once per clue, because the result is used with every other clue. */
export function placeClue(clue: Clue, places: CountyPlaces): Placed {
  const roleKey = clue.roles.join();
  const own = clue.subject?.kind === 'link' ? places.linkIndex(clue.subject.id) : undefined;
  // A clue on a link is placed in the middle of the link, because the front of a queue moves.
  if (own !== undefined) return { clue, roleKey, links: [own], at: places.middle(own) };
  return {
    clue,
    roleKey,
    links:
      clue.lon === undefined || clue.lat === undefined || isZone(clue)
        ? []
        : places.linksNear(clue.lon, clue.lat, BESIDE_ROAD_M),
    at: clue,
  };
}

function alongRoad(
  reach: Extract<Reach, { by: 'road' }>,
  cause: Placed,
  effect: Placed,
  places: CountyPlaces,
  units: DisplayUnits,
): Fit[] {
  return cause.links.flatMap((head) =>
    effect.links.flatMap((at) => {
      const behindM = places.upstream(head).get(at);
      if (behindM !== undefined && behindM <= SAME_STRETCH_M)
        return [{ share: 1, words: `on the same stretch of ${places.roadName(head)}` }];
      if (behindM !== undefined && behindM <= reach.upstreamM)
        return [
          {
            share: fading(behindM, reach.upstreamM),
            words: `${formatDistance(behindM, units)} upstream on ${places.roadName(head)}`,
          },
        ];
      const pastM = places.upstream(at).get(head);
      return pastM !== undefined && pastM <= reach.downstreamM
        ? [
            {
              share: fading(pastM, reach.downstreamM),
              words: `${formatDistance(pastM, units)} further on ${places.roadName(head)}`,
            },
          ]
        : [];
    }),
  );
}

function asTheCrowFlies(metres: number, cause: Placed, effect: Placed, units: DisplayUnits): Fit[] {
  // The middle of a whole zone is not a place to measure from.
  const awayM =
    isZone(cause.clue) || isZone(effect.clue) ? Number.POSITIVE_INFINITY : metresBetween(cause.at, effect.at);
  if (awayM > metres) return [];
  return [
    { share: fading(awayM, metres), words: awayM < 30 ? 'at the same place' : `${formatDistance(awayM, units)} away` },
  ];
}

function inArea(cause: Clue, effect: Clue, places: CountyPlaces): Fit[] {
  if (!isZone(cause) || cause.subject === undefined) return [];
  if (isSameKind(cause, effect))
    return cause.subject.id === effect.subject?.id ? [{ share: 1, words: `the same ${cause.subject.kind}` }] : [];
  if (isZone(effect) || effect.lon === undefined || effect.lat === undefined) return [];
  return places.isInArea(cause.subject.id, effect.lon, effect.lat)
    ? [{ share: 0.9, words: `inside ${cause.place}` }]
    : [];
}

function beside(cause: Clue, effect: Clue, places: CountyPlaces): Fit[] {
  const [a, b] = [cause.subject, effect.subject];
  if (a === undefined || b === undefined || !isZone(cause) || a.kind !== b.kind || a.id === b.id) return [];
  return places.areNeighbours(a.id, b.id) ? [{ share: 0.9, words: `beside ${cause.place}` }] : [];
}

function onRoute(upstreamM: number, cause: Placed, { subject }: Clue, places: CountyPlaces): Fit[] {
  if (subject?.kind !== 'route') return [];
  const head = cause.links.find((link) => places.routePasses(subject.id, link, upstreamM));
  return head === undefined ? [] : [{ share: 0.8, words: `its route runs over ${places.roadName(head)}` }];
}

function fits(reach: Reach, cause: Placed, effect: Placed, places: CountyPlaces, units: DisplayUnits): Fit[] {
  switch (reach.by) {
    case 'road':
      return alongRoad(reach, cause, effect, places, units);
    case 'near':
      return asTheCrowFlies(reach.metres, cause, effect, units);
    case 'area':
      return inArea(cause.clue, effect.clue, places);
    case 'signals':
      return effect.links.some((link) => places.hasSignals(link)) ? inArea(cause.clue, effect.clue, places) : [];
    case 'neighbour':
      return beside(cause.clue, effect.clue, places);
    case 'route':
      return onRoute(reach.upstreamM, cause, effect.clue, places);
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

const whenOf = (lagMs: number): string =>
  Math.abs(lagMs) < 30_000
    ? 'at the same time'
    : `${describeDuration(Math.abs(lagMs) / 1000)} ${lagMs < 0 ? 'earlier' : 'later'}`;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function judge(rule: CauseRule, causeAt: Placed, effectAt: Placed, places: CountyPlaces, units: DisplayUnits): Tie[] {
  const [{ clue: cause }, { clue: effect }] = [causeAt, effectAt];
  if (rule.isSameTopic === true && cause.topic !== effect.topic) return [];
  const lagMs = effect.atMs - cause.atMs;
  const time = timeShare(rule, cause, lagMs);
  // Most pairs end here, before any place is looked at.
  if (rule.weight * time < LEAST_SCORE) return [];
  return rule.reach
    .flatMap((reach) => fits(reach, causeAt, effectAt, places, units))
    .flatMap(({ share, words }) => {
      const score = rule.weight * time * share;
      return score < LEAST_SCORE
        ? []
        : [
            {
              cause,
              effect,
              score,
              sentence: `${capital(words)}, ${whenOf(lagMs)}: ${rule.why}.`,
              isUnlessCrash: rule.unlessCrash === true,
            },
          ];
    });
}

const rulesOfRoles = new Map<string, Map<string, readonly CauseRule[]>>();

/**
 * The rules by which a clue with the roles of `cause` can bring about one with the roles of `effect`. This is asked for
 * every pair of clues, so the answer is kept per pair of roles.
 */
function rulesFor(cause: Placed, effect: Placed): readonly CauseRule[] {
  const ofCause = rulesOfRoles.get(cause.roleKey) ?? new Map<string, readonly CauseRule[]>();
  rulesOfRoles.set(cause.roleKey, ofCause);
  const known =
    ofCause.get(effect.roleKey) ??
    causeRules.filter((rule) => cause.clue.roles.includes(rule.cause) && effect.clue.roles.includes(rule.effect));
  ofCause.set(effect.roleKey, known);
  return known;
}

/**
 * Why two clues belong together: each known pair of cause and effect that applies, its weight times how well space and
 * time fit, the surest first; an empty list where none applies. The order of the two clues does not matter.
 */
export function findTies(a: Placed, b: Placed, places: CountyPlaces, units: DisplayUnits): Tie[] {
  const ties = [
    ...rulesFor(a, b).flatMap((rule) => judge(rule, a, b, places, units)),
    ...rulesFor(b, a).flatMap((rule) => judge(rule, b, a, places, units)),
  ];
  return ties.sort((x, y) => y.score - x.score || (x.cause.id < y.cause.id ? -1 : 1));
}
