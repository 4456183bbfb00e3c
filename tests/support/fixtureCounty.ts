import type { RequestOutput } from '../../shared/contract/contract.ts';
import { usualCapabilities } from '../../shared/county/county.ts';
import { fixtureAlarmDomains } from './fixtureAlarmDomains.ts';

type Point = [number, number];
type LinkRow = RequestOutput<'county.network'>['links'][number];

/** mulberry32: a small seeded generator, good enough to scatter things. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const CENTER: Point = [-93.2, 44.1];
const towns = [
  { name: 'Alder Falls', at: [0, 0] as Point, radiusKm: 3, rank: 3 },
  { name: 'Birch Landing', at: [9, 4] as Point, radiusKm: 1.6, rank: 2 },
  { name: 'Cedar Hollow', at: [-10, -5] as Point, radiusKm: 1.2, rank: 2 },
  { name: 'Dun Crossing', at: [4, -8] as Point, radiusKm: 0.6, rank: 1 },
] as const;

/** Converts kilometres east and north of the county seat to degrees. */
const place = ([x, y]: Point): Point => [CENTER[0] + x / 79.9, CENTER[1] + y / 111.3];
const circle = ([x, y]: Point, radius: number, wobble: () => number, steps = 28): Point[] =>
  Array.from(
    { length: steps + 1 },
    (_, i) =>
      [
        x + radius * Math.cos((i % steps) * ((2 * Math.PI) / steps)) * (0.8 + 0.4 * wobble()),
        y + radius * Math.sin((i % steps) * ((2 * Math.PI) / steps)) * (0.8 + 0.4 * wobble()),
      ] as Point,
  ).map((point, i, all) => place(i === steps ? (all[0] ?? point) : point));

const riverY = (x: number): number => 1.6 * Math.sin(x / 4) - 1 + x / 12;

/** Both directions of a road through the given points (km), cut at each of them. */
function road(links: LinkRow[], name: string, roadClass: LinkRow['roadClass'], points: readonly Point[]): void {
  const freeFlowMps = { freeway: 29, ramp: 15, arterial: 20, collector: 15, local: 11 }[roadClass];
  const lanes = roadClass === 'freeway' ? 2 : 1;
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1], points[i]];
    if (a === undefined || b === undefined) continue;
    const middle: Point = [(a[0] + b[0]) / 2 + (b[1] - a[1]) * 0.04, (a[1] + b[1]) / 2 - (b[0] - a[0]) * 0.04];
    const path = [a, middle, b].map(place);
    links.push(
      { id: `L${links.length}`, name, roadClass, freeFlowMps, lanes, path },
      { id: `L${links.length + 1}`, name, roadClass, freeFlowMps, lanes, path: path.toReversed() },
    );
  }
}

function network(): RequestOutput<'county.network'> {
  const links: LinkRow[] = [];
  const along = (from: number, to: number, step: number, at: (t: number) => Point): Point[] =>
    Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => at(from + i * step));
  road(
    links,
    'Freeway 35',
    'freeway',
    along(-14, 14, 2, (t) => [t, 2.5 + t * 0.5 + Math.sin(t / 3)]),
  );
  for (const x of [-9, -3, 0, 3, 9])
    road(
      links,
      `County Road ${20 + x}`,
      'arterial',
      along(-10, 10, 2, (t) => [x + Math.sin(t / 5) * 0.4, t]),
    );
  for (const y of [-8, -4, 0, 4])
    road(
      links,
      `State Route ${60 + y}`,
      'arterial',
      along(-13, 13, 2, (t) => [t, y + Math.cos(t / 4) * 0.4]),
    );
  for (const town of towns) {
    const reach = town.radiusKm * 0.75;
    const step = reach / 5;
    for (let i = -5; i <= 5; i++) {
      const kind = i % 3 === 0 ? 'collector' : 'local';
      road(
        links,
        `${town.name} Street ${i + 6}`,
        kind,
        along(-reach, reach, step * 2, (t) => [town.at[0] + i * step, town.at[1] + t]),
      );
      road(
        links,
        `${town.name} Avenue ${i + 6}`,
        kind,
        along(-reach, reach, step * 2, (t) => [town.at[0] + t, town.at[1] + i * step]),
      );
    }
  }
  const detectors = links.flatMap((link, linkIndex) => {
    const [lon, lat] = link.path[1] ?? CENTER;
    return link.roadClass === 'local' || link.roadClass === 'collector'
      ? []
      : [{ id: `D${linkIndex}`, linkIndex, lon, lat }];
  });
  return { links, detectors };
}

function map(random: () => number): RequestOutput<'county.map'> {
  const xs = Array.from({ length: 61 }, (_, i) => -15 + i / 2);
  const river = [
    ...xs.map((x): Point => [x, riverY(x) + 0.12]),
    ...xs.toReversed().map((x): Point => [x, riverY(x) - 0.12]),
  ].map(place);
  const shape = (kind: 'water' | 'wood' | 'park' | 'builtUp', at: Point, radius: number) => ({
    kind,
    rings: [circle(at, radius, random)],
  });
  const zones = towns.flatMap((town) =>
    (['dma', 'feeder'] as const).flatMap((kind) =>
      [0, 1].map((half) => {
        const at: Point = [
          town.at[0] + (kind === 'dma' ? (half - 0.5) * town.radiusKm : 0),
          town.at[1] + (kind === 'feeder' ? (half - 0.5) * town.radiusKm : 0),
        ];
        return {
          id: `${kind}-${town.name}-${half}`,
          kind,
          name: `${town.name} ${kind === 'dma' ? (half ? 'East' : 'West') : half ? 'North' : 'South'}`,
          meterCount: 125,
          outline: circle(at, town.radiusKm * 0.62, () => 0.5),
          center: place(at),
        };
      }),
    ),
  );
  return {
    features: [
      {
        kind: 'boundary',
        rings: [
          [
            [-15, -11],
            [15, -11],
            [15, 11],
            [-15, 11],
            [-15, -11],
          ].map((p) => place(p as Point)),
        ],
      },
      ...towns.map((town) => shape('builtUp', [...town.at], town.radiusKm)),
      ...Array.from({ length: 14 }, () =>
        shape('wood', [(random() - 0.5) * 26, (random() - 0.5) * 18], 0.6 + random() * 1.4),
      ),
      shape('park', [1, 1.2], 0.5),
      shape('park', [9.5, 4.4], 0.25),
      { ...shape('water', [-5, 6], 1.4), name: 'Mirror Lake' },
      { kind: 'river', name: 'Alder River', rings: [river] },
      ...towns.map((town) => ({
        kind: 'place' as const,
        name: town.name,
        rank: town.rank,
        rings: [],
        point: place([...town.at]),
      })),
    ],
    zones,
  };
}

function meters(random: () => number, zones: RequestOutput<'county.map'>['zones']): RequestOutput<'county.meters'> {
  const columns: RequestOutput<'county.meters'> = { ids: [], commodity: [], lon: [], lat: [], zoneIndex: [] };
  zones.forEach((zone, zoneIndex) => {
    for (let i = 0; i < zone.meterCount; i++) {
      const [angle, reach] = [random() * 2 * Math.PI, Math.sqrt(random()) * 0.9];
      columns.ids.push(`M${columns.ids.length}`);
      columns.commodity.push(zone.kind === 'dma' ? 'water' : 'electricity');
      columns.lon.push(zone.center[0] + Math.cos(angle) * reach * 0.018);
      columns.lat.push(zone.center[1] + Math.sin(angle) * reach * 0.013);
      columns.zoneIndex.push(zoneIndex);
    }
  });
  return columns;
}

/** A small made-up county, the same for the same seed, with enough of everything that the screen can show. */
export function fixtureCounty(seed: number): {
  [
    N in
      | 'county.profile'
      | 'county.alarmDomains'
      | 'county.map'
      | 'county.network'
      | 'county.meters'
      | 'county.transit'
      | 'county.units'
  ]: RequestOutput<N>;
} {
  const random = seeded(seed);
  const countyMap = map(random);
  const [west, south] = place([-15, -11]);
  const [east, north] = place([15, 11]);
  const kinds = ['police', 'fire', 'ambulance', 'tow', 'waterCrew', 'lineCrew', 'roadCrew'] as const;
  return {
    'county.profile': {
      id: 'fixture',
      name: 'Alder County',
      timeZone: 'America/Chicago',
      displayUnits: 'us',
      population: 50_000,
      bounds: [west, south, east, north],
      center: CENTER,
      nominalVoltageV: 240,
      simulated: true,
    },
    'county.alarmDomains': { domains: [...fixtureAlarmDomains] },
    'county.map': countyMap,
    'county.network': network(),
    'county.meters': meters(random, countyMap.zones),
    'county.transit': {
      routes: [1, 2, 3, 4].map((n) => ({
        id: `R${n}`,
        shortName: String(n * 10),
        longName: `Line ${n * 10}`,
        shapes: [Array.from({ length: 40 }, (_, i) => place(onRoute(n, i / 39)))],
      })),
      stops: [],
    },
    'county.units': {
      units: Array.from({ length: 12 }, (_, i) => {
        const kind = kinds[i % kinds.length] ?? 'police';
        return {
          id: `U${i}`,
          kind,
          name: `${kind} ${i + 1}`,
          base: 'Alder Falls',
          capabilities: [...usualCapabilities[kind]],
          ...(i >= kinds.length && { shift: { fromMin: 360, toMin: 1080 } }),
        };
      }),
    },
  };
}

/** The position of route `n` at `share` (0..1) of its loop, in km from the county seat. */
export function onRoute(n: number, share: number): Point {
  const angle = share * 2 * Math.PI;
  return [Math.cos(angle) * (2 + n * 2.2) + (n - 2), Math.sin(angle) * (1.5 + n)];
}

export const onRouteDegrees = (n: number, share: number): Point => place(onRoute(n, share));
