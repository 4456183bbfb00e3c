import { HeatmapLayer } from '@deck.gl/aggregation-layers';
import type { Layer } from '@deck.gl/core';
import { isUsable, qualityOfCode } from '../../../../shared/base/quality.ts';
import type { FrameTable } from '../../../live/FrameTable.ts';
import { flowToken } from '../colors.ts';
import { pathLengthM } from '../CountyIndex.ts';
import type { NetworkIndex } from '../CountyIndex.ts';
import type { MapScene } from '../MapScene.ts';
import { memoLast } from '../memoLast.ts';

/** Above this zoom the links themselves show more than the cloud above them. */
const LAST_ZOOM = 14;
const STEP_M = 150;
/**
 * The loss per kilometre, in vehicle hours per hour, at which the cloud is brightest: a full freeway lane at walking
 * pace.
 */
const FULL_LOSS_PER_KM = 60;

type HeatPoint = { position: [number, number]; weight: number };

/**
 * Vehicle hours lost per hour and kilometre: flow × (1/v − 1/free-flow speed), where `ratio` is v over the free-flow
 * speed (m/s).
 */
export const lossPerKm = (flowVph: number, ratio: number, freeFlowMps: number): number =>
  (flowVph * 1000 * (1 / Math.max(0.05, ratio) - 1)) / (freeFlowMps * 3600);

/** Points every 150 m along the links that lose time, each with its share of the loss. */
export function heatPoints(network: NetworkIndex, table: FrameTable<'links'>): HeatPoint[] {
  return network.links.flatMap((link, row) => {
    const ratio = table.columns.speedRatio[row] ?? NaN;
    const flow = table.columns.flowVph[row] ?? NaN;
    if (
      !table.isKnown(row) ||
      !isUsable(qualityOfCode(table.columns.quality[row] ?? 0)) ||
      !(ratio < 0.85) ||
      !(flow > 0)
    )
      return [];
    const weight = Math.min(1, lossPerKm(flow, ratio, link.freeFlowMps) / FULL_LOSS_PER_KM);
    const count = Math.max(1, Math.round(pathLengthM(link.path) / STEP_M));
    return Array.from({ length: count }, (_, i): HeatPoint => ({
      position: pointAlong(link.path, (i + 0.5) / count),
      weight,
    }));
  });
}

/** The point at `share` of a path's vertices, which is accurate enough because links are short and evenly drawn. */
function pointAlong(path: readonly (readonly [number, number])[], share: number): [number, number] {
  const at = share * (path.length - 1);
  const [a, b] = [path[Math.floor(at)] ?? [0, 0], path[Math.ceil(at)] ?? [0, 0]];
  return [a[0] + (b[0] - a[0]) * (at % 1), a[1] + (b[1] - a[1]) * (at % 1)];
}

/** Shows where the county loses time: a cloud over the slow links, weighted by delay. */
export function makeHeatmapLayers(): (scene: MapScene) => Layer[] {
  const points = memoLast((network: NetworkIndex, table: FrameTable<'links'>, _version: number) =>
    heatPoints(network, table),
  );
  return ({ network, tables, layers, colors, zoom }) => {
    if (network === undefined || !layers.heatmap || zoom > LAST_ZOOM) return [];
    return [
      new HeatmapLayer<HeatPoint>({
        id: 'heatmap',
        data: points(network, tables.links, tables.links.version),
        getPosition: ({ position }) => position,
        getWeight: ({ weight }) => weight,
        radiusPixels: 44,
        intensity: 1.5,
        threshold: 0.04,
        colorDomain: [0.03, 1.2],
        debounceTimeout: 1000,
        colorRange: ([1, 2, 3, 4, 5] as const).map((flow) => colors.of(flowToken(flow))),
        opacity: 0.75,
      }),
    ];
  };
}
