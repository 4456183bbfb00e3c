import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  boundsOf,
  centreBetween,
  contains,
  fitBounds,
  flightStep,
  metresPerPixel,
  project,
  unproject,
} from '../../../../../renderer/features/map/viewMath.ts';

const size = { width: 1920, height: 1040 };
const view = fc.record({
  lon: fc.double({ min: -170, max: 170, noNaN: true }),
  lat: fc.double({ min: -70, max: 70, noNaN: true }),
  zoom: fc.double({ min: 7, max: 19, noNaN: true }),
});

describe('viewMath', () => {
  it('finds back every pixel', () => {
    fc.assert(
      fc.property(view, fc.integer({ min: 0, max: 1920 }), fc.integer({ min: 0, max: 1040 }), (at, x, y) => {
        const [lon, lat] = unproject(at, size, x, y);
        const [backX, backY] = project(at, size, lon, lat);
        expect(backX).toBeCloseTo(x, 3);
        expect(backY).toBeCloseTo(y, 3);
      }),
    );
  });

  it('shows the whole of the bounds between the panels, and nothing is spared', () => {
    const padding = { left: 356, right: 396, top: 24, bottom: 152 };
    const [west, south, east, north] = [-93.4, 44, -93, 44.2] as const;
    const fitted = fitBounds([west, south, east, north], size, padding);
    const [left, top] = project(fitted, size, west, north);
    const [right, bottom] = project(fitted, size, east, south);
    expect(left).toBeGreaterThan(355.9);
    expect(right).toBeLessThan(1920 - 395.9);
    expect(top).toBeGreaterThan(23.9);
    expect(bottom).toBeLessThan(1040 - 151.9);
    expect(Math.max((right - left) / (1920 - 752), (bottom - top) / (1040 - 176))).toBeCloseTo(1, 6);
  });

  it('comes no nearer than it is told, and puts a spot in the middle of what is free', () => {
    const padding = { left: 356, right: 396, top: 24, bottom: 456 };
    const tiny = fitBounds([-93, 44, -93, 44], size, padding, 15);
    const spot = centreBetween({ lon: -93, lat: 44, zoom: 15 }, size, padding);
    for (const looking of [tiny, spot]) {
      expect(looking.zoom).toBeCloseTo(15, 9);
      const [x, y] = project(looking, size, -93, 44);
      expect(x).toBeCloseTo((356 + 1920 - 396) / 2, 3);
      expect(y).toBeCloseTo((24 + 1040 - 456) / 2, 3);
    }
  });

  it('knows what the canvas shows', () => {
    const at = { lon: -93, lat: 44, zoom: 12 };
    expect(contains(boundsOf(at, size, 0.3), boundsOf(at, size))).toBe(true);
    expect(contains(boundsOf(at, size), boundsOf({ ...at, lon: -92.9 }, size))).toBe(false);
  });

  it('measures the ground: a pixel at zoom 0 of the equator is the earth’s girth over 512', () => {
    expect(metresPerPixel(0, 0)).toBeCloseTo(40_075_016.686 / 512, 6);
    expect(metresPerPixel(60, 10)).toBeCloseTo(metresPerPixel(0, 11), 6);
  });

  it('flies from here to there, and draws back on a far way only', () => {
    const [from, near, far] = [
      { lon: -93, lat: 44, zoom: 14 },
      { lon: -93.01, lat: 44, zoom: 14 },
      { lon: -94, lat: 44, zoom: 14 },
    ];
    expect(flightStep(from, far, 0)).toEqual(from);
    expect(flightStep(from, far, 1).lon).toBeCloseTo(-94, 9);
    expect(flightStep(from, far, 0.5).zoom).toBeLessThan(12.5);
    expect(flightStep(from, near, 0.5).zoom).toBeCloseTo(14, 9);
  });
});
