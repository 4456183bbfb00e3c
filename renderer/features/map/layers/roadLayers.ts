import type { Layer } from '@deck.gl/core';
import { PathLayer } from '@deck.gl/layers';
import type { ColorToken } from '../../../ui/tokens.ts';
import type { NetworkIndex, Road, RoadClass } from '../CountyIndex.ts';
import type { MapScene } from '../MapScene.ts';
import { memoLast } from '../memoLast.ts';
import type { Bounds } from '../viewMath.ts';

type Style = {
  fromZoom: number;
  token: ColorToken;
  hasCasing: boolean;
  /** Pixels at zoom 10, 13 and 16. */ widths: readonly [number, number, number];
};

/** Bottom to top. */
const styles: [RoadClass, Style][] = [
  ['local', { fromZoom: 11.75, token: 'map-road-minor', hasCasing: false, widths: [0.5, 1, 5] }],
  ['collector', { fromZoom: 10.25, token: 'map-road-minor', hasCasing: false, widths: [0.8, 1.8, 8] }],
  ['ramp', { fromZoom: 11, token: 'map-road-major', hasCasing: false, widths: [0.7, 1.6, 6] }],
  ['arterial', { fromZoom: 0, token: 'map-road-major', hasCasing: true, widths: [1.2, 3, 11] }],
  ['freeway', { fromZoom: 0, token: 'map-road-major', hasCasing: true, widths: [2.2, 5, 15] }],
];

/** Interpolates linearly between the three widths, on the zoom, which is a logarithmic scale itself. */
export function widthAt([far, middle, near]: Style['widths'], zoom: number): number {
  const share = Math.min(2, Math.max(0, (zoom - 10) / 3));
  return share < 1 ? far * (middle / far) ** share : middle * (near / middle) ** (share - 1);
}

function roadsIn(network: NetworkIndex, region: Bounds): Map<RoadClass, Road[]> {
  const byClass = new Map<RoadClass, Road[]>(styles.map(([roadClass]) => [roadClass, []]));
  for (const i of network.roadTree.within(region)) {
    const road = network.roads[i];
    if (road !== undefined) byClass.get(road.roadClass)?.push(road);
  }
  return byClass;
}

/**
 * Draws the road network beneath the traffic: each road once, small ones only at high zooms, and only what the region
 * holds.
 */
export function makeRoadLayers(): (scene: MapScene) => Layer[] {
  const culled = memoLast(roadsIn);
  return ({ network, region, colors, zoom }) => {
    if (network === undefined) return [];
    const roads = culled(network, region);
    const lines = (roadClass: RoadClass, style: Style, part: 'casing' | 'road'): Layer =>
      new PathLayer<Road>({
        id: `${part}-${roadClass}`,
        data: roads.get(roadClass) ?? [],
        visible: zoom >= style.fromZoom,
        getPath: ({ path }) => path,
        getColor: colors.of(part === 'casing' ? 'ground' : style.token),
        widthUnits: 'pixels',
        getWidth: 1,
        widthScale: widthAt(style.widths, zoom) + (part === 'casing' ? 2.5 : 0),
        jointRounded: true,
        capRounded: true,
      });
    return [
      ...styles.filter(([, style]) => style.hasCasing).map(([roadClass, style]) => lines(roadClass, style, 'casing')),
      ...styles.map(([roadClass, style]) => lines(roadClass, style, 'road')),
    ];
  };
}
