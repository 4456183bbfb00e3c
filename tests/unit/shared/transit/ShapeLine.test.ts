import { describe, expect, it } from 'vitest';
import { METRES_PER_DEGREE } from '../../../../shared/base/geometry/metresPerDegree.ts';
import { actualHeadway, isBunched, scheduledAt } from '../../../../shared/transit/adherence.ts';
import { ShapeLine } from '../../../../shared/transit/ShapeLine.ts';

describe('ShapeLine', () => {
  it('measures along the line and off it', () => {
    const line = new ShapeLine([
      [0, 0],
      [0.01, 0],
      [0.01, 0.01],
    ]);
    expect(line.lengthM).toBeCloseTo(0.02 * METRES_PER_DEGREE, 0);
    const place = line.project(0.01, 0.005);
    expect(place.alongM).toBeCloseTo(0.015 * METRES_PER_DEGREE, 0);
    expect(place.offM).toBeCloseTo(0, 3);
    expect(line.project(0.005, 0.001).offM).toBeCloseTo(111, 0);
  });

  it('knows both passes where the line comes back along the same street', () => {
    const line = new ShapeLine([
      [0, 0],
      [0.02, 0],
      [0, 0],
    ]);
    const [out, back, ...others] = line.passes(0.015, 0, 60);
    expect(back?.alongM).toBeCloseTo(line.lengthM - 0.015 * METRES_PER_DEGREE, 0);
    expect(out?.alongM).toBeCloseTo(0.015 * METRES_PER_DEGREE, 0);
    expect(others).toEqual([]);
  });

  it('lives with lines of one point or none', () => {
    expect(new ShapeLine([[1, 1]]).project(1, 1)).toEqual({ alongM: 0, offM: 0 });
    expect(new ShapeLine([]).lengthM).toBe(0);
  });
});

describe('adherence', () => {
  const stops = [
    { stopId: 'a', alongM: 0, arrivalS: 0, departureS: 60 },
    { stopId: 'b', alongM: 1000, arrivalS: 160, departureS: 200 },
  ];

  it('schedules by the way between two stops', () => {
    expect(scheduledAt(stops, -5)).toBe(60);
    expect(scheduledAt(stops, 500)).toBe(110);
    expect(scheduledAt(stops, 2000)).toBe(160);
    expect(scheduledAt([], 0)).toBeNaN();
  });

  it('shortens the headway by what the leader is late', () => {
    expect(actualHeadway(600, 400, 50)).toBe(250);
    expect(isBunched(299, 600)).toBe(true);
    expect(isBunched(300, 600)).toBe(false);
  });
});
