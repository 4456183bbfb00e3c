import type { Alarm } from '../../../shared/alarms/alarm.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';
import type { Report } from '../../client/mergeStream.ts';
import type { MapView } from '../../client/selection.ts';
import type { AlarmIndex } from './alarmIndex.ts';
import type { NetworkIndex } from './CountyIndex.ts';
import type { MapScene } from './MapScene.ts';
import type { Obstacle } from './placeLabels.ts';
import { spreadSigns } from './spreadSigns.ts';
import type { Taken } from './spreadSigns.ts';
import { project, unproject } from './viewMath.ts';

type Placed<T> = T & { lon: number; lat: number };
/** A thing that is marked on the map: where it is, where its sign stands, and how large that is. */
export type Sign<T> = { thing: Placed<T>; at: [lon: number, lat: number]; isAside: boolean; sizePx: number };
export type Signs = {
  alarms: readonly Sign<Alarm>[];
  incidents: readonly Sign<Incident>[];
  reports: readonly Sign<Report>[];
};

/** Below this zoom an alarm of the lowest priority is a dot, so that it does not cover the names of the towns. */
const SMALL_BELOW_ZOOM = 11;
const SIZES_PX = { report: 20, alarm: 24, dot: 12, pin: 34 };
/** The head of a pin by the pin's size: how far it stands above the pin's place, and its radius. */
const PIN_RISE = 0.4;
const PIN_HEAD = 0.38;
/** How far the sign of a link stands from it, in its own radii. */
const ASIDE = 1.6;
const NOWHERE = { width: 0, height: 0 };

const hasPlace = <T extends { lon?: number | undefined; lat?: number | undefined }>(thing: T): thing is T & Placed<T> =>
  thing.lon !== undefined && thing.lat !== undefined;

/**
 * The alarms to mark. An alarm that is already being worked on is shown by its incident, because two marks at one place
 * would hide each other.
 */
const openAlarms = ({ placed }: AlarmIndex): Placed<Alarm>[] =>
  placed.filter(hasPlace).filter(({ incidentId }) => incidentId === undefined);
const openIncidents = (incidents: MapScene['incidents']): Placed<Incident>[] =>
  [...incidents.values()]
    .filter(hasPlace)
    .filter(({ status }) => status !== 'resolved')
    .sort((a, b) => b.priority - a.priority);
const placedReports = (reports: MapScene['reports']): Placed<Report>[] => [...reports.values()].filter(hasPlace);

/** The direction across a link, upward on the screen; the sign of a queue steps aside there, so that it can be seen. */
export function acrossLink(network: NetworkIndex | undefined, id: string): [number, number] | undefined {
  const path = network?.links[network.linkRow.get(id) ?? -1]?.path;
  const [first, last] = [path?.[0], path?.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const view = { lon: first[0], lat: first[1], zoom: 12 };
  const [dx, dy] = project(view, NOWHERE, last[0], last[1]);
  const length = Math.hypot(dx, dy);
  if (length === 0) return undefined;
  const across: [number, number] = [dy / length, -dx / length];
  return across[1] > 0 ? [-across[0], -across[1]] : across;
}

type Placer = <T>(things: readonly Placed<T>[], wishOf: (thing: Placed<T>) => Wished) => Sign<T>[];
/** `risePx`: how far the middle of the sign stands above the place that it points to. */
type Wished = { sizePx: number; radiusPx: number; risePx?: number; across?: [number, number] | undefined };

/** Places kinds of signs one after the other on one map; those that come first have the first choice. */
function makePlacer(view: MapView): Placer {
  const taken: Taken = [];
  return (things, wishOf) => {
    const wishes = things.map((thing) => {
      const { radiusPx, risePx = 0, across, sizePx } = wishOf(thing);
      const [x, y] = project(view, NOWHERE, thing.lon, thing.lat);
      const [dx, dy] = across?.map((part) => part * ASIDE * radiusPx) ?? [0, 0];
      return {
        thing,
        sizePx,
        risePx,
        place: [x, y],
        wish: { x: x + (dx ?? 0), y: y - risePx + (dy ?? 0), radiusPx, ...(across && { aside: across }) },
      };
    });
    const spots = spreadSigns(
      wishes.map(({ wish }) => wish),
      taken,
    );
    return wishes.map(({ thing, sizePx, risePx, place: [px = 0, py = 0] }, i) => {
      const [x, y] = spots[i] ?? [px, py - risePx];
      const isAside = Math.hypot(x - px, y + risePx - py) > 1;
      return { thing, sizePx, isAside, at: isAside ? unproject(view, NOWHERE, x, y + risePx) : [thing.lon, thing.lat] };
    });
  };
}

type Drawn = Pick<MapScene, 'alarms' | 'incidents' | 'reports' | 'network' | 'typeScale' | 'zoom' | 'layers'>;

/**
 * Places the signs of a scene at its zoom: incidents choose first, then alarms, the most urgent of them first, then
 * reports. In each list the most urgent comes last, so that it is drawn on top.
 */
export function signsOf({ alarms, incidents, reports, network, typeScale, zoom, layers }: Drawn): Signs {
  const isFar = zoom - Math.log2(typeScale) < SMALL_BELOW_ZOOM;
  const [pinPx, reportPx] = [SIZES_PX.pin * typeScale, SIZES_PX.report * typeScale];
  const pins = layers.incidents ? openIncidents(incidents).toReversed() : [];
  const marks = layers.alarms ? openAlarms(alarms).toReversed() : [];
  const bubbles = layers.reports ? placedReports(reports) : [];
  // Pixels are counted from any of the signs: from the origin of the map they would lose their decimals.
  const { lon, lat } = pins[0] ?? marks[0] ?? bubbles[0] ?? { lon: 0, lat: 0 };
  const place = makePlacer({ lon, lat, zoom });
  return {
    incidents: place(pins, () => ({
      sizePx: pinPx,
      radiusPx: PIN_HEAD * pinPx,
      risePx: PIN_RISE * pinPx,
    })).toReversed(),
    alarms: place(marks, ({ priority, subject }) => {
      const sizePx = (priority === 4 && isFar ? SIZES_PX.dot : SIZES_PX.alarm) * typeScale;
      const across = subject.kind === 'link' ? acrossLink(network, subject.id) : undefined;
      return { sizePx, radiusPx: sizePx / 2, across };
    }).toReversed(),
    reports: place(bubbles, () => ({ sizePx: reportPx, radiusPx: reportPx / 2 })),
  };
}

/** The boxes of the signs, which no text should cover. */
export const obstaclesOf = ({ alarms, incidents, reports }: Signs): Obstacle[] => [
  ...[...alarms, ...reports].map(({ at: [lon, lat], sizePx }) => ({ lon, lat, widthPx: sizePx, heightPx: sizePx })),
  ...incidents.map(({ at: [lon, lat], sizePx }) => ({
    lon,
    lat,
    widthPx: 2 * PIN_HEAD * sizePx,
    heightPx: sizePx,
    belowPx: -PIN_RISE * sizePx,
  })),
];
