import type { Layer } from '@deck.gl/core';
import { ScatterplotLayer } from '@deck.gl/layers';
import { isUsable, qualityOfCode } from '../../../../shared/base/quality.ts';
import type { NetworkIndex } from '../CountyIndex.ts';
import type { MapScene } from '../MapScene.ts';

export const DETECTORS_FROM_ZOOM = 12.5;

type Detector = NetworkIndex['detectors'][number];

/** Draws detectors as dots, hollow if their data cannot be trusted. */
export function detectorLayers({ network, tables, layers, zoom, colors }: MapScene): Layer[] {
  if (network === undefined || !layers.detectors || zoom < DETECTORS_FROM_ZOOM) return [];
  const { detectors } = tables;
  const isGood = (row: number): boolean =>
    detectors.isKnown(row) && isUsable(qualityOfCode(detectors.columns.quality[row] ?? 0));
  return [
    new ScatterplotLayer<Detector>({
      id: 'detectors',
      data: network.detectors,
      getPosition: ({ lon, lat }) => [lon, lat],
      radiusUnits: 'pixels',
      getRadius: 3,
      stroked: true,
      lineWidthUnits: 'pixels',
      getLineWidth: 1.2,
      getLineColor: colors.of('text-3'),
      getFillColor: (_, { index }) => colors.of(isGood(index) ? 'text-3' : 'map-land'),
      updateTriggers: { getFillColor: [detectors.version, colors] },
    }),
  ];
}
