import type { Layer } from '@deck.gl/core';
import { PathStyleExtension } from '@deck.gl/extensions';
import type { PathStyleExtensionProps } from '@deck.gl/extensions';
import { PathLayer } from '@deck.gl/layers';
import { isUsable, qualityOfCode } from '../../../../shared/base/quality.ts';
import type { FrameTable } from '../../../live/FrameTable.ts';
import { flowToken } from '../colors.ts';
import type { Link, NetworkIndex } from '../CountyIndex.ts';
import { flowClass } from '../flowClass.ts';
import type { MapScene } from '../MapScene.ts';
import { memoLast } from '../memoLast.ts';
import { widthAt } from './roadLayers.ts';

type Flow = ReturnType<typeof flowClass>;
type FlowingLink = { path: Link['path']; flow: Flow };

/** Pixels at zoom 10 by class of flow: slow traffic is not only brighter but also wider. */
const flowWidths: Record<Flow, number> = { 0: 1.3, 1: 1.7, 2: 2.2, 3: 2.7, 4: 3.2, 5: 3.8 };
const ZOOM_GROWTH = [1, 1.8, 3] as const;
/** However far away, a queue is at least so many pixels wide: it is the trouble, and its sign only points to it. */
const leastWidths: Record<Flow, number> = { 0: 0, 1: 0, 2: 0, 3: 3.6, 4: 5, 5: 6.5 };

/** The width of a line at zoom 10 that makes it as wide as it must be at a zoom that widens it by `widthScale`. */
export const flowWidth = (flow: Flow, widthScale: number): number =>
  Math.max(flowWidths[flow], leastWidths[flow] / widthScale);
/**
 * The offset to the right of the direction of travel, in widths of the line, so that both directions stand side by
 * side.
 */
const SIDE = 0.62;

const sideBySide = new PathStyleExtension({ offset: true });
const dotted = new PathStyleExtension({ offset: true, dash: true });

/** Links with a believable speed, the worst last so that it lies on top, and those whose detector has failed. */
export function sortLinks(network: NetworkIndex, table: FrameTable<'links'>): { flowing: FlowingLink[]; bad: Link[] } {
  const flowing: FlowingLink[] = [];
  const bad: Link[] = [];
  network.links.forEach((link, row) => {
    if (!table.isKnown(row)) return;
    const ratio = table.columns.speedRatio[row] ?? NaN;
    const isGood = isUsable(qualityOfCode(table.columns.quality[row] ?? 0));
    if (isGood && Number.isFinite(ratio)) flowing.push({ path: link.path, flow: flowClass(ratio) });
    else if (network.watched.has(row) && !isGood) bad.push(link);
  });
  return { flowing: flowing.sort((a, b) => a.flow - b.flow), bad };
}

/**
 * Draws the ratio of speed to free-flow speed as colour and width; a link with a failed detector is dotted and grey.
 */
export function makeTrafficLayers(): (scene: MapScene) => Layer[] {
  const sorted = memoLast((network: NetworkIndex, table: FrameTable<'links'>, _version: number) =>
    sortLinks(network, table),
  );
  return ({ network, tables, layers, colors, zoom }) => {
    if (network === undefined || !layers.traffic) return [];
    const { flowing, bad } = sorted(network, tables.links, tables.links.version);
    const widthScale = widthAt(ZOOM_GROWTH, zoom);
    const line = { widthUnits: 'pixels', widthScale, jointRounded: true, capRounded: true, getOffset: SIDE } as const;
    return [
      new PathLayer<FlowingLink, PathStyleExtensionProps<FlowingLink>>({
        id: 'traffic',
        data: flowing,
        getPath: ({ path }) => path,
        getColor: ({ flow }) => colors.of(flowToken(flow)),
        getWidth: ({ flow }) => flowWidth(flow, widthScale),
        extensions: [sideBySide],
        updateTriggers: { getColor: colors, getWidth: widthScale },
        ...line,
      }),
      new PathLayer<Link, PathStyleExtensionProps<Link>>({
        id: 'traffic-bad',
        data: bad,
        getPath: ({ path }) => path,
        getColor: colors.of('bad'),
        getWidth: 1.3,
        extensions: [dotted],
        getDashArray: [0.1, 3.4],
        dashJustified: true,
        ...line,
      }),
    ];
  };
}
