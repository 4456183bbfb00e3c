import type { Layer } from '@deck.gl/core';
import { TextLayer } from '@deck.gl/layers';
import { METRES_PER_DEGREE } from '../../../../shared/base/geometry/metresPerDegree.ts';
import type { RequestOutput } from '../../../../shared/contract/contract.ts';
import type { NetworkIndex } from '../CountyIndex.ts';
import { boxOf } from '../CountyIndex.ts';
import { haloFont } from '../mapFont.ts';
import type { MapScene } from '../MapScene.ts';
import { memoLast } from '../memoLast.ts';
import { placeLabels } from '../placeLabels.ts';
import type { LabelCandidate, Obstacle } from '../placeLabels.ts';
import { roadLabels } from '../roadLabels.ts';
import { obstaclesOf } from '../signs.ts';
import type { Signs } from '../signs.ts';
import { metresPerPixel, project } from '../viewMath.ts';
import type { Bounds } from '../viewMath.ts';

type Feature = RequestOutput<'county.map'>['features'][number];

const SEAT_PX = 17;
const TOWN_PX = 14;
const VILLAGE_PX = 12;
const WATER_PX = 11;
const WATER_FROM_ZOOM = 11;
const REPEAT_PX = 420;
/** From this zoom on the map shows streets, and the name of the town around them is left out. */
const TOWNS_UNTIL_ZOOM = 15;

/**
 * At low zooms a name stands this many metres above its town, because what happens there is drawn on the town itself.
 */
const SEAT_ABOVE_M = 2900;
const TOWN_ABOVE_M = 1250;
const VILLAGE_ABOVE_M = 600;
const ABOVE_UNTIL_ZOOM = 11.5;

/**
 * The places for the name of a town, in degrees: above the town, or where something else is drawn there, below it and
 * further away.
 */
function placesAround([lon, lat]: readonly [number, number], rank: number, zoom: number): [number, number][] {
  const aboveDegrees = (rank >= 3 ? SEAT_ABOVE_M : rank >= 2 ? TOWN_ABOVE_M : VILLAGE_ABOVE_M) / METRES_PER_DEGREE;
  if (zoom >= ABOVE_UNTIL_ZOOM) return [0, 1, -1].map((step) => [lon, lat + (step * aboveDegrees) / 2]);
  return [1, -1, 1.6, -1.6, 2.2].map((step) => [lon, lat + step * aboveDegrees]);
}

function placeCandidates(features: readonly Feature[], zoom: number): LabelCandidate[] {
  return features.flatMap(({ kind, name, rank = 1, rings, point }) => {
    if (name === undefined || name === '') return [];
    if (kind === 'place' && point !== undefined && zoom < TOWNS_UNTIL_ZOOM) {
      const [[lon, lat] = point, ...others] = placesAround(point, rank, zoom);
      return [
        {
          text: name,
          lon,
          lat,
          others,
          rank: rank + 1,
          sizePx: rank >= 3 ? SEAT_PX : rank >= 2 ? TOWN_PX : VILLAGE_PX,
          angleDeg: 0,
        },
      ];
    }
    const ring = rings[0];
    if (kind !== 'water' || ring === undefined || zoom < WATER_FROM_ZOOM) return [];
    const [west, south, east, north] = boxOf(ring);
    return [{ text: name, lon: (west + east) / 2, lat: (south + north) / 2, rank: 0.7, sizePx: WATER_PX, angleDeg: 0 }];
  });
}

/**
 * The labels that fit at this zoom between the obstacles. Panning does not change which labels collide, so only the
 * region and the zoom matter.
 */
function labelsFor(
  map: RequestOutput<'county.map'> | undefined,
  network: NetworkIndex | undefined,
  region: Bounds,
  zoom: number,
  typeScale: number,
  obstacles: readonly Obstacle[],
): LabelCandidate[] {
  const [lon, lat] = [(region[0] + region[2]) / 2, (region[1] + region[3]) / 2];
  const view = { lon, lat, zoom };
  const roads = (network?.roadTree.within(region) ?? []).flatMap((i) => network?.roads[i] ?? []);
  // Where the type is larger, the map names as much as a workstation would at the same width in letters.
  const candidates = [
    ...placeCandidates(map?.features ?? [], zoom - Math.log2(typeScale)),
    ...roadLabels(roads, zoom, metresPerPixel(lat, zoom)),
  ];
  const scaled = candidates.map((label) => ({ ...label, sizePx: label.sizePx * typeScale }));
  return placeLabels(scaled, (x, y) => project(view, { width: 0, height: 0 }, x, y), REPEAT_PX, obstacles);
}

/** Names of places, water and roads, where they cover neither a sign nor one of `texts`. */
export function makeLabelLayers(): (scene: MapScene, texts: readonly Obstacle[]) => Layer[] {
  const placed = memoLast(labelsFor);
  const together = memoLast((signs: Signs, texts: readonly Obstacle[]) => [...obstaclesOf(signs), ...texts]);
  return ({ map, network, region, zoom, typeScale, layers, colors, signs }, texts) => {
    const labels = layers.labels ? placed(map, network, region, zoom, typeScale, together(signs, texts)) : [];
    if (labels.length === 0) return [];
    return [
      new TextLayer<LabelCandidate>({
        id: 'labels',
        data: labels,
        getPosition: ({ lon, lat }) => [lon, lat],
        getText: ({ text }) => text,
        getSize: ({ sizePx }) => sizePx,
        getAngle: ({ angleDeg }) => angleDeg,
        getColor: ({ rank }) => colors.of(rank >= 3 ? 'text-2' : 'map-label', rank >= 1 ? 1 : 0.85),
        outlineColor: colors.of('map-land'),
        updateTriggers: { getColor: colors },
        characterSet: 'auto',
        ...haloFont,
      }),
    ];
  };
}
