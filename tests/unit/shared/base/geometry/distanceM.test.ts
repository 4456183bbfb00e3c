import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distanceM } from '../../../../../shared/base/geometry/distanceM.ts';
import { METRES_PER_DEGREE, metresPerDegreeLon } from '../../../../../shared/base/geometry/metresPerDegree.ts';
import { ShapeLine } from '../../../../../shared/transit/ShapeLine.ts';
import { Plane } from '../../../../../simulators/geometry/plane.ts';

/** On a sphere of the same radius (haversine). */
function onSphere([lonA, latA]: readonly [number, number], [lonB, latB]: readonly [number, number]): number {
  const radians = (degrees: number): number => (degrees * Math.PI) / 180;
  const half =
    Math.sin(radians(latB - latA) / 2) ** 2 +
    Math.cos(radians(latA)) * Math.cos(radians(latB)) * Math.sin(radians(lonB - lonA) / 2) ** 2;
  return 2 * (METRES_PER_DEGREE / radians(1)) * Math.asin(Math.sqrt(half));
}

const centre = fc.tuple(fc.double({ min: -179, max: 179, noNaN: true }), fc.double({ min: -60, max: 60, noNaN: true }));
const step = fc.double({ min: -0.2, max: 0.2, noNaN: true });

describe('a distance', () => {
  it('is that of a degree', () => {
    expect([METRES_PER_DEGREE, metresPerDegreeLon(60)].map(Math.round)).toEqual([111_195, 55_598]);
    expect(Math.round(distanceM(5, 44, 5, 45))).toBe(111_195);
  });

  it('is within 0.1 % of that on the sphere, over the width of a county', () => {
    fc.assert(
      fc.property(centre, step, step, ([lon, lat], east, north) => {
        const there = [lon + east, lat + north] as const;
        const exact = onSphere([lon, lat], there);
        expect(Math.abs(distanceM(lon, lat, ...there) - exact)).toBeLessThanOrEqual(exact / 1000 + 0.001);
      }),
    );
  });

  it('is the same for the product, for its lines and for the simulated county', () => {
    const [a, b] = [
      [-93.2, 44.1],
      [-93.15, 44.12],
    ] as const;
    const metres = distanceM(...a, ...b);
    const plane = new Plane(a);
    const along = new ShapeLine([[...a], [...b]]).lengthM;
    const [x, y] = plane.toPlane(b);
    expect(along / metres).toBeCloseTo(1, 3);
    expect(Math.hypot(x, y) / metres).toBeCloseTo(1, 3);
  });
});
