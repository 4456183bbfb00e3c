import type { Layer } from '@deck.gl/core';
import { PathStyleExtension } from '@deck.gl/extensions';
import type { PathStyleExtensionProps } from '@deck.gl/extensions';
import { PathLayer, ScatterplotLayer } from '@deck.gl/layers';
import type { MapScene } from '../MapScene.ts';
import { shapeOf } from '../shapeOf.ts';
import type { Sign } from '../signs.ts';

type Path = [number, number][];

const beside = new PathStyleExtension({ offset: true });

/** The point of the selected alarm's or incident's sign, which may stand beside its place. */
function signShape({ signs, selected }: MapScene): { point: Path[number] } | undefined {
  if (selected?.kind !== 'alarm' && selected?.kind !== 'incident') return undefined;
  const all: readonly Sign<{ id: string }>[] = selected.kind === 'alarm' ? signs.alarms : signs.incidents;
  const sign = all.find(({ thing }) => thing.id === selected.id);
  return sign === undefined ? undefined : { point: sign.at };
}

/** Draws a ring around the selected thing, or its own line, in the colour of the focus. */
export function selectionLayers(scene: MapScene): Layer[] {
  const shape = signShape(scene) ?? (scene.selected === undefined ? undefined : shapeOf(scene, scene.selected));
  if (shape === undefined) return [];
  const color = scene.colors.of('focus');
  if ('point' in shape) {
    return [
      new ScatterplotLayer<[number, number]>({
        id: 'selected-point',
        data: [shape.point],
        getPosition: (point) => point,
        filled: false,
        stroked: true,
        getLineColor: color,
        lineWidthUnits: 'pixels',
        getLineWidth: 2,
        radiusUnits: 'pixels',
        getRadius: 17 * scene.typeScale,
      }),
    ];
  }
  return [
    new PathLayer<Path, PathStyleExtensionProps<Path>>({
      id: 'selected-path',
      data: shape.paths,
      getPath: (path) => path,
      getColor: color,
      widthUnits: 'pixels',
      getWidth: shape.isRing ? 2 : 3,
      jointRounded: true,
      capRounded: true,
      extensions: [beside],
      getOffset: shape.isRing ? 0 : 0.9,
    }),
  ];
}
