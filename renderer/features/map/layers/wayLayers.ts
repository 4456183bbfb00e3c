import type { Layer } from '@deck.gl/core';
import { PathLayer } from '@deck.gl/layers';
import type { MapWay } from '../../../client/selection.ts';
import type { MapScene } from '../MapScene.ts';

/** Draws the routes by road that a page asks for, the more important ones above the others. */
export function wayLayers({ ways, colors, typeScale }: MapScene): Layer[] {
  if (ways.length === 0) return [];
  const drawn = ways.toSorted((a, b) => Number(a.isStrong) - Number(b.isStrong));
  const shared = {
    data: drawn,
    getPath: ({ path }: MapWay) => path,
    widthUnits: 'pixels',
    jointRounded: true,
    capRounded: true,
  } as const;
  return [
    // A dark edge separates the line from the roads and the traffic under it.
    new PathLayer<MapWay>({
      ...shared,
      id: 'ways-edge',
      getColor: colors.of('ground', 0.8),
      getWidth: ({ isStrong }) => (isStrong ? 7 : 4) * typeScale,
    }),
    new PathLayer<MapWay>({
      ...shared,
      id: 'ways',
      getColor: ({ isStrong }) => (isStrong ? colors.of('text') : colors.of('text-3')),
      getWidth: ({ isStrong }) => (isStrong ? 3 : 1.5) * typeScale,
    }),
  ];
}
