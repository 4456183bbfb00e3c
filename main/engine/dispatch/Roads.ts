import type { Unit } from '../../../shared/county/county.ts';
import { fits, needName } from '../../../shared/incidents/need.ts';
import { describeDuration } from '../../../shared/base/display.ts';
import { isEngaged } from '../../../shared/incidents/engagement.ts';
import type { FreeUnit } from './cover.ts';
import { explainWay } from './explainWay.ts';
import { fillNeeds } from './fillNeeds.ts';
import { judgeUnit } from './judgeUnit.ts';
import type { Way } from '../routing/Reach.ts';
import type { Rights } from '../routing/TurnGraph.ts';
import type { IncidentNow, Situation, UnitNow } from './situation.ts';
import { WaysTo } from './WaysTo.ts';

/** An incident that is farther from the road than this gets a note. */
const FAR_OFF_M = 250;

/** Those who come with lights and siren; all other units drive by the rules for cars. */
const RESPONDERS: readonly Unit['kind'][] = ['police', 'fire', 'ambulance'];
const rightsOf = ({ kind }: Unit): Rights => (RESPONDERS.includes(kind) ? 'response' : 'car');

/**
 * What a situation's roads say for one recommendation: the roads are searched once per incident, and each unit is
 * located on them once.
 */
export class Roads {
  readonly #situation: Situation;
  readonly #ways = new Map<Rights, WaysTo>();
  /** Seconds on each link, looked up once for all searches. */
  #seconds: Float64Array | undefined;
  #free: FreeUnit[] | undefined;

  constructor(situation: Situation) {
    this.#situation = situation;
  }

  /**
   * The fastest way of a unit to an incident, or undefined where there is none. A crew drives by the rules for cars,
   * but is let through where no other way leads there.
   */
  way(now: UnitNow, incident: IncidentNow): Way | undefined {
    return (
      this.#wayBy(rightsOf(now.unit), now, incident) ??
      (rightsOf(now.unit) === 'car' ? this.#wayBy('response', now, incident) : undefined)
    );
  }

  /** Why a way to an incident is not the one that is usual on empty and open roads; undefined where it is that. */
  reasonFor(now: UnitNow, incident: IncidentNow, way: Way): string | undefined {
    const { network, closed, displayUnits } = this.#situation;
    const ways = this.#waysFor(rightsOf(now.unit));
    const usual = ways.usual(incident)?.from(ways.spotsOf(now), now.place);
    return (
      usual &&
      explainWay(way, usual, {
        network,
        closed,
        secondsOn: (link) => this.#secondsOn(link),
        freeSecondsOn: (link) => this.#freeSecondsOn(link),
        displayUnits,
      })
    );
  }

  /** Units that could go at once and are at no incident. */
  freeUnits(): readonly FreeUnit[] {
    const nowhere: IncidentNow = { id: '', priority: 4, openedAtMs: 0, needs: [], engagements: [] };
    this.#free ??= this.#situation.units.flatMap((now) => {
      const readiness = judgeUnit(this.#situation, nowhere, now);
      return readiness.canGo && readiness.isFree ? [{ now, spots: this.#waysFor('response').spotsOf(now) }] : [];
    });
    return this.#free;
  }

  /**
   * What an incident would lack without a unit, and which unit could come in its place; that one then counts as sent.
   */
  leftBehind(incident: IncidentNow, unit: Unit): { text: string; isLacking: boolean; inPlaceId?: string } {
    const { units } = this.#situation;
    const isThere = (id: string): boolean =>
      id !== unit.id && incident.engagements.some((each) => each.unitId === id && isEngaged(each));
    const rest = units.filter((now) => isThere(now.unit.id)).map((now) => now.unit);
    const lacked = fillNeeds(incident.needs, rest)
      .open.map(({ need }) => incident.needs[need])
      .find((need) => need !== undefined && fits(unit, need));
    if (lacked === undefined) return { text: `${incident.id} has the others for what it needs`, isLacking: false };
    const inPlace = this.freeUnits()
      .filter(({ now }) => now.unit.id !== unit.id && fits(now.unit, lacked))
      .map(({ now }) => ({
        id: now.unit.id,
        name: now.unit.name,
        seconds: this.way(now, incident)?.seconds ?? Number.POSITIVE_INFINITY,
      }))
      .reduce<{ id: string; name: string; seconds: number } | undefined>(
        (best, each) => (each.seconds < (best?.seconds ?? Number.POSITIVE_INFINITY) ? each : best),
        undefined,
      );
    const text = `${incident.id} would lack ${needName(lacked)}`;
    if (inPlace === undefined) return { text: `${text}, and nobody else is free for it`, isLacking: true };
    return {
      text: `${text}; ${inPlace.name} could drive there in ${describeDuration(inPlace.seconds)}`,
      isLacking: true,
      inPlaceId: inPlace.id,
    };
  }

  /** Notes on what people must know about the incident's place. */
  notesOn(incident: IncidentNow): string[] {
    if (incident.place === undefined) return ['The incident has no place, so nobody can say who is near.'];
    const { network, closed } = this.#situation;
    const [spot] = this.#waysFor('response').target(incident)?.spots ?? [];
    if (spot === undefined) return ['There is no road near the incident.'];
    const name = network.links[spot.linkIndex]?.name ?? '';
    return [
      ...(network.isDivided(spot.linkIndex) && incident.place.linkId === undefined
        ? [`Nobody has said which side of the road it is on: reckoned to ${name === '' ? 'the nearer one' : name}.`]
        : []),
      ...(spot.offM > FAR_OFF_M
        ? [`It is ${Math.round(spot.offM / 50) * 50} m from the nearest road, and the time for that is not counted.`]
        : []),
      ...(closed.size > 0 ? ['Closed roads are driven round.'] : []),
    ];
  }

  /** The line of a way, from the unit to the incident. */
  routeOf({ links, from, to }: Way): [number, number][] {
    return links.flatMap((linkIndex, index) => {
      const path = this.#situation.network.links[linkIndex]?.path ?? [];
      return slice(path, index === 0 ? from.share : 0, index === links.length - 1 ? to.share : 1);
    });
  }

  #secondsOn(link: number): number {
    const { network, times, nowMs } = this.#situation;
    this.#seconds ??= Float64Array.from(network.links.keys(), (each) => times.secondsOn(each, nowMs));
    return this.#seconds[link] ?? Number.POSITIVE_INFINITY;
  }

  #freeSecondsOn(link: number): number {
    const { lengthM = Number.POSITIVE_INFINITY, freeFlowMps = 1 } = this.#situation.network.links[link] ?? {};
    return lengthM / freeFlowMps;
  }

  #wayBy(rights: Rights, now: UnitNow, incident: IncidentNow): Way | undefined {
    const ways = this.#waysFor(rights);
    return ways.target(incident)?.reach.from(ways.spotsOf(now), now.place);
  }

  #waysFor(rights: Rights): WaysTo {
    const times = {
      secondsOn: (link: number) => this.#secondsOn(link),
      freeSecondsOn: (link: number) => this.#freeSecondsOn(link),
    };
    const ways = this.#ways.get(rights) ?? new WaysTo(this.#situation, rights, times);
    this.#ways.set(rights, ways);
    return ways;
  }
}

/** The part of a line between two shares of its length. */
function slice(path: readonly [number, number][], from: number, to: number): [number, number][] {
  const steps = path
    .slice(1)
    .map(([lon, lat], i) =>
      Math.hypot((lon - (path[i]?.[0] ?? lon)) * Math.cos((lat * Math.PI) / 180), lat - (path[i]?.[1] ?? lat)),
    );
  const total = steps.reduce((sum, step) => sum + step, 0);
  const points: [number, number][] = [];
  let done = 0;
  steps.forEach((step, i) => {
    const [a, b] = [path[i], path[i + 1]];
    const at = (share: number): number => Math.min(1, Math.max(0, step === 0 ? 0 : (share * total - done) / step));
    const [start, end] = [at(from), at(to)];
    done += step;
    if (a === undefined || b === undefined || end <= 0 || start >= 1) return;
    const along = (share: number): [number, number] => [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
    if (points.length === 0) points.push(along(start));
    points.push(along(end));
  });
  return points;
}
