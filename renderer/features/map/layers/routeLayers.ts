import type { Layer } from '@deck.gl/core';
import { PathLayer } from '@deck.gl/layers';
import type { RequestOutput } from '../../../../shared/contract/contract.ts';
import type { MapScene } from '../MapScene.ts';
import { memoLast } from '../memoLast.ts';

type Shape = RequestOutput<'county.transit'>['routes'][number]['shapes'][number];

/** Draws the bus routes: thin and neutral, under the vehicles and alarms. */
export function makeRouteLayers(): (scene: MapScene) => Layer[] {
  const shapes = memoLast((transit: RequestOutput<'county.transit'>): Shape[] =>
    transit.routes.flatMap((route) => route.shapes),
  );
  return ({ transit, layers, colors }) => {
    if (transit === undefined || !layers.routes) return [];
    return [
      new PathLayer<Shape>({
        id: 'routes',
        data: shapes(transit),
        getPath: (shape) => shape,
        getColor: colors.of('text-3', 0.5),
        widthUnits: 'pixels',
        getWidth: 1.5,
        jointRounded: true,
      }),
    ];
  };
}
