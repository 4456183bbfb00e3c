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

  it.each([
    ['a negative time', '{"at":-1,"speed":60}'],
    ['no number', '{"at":NaN,"speed":60}'],
    ['the year 300,000', `{"at":${String(9_404_600_000_000_000)},"speed":60}`],
    ['a time that no date can say', '{"at":8640000000000001,"speed":60}'],
    ['the year 2100', `{"at":${String(Date.UTC(2100, 0, 1))},"speed":60}`],
    ['the speed of a thousand million', `{"at":${String(COUNTY_MS)},"speed":1e9}`],
    ['a standing clock', `{"at":${String(COUNTY_MS)},"speed":0}`],
    ['a message of a megabyte', `{"at":${String(COUNTY_MS)},"speed":60,"x":"${'x'.repeat(1e6)}"}`],
    ['a jump of ten years', `{"at":${String(COUNTY_MS + 315_360_000_000)},"speed":60}`],
    ['a jump back of a month', `{"at":${String(COUNTY_MS - 2_678_400_000)},"speed":60}`],
    ['another speed', `{"at":${String(COUNTY_MS)},"speed":9999}`],
  ])('goes on as it did over %s, and says why', (_, text) => {
    let monotonicMs = 0;
    const clock = new EngineClock('broker', () => monotonicMs);
    expect(clock.receive(message(COUNTY_MS, 60))).toBeUndefined();
    for (let second = 1; second <= 20; second++) {
      monotonicMs = second * 1000;
      expect(clock.receive(new TextEncoder().encode(text))).toBeTypeOf('string');
      expect(clock.nowMs()).toBe(COUNTY_MS + second * 60_000);
      expect(clock.receive(message(COUNTY_MS + second * 60_000, 60))).toBeUndefined();
    }
    expect(clock.nowMs()).toBe(COUNTY_MS + 1_200_000);
  });

  it('follows a county that was started again, also after a first message that was wrong', () => {
    let monotonicMs = 0;
    const clock = new EngineClock('broker', () => monotonicMs);
    clock.receive(message(Date.UTC(2099, 0, 1), 10_000));
    for (let second = 1; second <= 4; second++) {
      monotonicMs = second * 1000;
      clock.receive(message(COUNTY_MS + second * 7000, 7));
    }
    expect(clock.nowMs()).toBe(COUNTY_MS + 28_000);
    expect(clock.speed).toBe(7);
  });

  it('follows a step of up to two days at once', () => {
    const clock = new EngineClock('broker', () => 0);
    for (const hours of [0, -2, 22, 0]) {
      expect(clock.receive(message(COUNTY_MS + hours * 3_600_000, 1))).toBeUndefined();
      expect(clock.nowMs()).toBe(COUNTY_MS + hours * 3_600_000);
    }
  });

  it('takes messages that come a little late as they come', () => {
    let monotonicMs = 0;
    const clock = new EngineClock('broker', () => monotonicMs);
    clock.receive(message(COUNTY_MS, 60));
    monotonicMs = 3000;
    expect(clock.receive(message(COUNTY_MS + 60_000, 60))).toBeUndefined();
    expect(clock.nowMs()).toBe(COUNTY_MS + 60_000);
  });
});
