import type { MapView } from '../../client/selection.ts';

/** Pixels around the globe at zoom 0, as deck.gl and web maps of 512 px tiles count it. */
const WORLD_PX = 512;
const EQUATOR_M = 40_075_016.686;
const RADIANS = Math.PI / 180;

export type Bounds = readonly [west: number, south: number, east: number, north: number];
export type Size = { width: number; height: number };

const mercatorY = (lat: number): number => Math.log(Math.tan(Math.PI / 4 + (lat * RADIANS) / 2)) / RADIANS;
const latOfMercatorY = (y: number): number => (2 * Math.atan(Math.exp(y * RADIANS)) - Math.PI / 2) / RADIANS;

/** Pixels per degree of longitude. */
const pxPerDegree = (zoom: number): number => (WORLD_PX * 2 ** zoom) / 360;

export const metresPerPixel = (lat: number, zoom: number): number =>
  (EQUATOR_M * Math.cos(lat * RADIANS)) / (WORLD_PX * 2 ** zoom);

/** Where a place is on the canvas, in CSS pixels from its top left. */
export function project(view: MapView, size: Size, lon: number, lat: number): [number, number] {
  const scale = pxPerDegree(view.zoom);
  return [size.width / 2 + (lon - view.lon) * scale, size.height / 2 - (mercatorY(lat) - mercatorY(view.lat)) * scale];
}

/** The place under a pixel of the canvas, as [lon, lat]. */
export function unproject(view: MapView, size: Size, x: number, y: number): [number, number] {
  const scale = pxPerDegree(view.zoom);
  return [view.lon + (x - size.width / 2) / scale, latOfMercatorY(mercatorY(view.lat) - (y - size.height / 2) / scale)];
}

/** The bounds that the canvas shows, widened by `margin` (0.5: half a canvas on every side). */
export function boundsOf(view: MapView, size: Size, margin = 0): Bounds {
  const [west, north] = unproject(view, size, -margin * size.width, -margin * size.height);
  const [east, south] = unproject(view, size, (1 + margin) * size.width, (1 + margin) * size.height);
  return [west, south, east, north];
}

export const contains = (outer: Bounds, inner: Bounds): boolean =>
  outer[0] <= inner[0] && outer[1] <= inner[1] && outer[2] >= inner[2] && outer[3] >= inner[3];

export type Padding = { left: number; right: number; top: number; bottom: number };

/** The view that fits the bounds into the part of the canvas that no panel covers, at a zoom of at most `maxZoom`. */
export function fitBounds(
  [west, south, east, north]: Bounds,
  size: Size,
  padding: Padding,
  maxZoom = Infinity,
): MapView {
  const free = {
    width: Math.max(100, size.width - padding.left - padding.right),
    height: Math.max(100, size.height - padding.top - padding.bottom),
  };
  const [y0, y1] = [mercatorY(south), mercatorY(north)];
  const scale = Math.min(
    free.width / Math.max(1e-6, east - west),
    free.height / Math.max(1e-6, y1 - y0),
    pxPerDegree(maxZoom),
  );
  const zoom = Math.log2((scale * 360) / WORLD_PX);
  const [dx, dy] = [(padding.left - padding.right) / 2, (padding.top - padding.bottom) / 2];
  return { lon: (west + east) / 2 - dx / scale, lat: latOfMercatorY((y0 + y1) / 2 + dy / scale), zoom };
}

/** The view of the same scale whose centre lies in the middle of the part that no panel covers. */
export function centreBetween(view: MapView, size: Size, { left, right, top, bottom }: Padding): MapView {
  const [lon, lat] = unproject(view, size, (size.width - left + right) / 2, (size.height - top + bottom) / 2);
  return { ...view, lon, lat };
}

/**
 * The view at `share` (0..1) of a flight's time: eased, and zoomed out a little on the way when the distance is long.
 */
export function flightStep(from: MapView, to: MapView, share: number): MapView {
  const eased = share < 0.5 ? 4 * share ** 3 : 1 - (-2 * share + 2) ** 3 / 2;
  const farPx = Math.hypot(to.lon - from.lon, to.lat - from.lat) * pxPerDegree(Math.min(from.zoom, to.zoom));
  const drawnBack = Math.min(2, Math.max(0, Math.log2(farPx / 1200))) * Math.sin(Math.PI * eased);
  return {
    lon: from.lon + (to.lon - from.lon) * eased,
    lat: from.lat + (to.lat - from.lat) * eased,
    zoom: from.zoom + (to.zoom - from.zoom) * eased - drawnBack,
  };
}
