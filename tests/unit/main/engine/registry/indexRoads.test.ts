import fc from 'fast-check';
import { expect, it } from 'vitest';
import { indexRoads } from '../../../../../main/engine/registry/indexRoads.ts';
import type { Link } from '../../../../../shared/county/county.ts';
import { makeRoad } from '../../../../support/makeCounty.ts';

/** The nearest road by a look at every link. */
function plainScan(links: readonly Link[], lon: number, lat: number): string | undefined {
  const shrink = Math.cos((lat * Math.PI) / 180);
  let best: { name: string; distance: number } | undefined;
  for (const { name, path } of links) {
    const [linkLon, linkLat] = path[Math.floor(path.length / 2)] ?? [Number.NaN, Number.NaN];
    const distance = Math.hypot((linkLon - lon) * shrink, linkLat - lat);
    if (name !== '' && distance < (best?.distance ?? 0.01)) best = { name, distance };
  }
  return best?.name;
}

const [pattern] = makeRoad(1, 'local').links;
/** On a grid many roads are equally near; between its points they are not. */
const offset = fc.oneof(
  fc.integer({ min: -24, max: 24 }).map((step) => step / 1000),
  fc.double({ min: -0.024, max: 0.024, noNaN: true }),
);
const point = fc.tuple(offset, offset);
const county = fc.record({
  centre: fc.constantFrom([0, 0], [-93, 44], [25, 69], [10, 89.99], [0, 90]),
  roads: fc.array(fc.record({ isNamed: fc.boolean(), path: fc.array(point, { maxLength: 4 }) }), { maxLength: 60 }),
  places: fc.array(point, { minLength: 1, maxLength: 10 }),
});

it('gives the same road as a look at every link', () => {
  fc.assert(
    fc.property(county, ({ centre: [east = 0, north = 0], roads, places }) => {
      const at = ([lon, lat]: readonly [number, number]): [number, number] => [lon + east, lat + north];
      const links = roads.flatMap(({ isNamed, path }, number): Link[] =>
        pattern === undefined ? [] : [{ ...pattern, name: isNamed ? `Road ${number}` : '', path: path.map(at) }],
      );
      const nearest = indexRoads(links);
      for (const [lon, lat] of places.map(at)) expect(nearest(lon, lat)).toBe(plainScan(links, lon, lat));
    }),
    { numRuns: 1000 },
  );
});

it('names no road where there is none', () => {
  expect(indexRoads([])(0, 0)).toBeUndefined();
});
