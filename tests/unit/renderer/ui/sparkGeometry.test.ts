import { describe, expect, it } from 'vitest';
import { sparkGeometry } from '../../../../renderer/ui/sparkGeometry.ts';

describe('sparkGeometry', () => {
  it('leaves gaps open', () => {
    expect(sparkGeometry([0, 1, null, 1, 0], {}, 100, 26)?.path).toBe('M0 23L25 3M75 3L100 23');
  });

  it('keeps the band and the typical value in the box', () => {
    const geometry = sparkGeometry([5, 5], { low: 0, high: 10, typical: 7 }, 100, 26);
    expect(geometry?.band).toEqual({ top: 3, height: 20 });
    expect(geometry?.typicalY).toBe(9);
  });

  it('draws a flat line in the middle', () => {
    expect(sparkGeometry([4, 4], {}, 100, 26)?.path).toBe('M0 13L100 13');
  });

  it('ends nowhere when the newest value is missing, and is nothing without values', () => {
    expect(sparkGeometry([1, 2, null], {}, 100, 26)?.end).toBeUndefined();
    expect(sparkGeometry([null, null], {}, 100, 26)).toBeUndefined();
  });
});
