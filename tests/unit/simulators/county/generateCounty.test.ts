import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  countyProfileSchema,
  feedsRegistrySchema,
  mapFeaturePropertiesSchema,
} from '../../../../shared/county/county.ts';
import { generateCounty } from '../../../../simulators/county/generateCounty.ts';
import { RoadGraph } from '../../../../simulators/roads/RoadGraph.ts';
import type { World } from '../../../../simulators/world/World.ts';
import { simulatedWorld } from '../../../support/simulatedWorld.ts';

const digest = (files: ReadonlyMap<string, string>): string => {
  const hash = createHash('sha256');
  for (const [name, text] of files) hash.update(name).update(text);
  return hash.digest('hex');
};

/** Nodes that can be reached from the first, along the links or against them. */
function reached({ links }: World, isForward: boolean): number {
  const next = new Map<string, string[]>();
  for (const { fromNode, toNode } of links) {
    const [a, b] = isForward ? [fromNode, toNode] : [toNode, fromNode];
    next.set(a, [...(next.get(a) ?? []), b]);
  }
  const seen = new Set([links[0]?.fromNode ?? '']);
  for (const node of seen) for (const other of next.get(node) ?? []) seen.add(other);
  return seen.size;
}

describe('the generated county', () => {
  it('is the same for the same seed, byte for byte, and another for another', () => {
    expect(digest(generateCounty(42, 0.05))).toBe(digest(simulatedWorld().files));
    expect(digest(generateCounty(43, 0.05))).not.toBe(digest(simulatedWorld().files));
  });

  it.each([[0.05], [0.3], [1]])('at scale %d has what it should have', (scale) => {
    const { files, world } = simulatedWorld(scale);
    const near = (value: number, wanted: number, share: number): void =>
      expect(Math.abs(value / wanted - 1)).toBeLessThan(share);
    expect(countyProfileSchema.parse(JSON.parse(files.get('county.json') ?? '')).simulated).toBe(true);
    expect(feedsRegistrySchema.parse(JSON.parse(files.get('feeds.json') ?? ''))).toEqual({});
    near(world.meters.filter(({ commodity }) => commodity === 'electricity').length, 22_000 * scale, 0.01);
    near(
      world.meters.filter(({ commodity }) => commodity === 'water').length,
      20_000 * scale,
      scale < 0.5 ? 0.3 : 0.05,
    );
    near(world.detectors.length, Math.max(24, 400 * scale), 0.02);
    expect(world.links.length).toBeLessThan(9000);
    expect(new Set(world.units.map(({ kind }) => kind)).size).toBe(7);
  });

  it('draws a map of known kinds', () => {
    const map = JSON.parse(simulatedWorld().files.get('map.geojson') ?? '') as { features: { properties: unknown }[] };
    const kinds = new Set(map.features.map(({ properties }) => mapFeaturePropertiesSchema.parse(properties).kind));
    expect(kinds).toEqual(new Set(['water', 'river', 'wood', 'park', 'builtUp', 'boundary', 'place']));
  });

  it.each([[0.05], [1]])('lets every corner reach every other, at scale %d', (scale) => {
    const { world } = simulatedWorld(scale);
    const nodes = new Set(world.links.flatMap(({ fromNode, toNode }) => [fromNode, toNode])).size;
    expect([reached(world, true), reached(world, false)]).toEqual([nodes, nodes]);
  });

  it('has each meter in its zone, and its zones count them', () => {
    const { world } = simulatedWorld();
    const counts = new Map<string, number>();
    for (const meter of world.meters) {
      counts.set(meter.zoneId, (counts.get(meter.zoneId) ?? 0) + 1);
      expect(world.zones.find(({ id }) => id === meter.zoneId)?.kind).toBe(
        meter.commodity === 'water' ? 'dma' : 'feeder',
      );
    }
    expect(world.zones.map(({ id }) => counts.get(id) ?? 0)).toEqual(world.zones.map(({ meterCount }) => meterCount));
  });

  it('hangs at most 25 electricity meters on a transformer', () => {
    const onTransformer = Map.groupBy(
      simulatedWorld(1).world.meters.filter(({ transformerId }) => transformerId !== undefined),
      ({ transformerId }) => transformerId,
    );
    expect(Math.max(...[...onTransformer.values()].map((meters) => meters.length))).toBeLessThanOrEqual(25);
  });
});

describe('its timetable', () => {
  const { world } = simulatedWorld();
  const trips = world.timetable?.blocks.flatMap((block) => block.trips) ?? [];

  it('never runs backward, in time or along the way', () => {
    expect(trips.length).toBeGreaterThan(50);
    for (const { stops } of trips) {
      const times = stops.flatMap(({ arrivalS, departureS }) => [arrivalS, departureS]);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(stops.map(({ distanceM }) => distanceM)).toEqual(
        stops.map(({ distanceM }) => distanceM).toSorted((a, b) => a - b),
      );
    }
  });

  it('names a trip by line, direction, service and clock time of its start', () => {
    const blocks = world.timetable?.blocks ?? [];
    const names = blocks.flatMap(({ serviceId, trips: own }) =>
      own.map(
        (trip) => `${serviceId} ${trip.routeId} ${trip.directionId} ${(trip.stops[0]?.departureS ?? 0) % 86_400}`,
      ),
    );
    expect(new Set(names).size).toBe(names.length);
  });

  it('gives no bus two trips at once', () => {
    for (const block of world.timetable?.blocks ?? []) {
      block.trips
        .slice(1)
        .forEach((trip, i) =>
          expect(trip.stops[0]?.departureS).toBeGreaterThanOrEqual(block.trips[i]?.stops.at(-1)?.arrivalS ?? 0),
        );
    }
  });

  it('runs Sunday service on Thanksgiving', () => {
    const thanksgiving = Date.UTC(2026, 10, 26) / 86_400_000;
    expect(['WK', 'SA', 'SU'].map((service) => world.timetable?.runsOn(service, thanksgiving))).toEqual([
      false,
      false,
      true,
    ]);
  });
});

describe('routing', () => {
  it('is no longer than any other way that is known: the triangle inequality holds', () => {
    const { world } = simulatedWorld();
    const graph = new RoadGraph(world.links);
    const cost = (a: number, b: number): number => graph.shortestPath(a, b)?.seconds ?? Number.POSITIVE_INFINITY;
    for (let i = 0; i < 40; i++) {
      const [a, b, c] = [i * 7, i * 13 + 5, i * 29 + 11].map((n) => n % graph.nodeCount) as [number, number, number];
      expect(cost(a, c)).toBeLessThanOrEqual(cost(a, b) + cost(b, c) + 1e-6);
    }
  });
});
