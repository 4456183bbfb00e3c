import type { Layer } from '@deck.gl/core';
import { PathLayer, TextLayer } from '@deck.gl/layers';
import type { MapWay } from '../../../client/selection.ts';
import { mapFont } from '../mapFont.ts';
import type { MapScene } from '../MapScene.ts';

type Label = { at: [number, number]; text: string };

/** Draws the routes by road that a page asks for, the more important ones above the others. */
export function wayLayers(scene: MapScene): Layer[] {
  const { ways, colors, typeScale } = scene;
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
    ...unitLabels(scene),
  ];
}

/** Where a unit is drawn now; undefined where it is not on the map. */
function placeOf({ unitRoster, tables }: MapScene, unitId: string): [number, number] | undefined {
  const { motion, rows } = tables.units;
  const row = rows.find((each) => unitRoster.get(each)?.id === unitId);
  const [lon, lat] = row === undefined ? [] : [motion.drawn[2 * row], motion.drawn[2 * row + 1]];
  return lon === undefined || lat === undefined || Number.isNaN(lon) ? undefined : [lon, lat];
}

/** The labels of units that are on their way, each beside its unit, or else at the beginning of its way. */
export const labelsOf = (scene: MapScene): Label[] =>
  scene.ways.flatMap(({ unit, path }) => {
    const at = unit === undefined ? undefined : (placeOf(scene, unit.id) ?? path[0]);
    return unit === undefined || at === undefined ? [] : [{ at, text: unit.label }];
  });

function unitLabels(scene: MapScene): Layer[] {
  const labels = labelsOf(scene);
  const { colors, typeScale } = scene;
  if (labels.length === 0) return [];
  return [
    new TextLayer<Label>({
      id: 'way-labels',
      data: labels,
      getPosition: ({ at }) => at,
      getText: ({ text }) => text,
      getSize: 12 * typeScale,
      getPixelOffset: [0, -22 * typeScale],
      getColor: colors.of('text'),
      background: true,
      getBackgroundColor: colors.of('panel', 0.92),
      backgroundPadding: [5, 2],
      backgroundBorderRadius: 3,
      characterSet: 'auto',
      ...mapFont,
      fontWeight: 600,
    }),
  ];
}
