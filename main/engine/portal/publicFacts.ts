import type { PublicationPolicy, PublicSubject } from '../../../shared/citizens/publicationPolicy.ts';
import type { IncidentKind } from '../../../shared/citizens/incidentKinds.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { compareFacts, FEWEST_CUSTOMERS } from '../../../shared/public/fact.ts';
import type { Fact, FactKind } from '../../../shared/public/fact.ts';
import type { PublicPlaces } from './publicPlaces.ts';
import { toBlock } from './toBlock.ts';

const MOST_FACTS = 2000;
const MOST_ROUTES = 300;

/**
 * What an incident is for the public, and under which rule of the policy it comes. What is missing here can concern a
 * single home or the county's own devices, and has no template.
 */
const ofType: Partial<
  Record<Incident['type'], { subject: PublicSubject; kind: FactKind; incident: Exclude<IncidentKind, 'other'> }>
> = {
  powerOutage: { subject: 'outages', kind: 'outage', incident: 'powerOutage' },
  waterMain: { subject: 'waterWorks', kind: 'water', incident: 'waterMain' },
  transit: { subject: 'serviceAlerts', kind: 'service', incident: 'transit' },
  crash: { subject: 'incidents', kind: 'incident', incident: 'crash' },
  stalledVehicle: { subject: 'incidents', kind: 'incident', incident: 'stalledVehicle' },
  debris: { subject: 'incidents', kind: 'incident', incident: 'debris' },
  congestion: { subject: 'incidents', kind: 'incident', incident: 'congestion' },
};

const releasedText = ({ publicMessage }: Incident): string | undefined =>
  publicMessage?.state === 'released' ? publicMessage.text : undefined;

function isPublic(incident: Incident, subject: PublicSubject, policy: PublicationPolicy): boolean {
  if (policy[subject] === 'never') return false;
  return policy[subject] === 'automatic' || releasedText(incident) !== undefined;
}

const changedOf = ({ publicMessage, outage, openedAtMs }: Incident): number =>
  Math.max(openedAtMs, publicMessage?.atMs ?? 0, outage?.atMs ?? 0);

const empty = { roads: [], routes: [], line: [] } satisfies Partial<Fact>;

/** The place of a fact in words and degrees, by the map alone: what people wrote as place can be a home. */
function placeOf({ subject, lon, lat }: Incident, places: PublicPlaces): Pick<Fact, 'roads' | 'zone' | 'line'> {
  const zone = subject?.kind === 'zone' || subject?.kind === 'feeder' ? places.zone(subject.id) : undefined;
  if (zone !== undefined) return { roads: [], zone: zone.name, line: [[...zone.center]] };
  if (lon === undefined || lat === undefined) return { roads: [], line: [] };
  const road = places.roadOf(lon, lat);
  return { roads: road === undefined ? [] : [road], line: [[toBlock(lon), toBlock(lat)]] };
}

function mainFact(incident: Incident, policy: PublicationPolicy, places: PublicPlaces): Fact[] {
  const known = ofType[incident.type];
  const text = releasedText(incident);
  const subject = known?.subject ?? 'incidents';
  if (!isPublic(incident, subject, policy) || (known === undefined && text === undefined)) return [];
  const { outage, priority } = incident;
  const customers = outage === undefined || outage.customers === 0 ? undefined : outage.customers;
  const isDanger = priority === 1 && text !== undefined;
  return [
    {
      ...empty,
      // A place without a template could be that of a single home.
      ...(known !== undefined && placeOf(incident, places)),
      id: incident.id,
      kind: isDanger ? 'danger' : (known?.kind ?? 'incident'),
      incident: known?.incident ?? 'other',
      ...(customers !== undefined && { customers: customers < FEWEST_CUSTOMERS ? 0 : customers }),
      ...(text !== undefined && { text }),
      sinceMs: incident.openedAtMs,
      changedAtMs: changedOf(incident),
    },
  ];
}

function closureFacts(incident: Incident, policy: PublicationPolicy, places: PublicPlaces, nowMs: number): Fact[] {
  if (!isPublic(incident, 'closures', policy)) return [];
  return (incident.closures ?? [])
    .filter(({ untilMs }) => untilMs === undefined || untilMs > nowMs)
    .map(({ linkId, untilMs, atMs }) => ({
      ...empty,
      id: `${incident.id}/closure/${linkId}`,
      kind: 'closure',
      incident: ofType[incident.type]?.incident ?? 'other',
      roads: [places.linkName(linkId) ?? ''].filter(Boolean),
      line: places.linkPath(linkId).map(([lon, lat]): [number, number] => [lon, lat]),
      sinceMs: atMs,
      changedAtMs: atMs,
      ...(untilMs !== undefined && { untilMs }),
    }));
}

function alertFacts(incident: Incident, policy: PublicationPolicy, places: PublicPlaces, nowMs: number): Fact[] {
  if (!isPublic(incident, 'serviceAlerts', policy)) return [];
  return (incident.alerts ?? [])
    .filter(({ untilMs }) => untilMs === undefined || untilMs > nowMs)
    .map(({ id, routeIds, untilMs, atMs }) => ({
      ...empty,
      id: `${incident.id}/alert/${id}`,
      kind: 'service',
      incident: ofType[incident.type]?.incident ?? 'other',
      routes: routeIds.map((routeId) => places.routeName(routeId) ?? '').filter(Boolean),
      routeIds: (routeIds.length === 0 ? places.routeIds() : routeIds)
        .filter((routeId) => places.routeName(routeId) !== undefined)
        .slice(0, MOST_ROUTES),
      sinceMs: atMs,
      changedAtMs: atMs,
      ...(untilMs !== undefined && { untilMs }),
    }));
}

/**
 * What the county publishes now, the most important first. Of what people wrote, a fact contains only the text that a
 * person released; all else are names of the map and numbers.
 */
export function publicFacts(
  incidents: Iterable<Incident>,
  policy: PublicationPolicy,
  places: PublicPlaces,
  nowMs: number,
): Fact[] {
  return [...incidents]
    .filter(({ status, mergedInto }) => status !== 'resolved' && mergedInto === undefined)
    .flatMap((incident) => [
      ...mainFact(incident, policy, places),
      ...closureFacts(incident, policy, places, nowMs),
      ...alertFacts(incident, policy, places, nowMs),
    ])
    .sort(compareFacts)
    .slice(0, MOST_FACTS);
}
