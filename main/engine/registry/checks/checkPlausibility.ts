import { distanceM } from '../../../../shared/base/geometry/distanceM.ts';
import type { County, Link } from '../../../../shared/county/county.ts';
import type { CountyFaults } from '../files/CountyFaults.ts';

type Position = readonly [number, number];
type Bounds = readonly [number, number, number, number];

/** A position this far beyond the bounds, as a share of their size, still belongs to the county. */
const MARGIN = 0.25;
/** Degrees; a county is smaller. */
const LARGEST_DEG = 5;
const FAR_FROM_LINK_M = 250;
const FAR_FROM_ZONE_DEG = 0.02;
const NODE_APART_M = 60;
/** Roads bend more than they are drawn; what differs by a factor of two is in another unit. */
const LENGTH_SHARE = 0.5;
const LENGTH_SLACK_M = 30;
/** 160 km/h: what is above was hardly meant as metres per second. */
const FASTEST_MPS = 45;
const SLOWEST_MPS = 2;
const MOST_LANES = 10;
const MOST_PER_LANE_VPH = 3000;
const LEAST_PER_LANE_VPH = 100;
const LONGEST_PERIOD_S = 3600;

function isWithin([lon, lat]: Position, [west, south, east, north]: Bounds): boolean {
  const [dLon, dLat] = [(east - west) * MARGIN, (north - south) * MARGIN];
  return lon >= west - dLon && lon <= east + dLon && lat >= south - dLat && lat <= north + dLat;
}

/** What is wrong with a position; undefined where it belongs to the county. */
function misplaced(position: Position, bounds: Bounds): string | undefined {
  if (isWithin(position, bounds)) return undefined;
  const [lon, lat] = position;
  return isWithin([lat, lon], bounds)
    ? `has longitude and latitude swapped: ${lon}, ${lat} would be ${lat}, ${lon}.`
    : `lies outside the bounds of the county, at ${lon}, ${lat}.`;
}

function checkProfile({ profile }: County, faults: CountyFaults): void {
  const { bounds, center, nominalVoltageV, population } = profile;
  const [west, south, east, north] = bounds;
  const warn = (text: string): void => faults.about(profile, 'warning', text);
  if (west >= east || south >= north) warn('`bounds` must be west, south, east, north, each before its opposite.');
  else if (east - west > LARGEST_DEG || north - south > LARGEST_DEG)
    warn('`bounds` spans more than five degrees, which is no county: are longitude and latitude swapped?');
  else {
    const fault = misplaced(center, bounds);
    if (fault !== undefined) warn(`\`center\` ${fault}`);
  }
  if (nominalVoltageV < 90 || nominalVoltageV > 500)
    warn(`\`nominalVoltageV\` is ${nominalVoltageV}: at a meter it is 120 or 230 in most places.`);
  if (population === 0) warn('`population` is 0.');
}

/** Everything with a place, by the name that a fault calls it. */
function placesOf(county: County): { thing: object; name: string; positions: readonly Position[] }[] {
  return [
    ...county.links.map((link) => ({ thing: link, name: `The link ${link.id}`, positions: link.path })),
    ...county.zones.map((zone) => ({ thing: zone, name: `The zone ${zone.id}`, positions: zone.outline })),
    ...county.detectors.map((each) => ({
      thing: each,
      name: `The detector ${each.id}`,
      positions: [[each.lon, each.lat] as const],
    })),
    ...county.meters.map((each) => ({
      thing: each,
      name: `The meter ${each.id}`,
      positions: [[each.lon, each.lat] as const],
    })),
    ...county.units.map((each) => ({
      thing: each,
      name: `The base of unit ${each.id}`,
      positions: [[each.baseLon, each.baseLat] as const],
    })),
    ...(county.feeds.digitraffic?.stations ?? []).map((each) => ({
      thing: each,
      name: `The station ${each.id}`,
      positions: [[each.lon, each.lat] as const],
    })),
    ...(county.feeds.devices ?? []).flatMap((each) =>
      each.lon === undefined || each.lat === undefined
        ? []
        : [{ thing: each, name: `The device ${each.id}`, positions: [[each.lon, each.lat] as const] }],
    ),
  ];
}

function checkPlaces(county: County, faults: CountyFaults): void {
  const { bounds } = county.profile;
  for (const { thing, name, positions } of placesOf(county)) {
    const fault = positions.map((each) => misplaced(each, bounds)).find((each) => each !== undefined);
    if (fault !== undefined) faults.about(thing, 'warning', `${name} ${fault}`, 'place');
  }
  for (const feature of county.map) {
    // Water and woods go beyond the county; only what lies wholly elsewhere was hardly meant.
    const points = feature.point === undefined ? feature.rings.flat() : [feature.point];
    if (points.length === 0 || points.some((each) => isWithin(each, bounds))) continue;
    const [first] = points;
    const fault = first && misplaced(first, bounds);
    if (fault !== undefined)
      faults.about(feature, 'warning', `The feature ${feature.name ?? feature.kind} ${fault}`, 'place');
  }
}

const lengthOf = (path: Link['path']): number =>
  path.slice(1).reduce((sum, to, at) => {
    const from = path[at] ?? to;
    return sum + distanceM(from[0], from[1], to[0], to[1]);
  }, 0);

function linkFaults(link: Link): string[] {
  const { id, lengthM, freeFlowMps, lanes, capacityVph, path, fromNode, toNode } = link;
  const drawnM = lengthOf(path);
  const off = Math.abs(drawnM - lengthM);
  const perLane = capacityVph / lanes;
  return [
    ...(off > LENGTH_SLACK_M && off > LENGTH_SHARE * Math.max(drawnM, lengthM)
      ? [`The link ${id} is ${Math.round(drawnM)} m long as it is drawn, and \`lengthM\` is ${lengthM}.`]
      : []),
    ...(freeFlowMps > FASTEST_MPS
      ? [
          `The link ${id} has a free-flow speed of ${freeFlowMps} m/s, which is ${Math.round(freeFlowMps * 3.6)} km/h: if ${freeFlowMps} is in km/h, write ${(freeFlowMps / 3.6).toFixed(1)}.`,
        ]
      : []),
    ...(freeFlowMps < SLOWEST_MPS
      ? [`The link ${id} has a free-flow speed of ${freeFlowMps} m/s, which is walking.`]
      : []),
    ...(lanes > MOST_LANES ? [`The link ${id} has ${lanes} lanes.`] : []),
    ...(perLane > MOST_PER_LANE_VPH || perLane < LEAST_PER_LANE_VPH
      ? [`The link ${id} has a capacity of ${Math.round(perLane)} vehicles per hour and lane; about 1800 is usual.`]
      : []),
    ...(fromNode === toNode && drawnM > 0 && path[0]?.join() !== path.at(-1)?.join()
      ? [`The link ${id} begins and ends at the node ${fromNode}, and its line does not.`]
      : []),
  ];
}

/** Warns of links that name one node and do not meet: no way would lead across. */
function checkNodes(links: readonly Link[], faults: CountyFaults): void {
  const places = new Map<string, Position>();
  for (const link of links) {
    for (const [node, at] of [
      [link.fromNode, link.path[0]],
      [link.toNode, link.path.at(-1)],
    ] as const) {
      if (at === undefined) continue;
      const known = places.get(node);
      if (known === undefined) places.set(node, at);
      else if (distanceM(known[0], known[1], at[0], at[1]) > NODE_APART_M) {
        const apart = Math.round(distanceM(known[0], known[1], at[0], at[1]));
        const text = `The link ${link.id} meets others at the node ${node}, and its line ends ${apart} m away: is it drawn the other way round?`;
        faults.about(link, 'warning', text, 'node');
      }
    }
  }
}

function nearestM([lon, lat]: Position, path: Link['path']): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (let at = 1; at < path.length; at++) {
    const [from, to] = [path[at - 1], path[at]];
    if (from === undefined || to === undefined) continue;
    const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    const share = ((lon - from[0]) * dx + (lat - from[1]) * dy) / (dx * dx + dy * dy || 1);
    const along = Math.min(1, Math.max(0, share));
    nearest = Math.min(nearest, distanceM(lon, lat, from[0] + along * dx, from[1] + along * dy));
  }
  return nearest;
}

function checkDetectors({ detectors, links }: County, faults: CountyFaults): void {
  const linkOf = new Map(links.map((link) => [link.id, link]));
  for (const detector of detectors) {
    const { id, lon, lat, lanes, periodS, linkId } = detector;
    const link = linkOf.get(linkId);
    const warn = (kind: string, text: string): void => faults.about(detector, 'warning', text, kind);
    if (periodS > LONGEST_PERIOD_S)
      warn('period', `The detector ${id} has a period of ${periodS} s: are milliseconds meant?`);
    if (link === undefined) continue;
    const awayM = nearestM([lon, lat], link.path);
    if (awayM > FAR_FROM_LINK_M) warn('far', `The detector ${id} lies ${Math.round(awayM)} m from its link ${linkId}.`);
    if (lanes > link.lanes)
      warn('lanes', `The detector ${id} measures ${lanes} lanes, and its link ${linkId} has ${link.lanes}.`);
  }
}

function checkZones({ zones, meters }: County, faults: CountyFaults): void {
  const counts = new Map<string, number>();
  for (const { zoneId } of meters) counts.set(zoneId, (counts.get(zoneId) ?? 0) + 1);
  for (const zone of zones) {
    const count = counts.get(zone.id) ?? 0;
    if (zone.outline[0]?.join() !== zone.outline.at(-1)?.join() || zone.outline.length < 4)
      faults.about(
        zone,
        'warning',
        `The outline of zone ${zone.id} is not closed: its last position must be its first.`,
        'ring',
      );
    if (count > zone.meterCount)
      faults.about(
        zone,
        'warning',
        `The zone ${zone.id} should have ${zone.meterCount} meters, and meters.csv has ${count} in it.`,
        'count',
      );
  }
}

function checkMeters({ meters, zones }: County, faults: CountyFaults): void {
  const boxes = new Map(
    zones.map(({ id, outline }) => {
      const [lons, lats] = [outline.map(([lon]) => lon), outline.map(([, lat]) => lat)];
      return [id, [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)] as const];
    }),
  );
  for (const meter of meters) {
    const box = boxes.get(meter.zoneId);
    if (box === undefined) continue;
    const [west, south, east, north] = box;
    const far = FAR_FROM_ZONE_DEG;
    const isNear =
      meter.lon >= west - far && meter.lon <= east + far && meter.lat >= south - far && meter.lat <= north + far;
    if (!isNear)
      faults.about(meter, 'warning', `The meter ${meter.id} lies far outside its zone ${meter.zoneId}.`, 'far');
  }
}

/** Warns of what is allowed and hardly meant: places elsewhere, lengths that do not fit, speeds in another unit. */
export function checkPlausibility(county: County, faults: CountyFaults): void {
  checkProfile(county, faults);
  checkPlaces(county, faults);
  for (const link of county.links)
    for (const text of linkFaults(link)) faults.about(link, 'warning', text, text.replaceAll(/[\d.]+/g, ''));
  checkNodes(county.links, faults);
  checkDetectors(county, faults);
  checkZones(county, faults);
  checkMeters(county, faults);
}
