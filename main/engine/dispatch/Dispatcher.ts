import type { CountyMs } from '../../../shared/base/clock.ts';
import type { County } from '../../../shared/county/county.ts';
import { isUnanswered } from '../../../shared/dispatch/isUnanswered.ts';
import type { SentOrder } from '../../../shared/dispatch/sentOrder.ts';
import { acceptWithinMs } from '../../../shared/dispatch/rules.ts';
import type { Diversions } from '../../../shared/dispatch/diversion.ts';
import type { Progress } from '../../../shared/dispatch/arrival.ts';
import type { Recommendation } from '../../../shared/dispatch/recommendation.ts';
import { describeDuration } from '../../../shared/base/display.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { createLocalTime } from '../../../shared/base/localTime.ts';
import type { Condition } from '../domains/kit/Condition.ts';
import type { Offers } from '../domains/kit/Offers.ts';
import { RoadMap } from '../domains/kit/RoadMap.ts';
import { Reach } from '../routing/Reach.ts';
import { closedLinks, incidentNow, isOpen, unitNow } from './readSituation.ts';
import { progressOf } from './progress.ts';
import { proposeDiversions } from './proposeDiversions.ts';
import { recommend } from './recommend.ts';
import { RoadNetwork } from '../routing/RoadNetwork.ts';
import { Router } from '../routing/Router.ts';
import type { CoverPlace, Situation } from './situation.ts';
import { freeFlowTimes, liveTimes } from '../routing/TravelTimes.ts';
import type { TravelTimes } from '../routing/TravelTimes.ts';
import { unansweredCondition } from './unansweredCondition.ts';

type DispatcherOptions = {
  county: County;
  offers: Pick<Offers, 'presentUnits' | 'linkSpeedMps' | 'linkFlowVph'>;
  incidents: () => readonly Incident[];
  /** The orders that were given at this workstation. */
  orders: () => readonly SentOrder[];
  nowMs: () => CountyMs;
};

type Unanswered = { key: string; orderedAtMs: number; nextBest: string };

/** Advises the dispatcher: who should go to an incident, and which orders nobody has accepted. */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #network: RoadNetwork;
  readonly #router: Router;
  readonly #roadMap: RoadMap;
  readonly #times: TravelTimes;
  readonly #freeFlow: TravelTimes;
  readonly #localTime: ReturnType<typeof createLocalTime>;
  readonly #linkIndex: ReadonlyMap<string, number>;
  readonly #places: { name: string; lon: number; lat: number }[];
  readonly #cover: CoverPlace[] = [];
  /** What was reported about each order that is not accepted, by unit. */
  #unanswered = new Map<string, Unanswered>();
  #turn = 0;

  constructor(options: DispatcherOptions) {
    this.#options = options;
    this.#network = new RoadNetwork(options.county.links, options.county.turns);
    this.#router = new Router(this.#network, true);
    this.#roadMap = new RoadMap(options.county.links);
    this.#times = liveTimes(options.county.links, options.offers.linkSpeedMps);
    this.#freeFlow = freeFlowTimes(options.county.links);
    this.#linkIndex = new Map(options.county.links.map(({ id }, index) => [id, index]));
    this.#localTime = createLocalTime(options.county.profile.timeZone);
    this.#places = options.county.map.flatMap(({ kind, name, point }) =>
      kind === 'place' && name !== undefined && point !== undefined ? [{ name, lon: point[0], lat: point[1] }] : [],
    );
  }

  /** Who should go to an incident and why; undefined where it is not known or is resolved. */
  recommend(incidentId: string): Recommendation | undefined {
    const recommendation = recommend(this.#situation(), incidentId);
    if (recommendation === undefined || this.#cover.length === this.#places.length) return recommendation;
    return {
      ...recommendation,
      notes: [...recommendation.notes, 'What would be left uncovered is not known everywhere yet.'],
    };
  }

  /** Where the units of an incident are and when they arrive; undefined where it is not known or is resolved. */
  progress(incidentId: string): Progress | undefined {
    const incident = this.#options.incidents().find(({ id }) => id === incidentId);
    if (incident === undefined || !isOpen(incident)) return undefined;
    const situation = this.#situation();
    const { nowMs } = situation;
    const now = incidentNow(incident, nowMs);
    return { incidentId, atMs: nowMs, units: progressOf(situation, now, incident.engagements ?? [], this.#freeFlow) };
  }

  /** Ways round what an incident has closed; undefined where the incident is not known or is resolved. */
  diversions(incidentId: string): Diversions | undefined {
    const incident = this.#options.incidents().find(({ id }) => id === incidentId);
    if (incident === undefined || !isOpen(incident)) return undefined;
    const { network, times, closed, nowMs } = this.#roads();
    const own = [...closedLinks([incident], nowMs)].flatMap((id) => this.#linkIndex.get(id) ?? []);
    const proposed = proposeDiversions(own, {
      network,
      router: this.#router,
      terms: { rights: 'car', times, atMs: nowMs, closed },
      flowVph: this.#options.offers.linkFlowVph,
      roadName: (link) => this.#roadMap.roadName(link),
    });
    return { incidentId, ...proposed };
  }

  /**
   * Must be called once per second: returns the orders that were not accepted in time, as conditions for the alarms.
   */
  judge(nowMs: number): Condition[] {
    // Searches from one place per second: what is near a place changes slowly with the traffic, and so nobody has to
    // wait for a search from every place.
    this.#router.prepare('car');
    if (this.#places.length > 0) this.#searchFrom(this.#turn++ % this.#places.length);
    const sent = new Map(this.#options.orders().map((order) => [`${order.incidentId} ${order.unitId}`, order]));
    const due = this.#options
      .incidents()
      .flatMap((incident) =>
        isOpen(incident)
          ? (incident.engagements ?? [])
              .map((engagement) => ({ incident, engagement, order: sent.get(`${incident.id} ${engagement.unitId}`) }))
              .filter(({ engagement, order }) => isUnanswered(engagement, nowMs, order))
          : [],
      );
    const before = this.#unanswered;
    this.#unanswered = new Map(
      due.map(({ incident, engagement: { unitId, atMs } }) => {
        const key = `${incident.id}|${atMs}`;
        const known = before.get(unitId);
        return [unitId, known?.key === key ? known : { key, orderedAtMs: atMs, nextBest: this.#nextBest(incident.id) }];
      }),
    );
    const units = this.#options.offers.presentUnits();
    return due.flatMap(({ incident, order, engagement: { unitId } }) => {
      const present = units.find(({ unit }) => unit.id === unitId);
      const { orderedAtMs = nowMs, nextBest = '' } = this.#unanswered.get(unitId) ?? {};
      const name = present?.unit.name ?? unitId;
      return [
        unansweredCondition({
          incident,
          unitId,
          name,
          kind: present?.unit.kind,
          order,
          orderedAt: this.#localTime.hourMinute(orderedAtMs),
          within: describeDuration(acceptWithinMs / 1000),
          nextBest,
        }),
      ];
    });
  }

  #nextBest(incidentId: string): string {
    const best = this.recommend(incidentId)?.proposals[0];
    return best === undefined ? 'nobody else is free' : `${best.name}, there in ${describeDuration(best.etaS)}`;
  }

  #searchFrom(index: number): void {
    const place = this.#places[index];
    if (place === undefined) return;
    const { network, times, closed, nowMs } = this.#roads();
    const reach = new Reach({
      network,
      targets: network.spotsNear(place),
      closed,
      secondsOn: (link) => times.secondsOn(link, nowMs),
    });
    this.#cover[index] = { name: place.name, reach };
  }

  #roads(): Pick<Situation, 'network' | 'times' | 'closed' | 'nowMs'> {
    const nowMs = this.#options.nowMs();
    const closed = new Set(
      [...closedLinks(this.#options.incidents(), nowMs)].flatMap((id) => this.#linkIndex.get(id) ?? []),
    );
    return { network: this.#network, times: this.#times, closed, nowMs };
  }

  #situation(): Situation {
    const roads = this.#roads();
    const all = this.#options.incidents();
    return {
      ...roads,
      localMinute: Math.floor(this.#localTime.secondOfDay(roads.nowMs) / 60),
      units: this.#options.offers.presentUnits().map((present) => unitNow(present, all, roads.nowMs)),
      incidents: all.filter(isOpen).map((incident) => incidentNow(incident, roads.nowMs)),
      coverPlaces: this.#cover,
      displayUnits: this.#options.county.profile.displayUnits,
    };
  }
}
