import type { Layer } from '@deck.gl/core';
import { PathLayer, SolidPolygonLayer } from '@deck.gl/layers';
import type { RequestOutput } from '../../../../shared/contract/contract.ts';
import type { MapColors, Rgba } from '../colors.ts';
import type { MapScene } from '../MapScene.ts';
import { memoLast } from '../memoLast.ts';

type Feature = RequestOutput<'county.map'>['features'][number];
type Area = { rings: Feature['rings']; fill: Rgba };

const isClosed = (ring: Feature['rings'][number]): boolean =>
  ring.length > 3 && String(ring[0]) === String(ring.at(-1));

/**
 * Bottom to top. Built-up ground is slightly lighter than the land, so that towns are visible without their streets.
 */
const fills: [Feature['kind'], (colors: MapColors) => Rgba][] = [
  ['boundary', (colors) => colors.of('map-land')],
  ['builtUp', (colors) => colors.of('map-road-minor', 0.45)],
  ['wood', (colors) => colors.of('map-wood')],
  ['park', (colors) => colors.of('map-wood')],
  ['water', (colors) => colors.of('map-water')],
  ['river', (colors) => colors.of('map-water')],
];

const areasOf = (features: readonly Feature[], colors: MapColors): Area[] =>
  fills.flatMap(([kind, fill]) =>
    features
      .filter((feature) => feature.kind === kind && feature.rings[0] !== undefined && isClosed(feature.rings[0]))
      .map(({ rings }) => ({ rings, fill: fill(colors) })),
  );

const linesOf = (
  features: readonly Feature[],
  wanted: (feature: Feature, ring: Feature['rings'][number]) => boolean,
): Feature['rings'] => features.flatMap((feature) => feature.rings.filter((ring) => wanted(feature, ring)));

/** Land, water and woods; they change only with the theme. */
export function makeBaseLayers(): (scene: MapScene) => Layer[] {
  const areas = memoLast(areasOf);
  const streams = memoLast((features: readonly Feature[]) =>
    linesOf(features, ({ kind }, ring) => (kind === 'river' || kind === 'water') && !isClosed(ring)),
  );
  const borders = memoLast((features: readonly Feature[]) => linesOf(features, ({ kind }) => kind === 'boundary'));
  return ({ map, colors }) => {
    if (map === undefined) return [];
    return [
      new SolidPolygonLayer<Area>({
        id: 'areas',
        data: areas(map.features, colors),
        getPolygon: ({ rings }) => rings,
        getFillColor: ({ fill }) => fill,
        updateTriggers: { getFillColor: colors },
      }),
      new PathLayer<Feature['rings'][number]>({
        id: 'streams',
        data: streams(map.features),
        getPath: (ring) => ring,
        getColor: colors.of('map-water'),
        getWidth: 25,
        widthMinPixels: 1.5,
        jointRounded: true,
        capRounded: true,
      }),
      new PathLayer<Feature['rings'][number]>({
        id: 'border',
        data: borders(map.features),
        getPath: (ring) => ring,
        getColor: colors.of('line'),
        widthUnits: 'pixels',
        getWidth: 1.5,
      }),
    ];
  };
}
