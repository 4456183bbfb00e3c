import type { Layer } from '@deck.gl/core';
import { PathStyleExtension } from '@deck.gl/extensions';
import type { PathStyleExtensionProps } from '@deck.gl/extensions';
import { PathLayer, ScatterplotLayer, TextLayer } from '@deck.gl/layers';
import { localTime } from '../../../ui/formatTime.ts';
import type { Link, NetworkIndex } from '../CountyIndex.ts';
import { mapFont } from '../mapFont.ts';
import type { MapScene } from '../MapScene.ts';
import { memoLast } from '../memoLast.ts';
import { closureWords, diversionWords, roadEffects } from '../roadEffects.ts';
import type { ClosedLink, DivertedLink, RoadEffects } from '../roadEffects.ts';

type Point = [number, number];
type Words = { at: Point; text: string };
type Arrow = { at: Point; angleDeg: number };

const MINUTE_MS = 60_000;
const WORDS_FROM_ZOOM = 11;
const ARROWS_FROM_ZOOM = 12;
/** Beside the middle of the road, on the side of its direction, as the colour of its traffic is. */
const SIDE = 0.6;
const none: RoadEffects = { closed: [], diverted: [] };

const dashed = new PathStyleExtension({ offset: true, dash: true });
const beside = new PathStyleExtension({ offset: true });

const middleOf = ({ path }: Link): Point => path[path.length >> 1] ?? [0, 0];

/** The direction of travel in the middle of a link, as the angle of a letter that points to the right. */
function arrowOn(link: Link): Arrow {
  const middle = Math.max(1, link.path.length >> 1);
  const from: Point = link.path[middle - 1] ?? [0, 0];
  const to: Point = link.path[middle] ?? from;
  const east = (to[0] - from[0]) * Math.cos((from[1] * Math.PI) / 180);
  return {
    at: [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2],
    angleDeg: (Math.atan2(to[1] - from[1], east) * 180) / Math.PI,
  };
}

/** The effects on roads of the incidents of a scene. They change with the incidents, and with each minute. */
export function makeRoadEffects(): (
  scene: Pick<MapScene, 'incidents' | 'network' | 'layers' | 'pictureMs'>,
) => RoadEffects {
  const found = memoLast((incidents: MapScene['incidents'], network: NetworkIndex, minute: number) =>
    roadEffects(incidents.values(), network, minute * MINUTE_MS + MINUTE_MS - 1),
  );
  return ({ incidents, network, layers, pictureMs }) => {
    const nowMs = pictureMs();
    if (network === undefined || nowMs === undefined || !layers.closures) return none;
    return found(incidents, network, Math.floor(nowMs / MINUTE_MS));
  };
}

/**
 * Draws closed roads as broken white lines with a no-entry mark at both ends, and diversions as lines with arrows; each
 * with its words. White on dark is no alarm's colour: that a road is closed is the answer to a trouble.
 */
export function makeClosureLayers(): (scene: MapScene) => Layer[] {
  const effectsOf = makeRoadEffects();
  const arrowsOf = memoLast(({ closed, diverted }: RoadEffects) =>
    [...closed, ...diverted].map(({ link }) => arrowOn(link)),
  );
  const endsOf = memoLast(({ closed }: RoadEffects) =>
    closed.flatMap(({ link, isStart, isEnd }): Point[] => [
      ...(isStart ? [link.path[0] ?? middleOf(link)] : []),
      ...(isEnd ? [link.path.at(-1) ?? middleOf(link)] : []),
    ]),
  );
  const wordsOf = memoLast(({ closed, diverted }: RoadEffects, timeZone: string): Words[] => {
    const at = localTime(timeZone).short;
    return [
      ...closed
        .filter(({ isStart }) => isStart)
        .map((each) => ({ at: middleOf(each.link), text: closureWords(each, at) })),
      ...diverted
        .filter(({ isStart }) => isStart)
        .map((each) => ({ at: middleOf(each.link), text: diversionWords(each, at) })),
    ];
  });
  return (scene) => {
    const effects = effectsOf(scene);
    if (effects.closed.length + effects.diverted.length === 0) return [];
    const { zoom } = scene;
    return [
      ...lines(scene, effects),
      ...(zoom >= ARROWS_FROM_ZOOM ? [arrows(scene, arrowsOf(effects))] : []),
      ...ends(scene, endsOf(effects)),
      ...(zoom >= WORDS_FROM_ZOOM ? [words(scene, wordsOf(effects, scene.timeZone))] : []),
    ];
  };
}

function lines({ colors, typeScale }: MapScene, { closed, diverted }: RoadEffects): Layer[] {
  const widthOf = ({ lanes }: ClosedLink): number => (lanes === undefined ? 5 : 3) * typeScale;
  const shared = { widthUnits: 'pixels', jointRounded: true, getOffset: SIDE } as const;
  return [
    new PathLayer<DivertedLink, PathStyleExtensionProps<DivertedLink>>({
      ...shared,
      id: 'diversions-edge',
      data: diverted,
      getPath: ({ link }) => link.path,
      getColor: colors.of('ground', 0.85),
      getWidth: 7 * typeScale,
      extensions: [beside],
    }),
    new PathLayer<DivertedLink, PathStyleExtensionProps<DivertedLink>>({
      ...shared,
      id: 'diversions',
      data: diverted,
      getPath: ({ link }) => link.path,
      getColor: colors.of('text-2'),
      getWidth: 2.5 * typeScale,
      extensions: [beside],
    }),
    new PathLayer<ClosedLink, PathStyleExtensionProps<ClosedLink>>({
      ...shared,
      id: 'closures-edge',
      data: closed,
      getPath: ({ link }) => link.path,
      getColor: colors.of('ground'),
      getWidth: (each) => widthOf(each) + 4 * typeScale,
      extensions: [beside],
      updateTriggers: { getWidth: typeScale },
    }),
    new PathLayer<ClosedLink, PathStyleExtensionProps<ClosedLink>>({
      ...shared,
      id: 'closures',
      data: closed,
      getPath: ({ link }) => link.path,
      getColor: colors.of('text'),
      getWidth: widthOf,
      extensions: [dashed],
      getDashArray: [1.6, 1],
      dashJustified: true,
      updateTriggers: { getWidth: typeScale },
    }),
  ];
}

/** No entry: a ring with a bar. */
function ends({ colors, typeScale }: MapScene, points: readonly Point[]): Layer[] {
  return [
    new ScatterplotLayer<Point>({
      id: 'closure-ends',
      data: points,
      getPosition: (point) => point,
      stroked: true,
      getFillColor: colors.of('ground'),
      getLineColor: colors.of('text'),
      lineWidthUnits: 'pixels',
      getLineWidth: 2 * typeScale,
      radiusUnits: 'pixels',
      getRadius: 7 * typeScale,
    }),
    new TextLayer<Point>({
      id: 'closure-bars',
      data: points,
      getPosition: (point) => point,
      getText: () => '–',
      getSize: 16 * typeScale,
      getColor: colors.of('text'),
      characterSet: '–',
      ...mapFont,
      fontWeight: 700,
    }),
  ];
}

const arrows = ({ colors, typeScale }: MapScene, data: readonly Arrow[]): Layer =>
  new TextLayer<Arrow>({
    id: 'closure-arrows',
    data,
    getPosition: ({ at }) => at,
    getText: () => '→',
    getAngle: ({ angleDeg }) => angleDeg,
    getSize: 18 * typeScale,
    getColor: colors.of('text'),
    background: true,
    getBackgroundColor: colors.of('ground', 0.7),
    backgroundBorderRadius: 8,
    characterSet: '→',
    ...mapFont,
  });

const words = ({ colors, typeScale }: MapScene, data: readonly Words[]): Layer =>
  new TextLayer<Words>({
    id: 'closure-words',
    data,
    getPosition: ({ at }) => at,
    getText: ({ text }) => text,
    getSize: 11 * typeScale,
    getPixelOffset: [0, -18 * typeScale],
    getColor: colors.of('text'),
    background: true,
    getBackgroundColor: colors.of('panel', 0.9),
    backgroundPadding: [4, 1],
    backgroundBorderRadius: 3,
    characterSet: 'auto',
    ...mapFont,
  });
