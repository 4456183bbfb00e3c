import { Reach } from '../routing/Reach.ts';
import type { Spot } from '../routing/RoadNetwork.ts';
import type { Rights } from '../routing/TurnGraph.ts';
import type { IncidentNow, Situation, UnitNow } from './situation.ts';

export type Target = { spots: readonly Spot[]; reach: Reach };
/** Seconds on a link in the traffic of now, and on the empty road. */
export type LinkTimes = { secondsOn: (linkIndex: number) => number; freeSecondsOn: (linkIndex: number) => number };

/**
 * The ways of units that have some rights on the road: the roads are searched once per incident, and each unit is
 * located on them once.
 */
export class WaysTo {
  readonly #situation: Situation;
  readonly #rights: Rights;
  readonly #times: LinkTimes;
  readonly #targets = new Map<string, Target | undefined>();
  readonly #usual = new Map<string, Reach>();
  readonly #spots = new Map<string, readonly Spot[]>();
  #starts: Spot[] | undefined;

  constructor(situation: Situation, rights: Rights, times: LinkTimes) {
    this.#situation = situation;
    this.#rights = rights;
    this.#times = times;
  }

  /** Where a unit is on the roads. */
  spotsOf({ unit, place }: UnitNow): readonly Spot[] {
    const known = this.#spots.get(unit.id) ?? this.#near(place);
    this.#spots.set(unit.id, known);
    return known;
  }

  /** The place of an incident on the roads, and the ways there; undefined where it has no place. */
  target(incident: IncidentNow): Target | undefined {
    if (!this.#targets.has(incident.id)) this.#targets.set(incident.id, this.#search(incident));
    return this.#targets.get(incident.id);
  }

  /** The ways to an incident on empty and open roads; one search, and only where somebody asks why. */
  usual(incident: IncidentNow): Reach | undefined {
    const target = this.target(incident);
    if (target === undefined) return undefined;
    const known = this.#usual.get(incident.id) ?? this.#reach(target.spots, this.#times.freeSecondsOn);
    this.#usual.set(incident.id, known);
    return known;
  }

  #search({ place }: IncidentNow): Target | undefined {
    const { network, closed } = this.#situation;
    if (place === undefined) return undefined;
    const linkIndex = place.linkId === undefined ? -1 : network.links.findIndex(({ id }) => id === place.linkId);
    const spots =
      linkIndex >= 0 && network.isDivided(linkIndex) ? [network.spotOn(linkIndex, place)] : this.#near(place);
    return { spots, reach: this.#reach(spots, this.#times.secondsOn, closed) };
  }

  #reach(targets: readonly Spot[], secondsOn: (linkIndex: number) => number, closed?: ReadonlySet<number>): Reach {
    const { network, units } = this.#situation;
    this.#starts ??= units.flatMap((now) => this.spotsOf(now));
    return new Reach({
      network,
      targets,
      starts: this.#starts,
      rights: this.#rights,
      secondsOn,
      ...(closed !== undefined && { closed }),
    });
  }

  #near(place: { lon: number; lat: number; headingDeg?: number | undefined }): Spot[] {
    const { network } = this.#situation;
    const graph = network.graphFor(this.#rights);
    return network.spotsNear(place, (link) => graph.startOf(link) !== undefined);
  }
}
