import { describe, expect, it } from 'vitest';
import { EngineClock } from '../../../../../main/engine/base/EngineClock.ts';

const message = (at: number, speed: number): Uint8Array => new TextEncoder().encode(JSON.stringify({ at, speed }));
const COUNTY_MS = 1_777_905_000_000;

describe('EngineClock', () => {
  it('follows the county where it is told to, in whole milliseconds', async () => {
    const clock = new EngineClock('broker');
    clock.receive(message(COUNTY_MS, 7.3));
    for (let look = 0; look < 5; look++) {
      await new Promise((resolve) => setTimeout(resolve, 3));
      const nowMs = clock.nowMs();
      expect(Number.isInteger(nowMs)).toBe(true);
      expect(nowMs).toBeGreaterThan(COUNTY_MS);
    }
    expect(clock.speed).toBe(7.3);
  });

  it('keeps to the wall otherwise, and over what is no time', () => {
    const wall = new EngineClock('wall');
    wall.receive(message(COUNTY_MS, 60));
    expect(wall.speed).toBe(1);
    const clock = new EngineClock('broker');
    clock.receive(new TextEncoder().encode('noon'));
    expect(clock.speed).toBe(1);
  });
});
