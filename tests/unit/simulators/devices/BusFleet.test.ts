import { describe, expect, it } from 'vitest';
import { distanceM } from '../../../../shared/base/geometry/distanceM.ts';
import { BusFleet } from '../../../../simulators/devices/BusFleet.ts';
import { hfpMessage } from '../../../../simulators/devices/hfpMessage.ts';
import { simulatedWorld } from '../../../support/simulatedWorld.ts';

const { world } = simulatedWorld(1);
const timetable = world.timetable;
/** Midnight of a Monday in the county. */
const MIDNIGHT_MS = Date.UTC(2026, 4, 4, 5);
const HOUR_MS = 3_600_000;

function fleet(): BusFleet {
  if (timetable === undefined) throw new Error('the county has no timetable');
  return new BusFleet(world, timetable, 42, { version: 0, stretch: () => 1 });
}

describe('the buses', () => {
  it('are some forty in the peaks, at least twenty all day, and some at night', () => {
    const buses = fleet();
    const inService = Array.from(
      { length: 24 },
      (_, hour) => buses.momentsAt(MIDNIGHT_MS + (hour + 0.5) * HOUR_MS).length,
    );
    expect(Math.max(...inService)).toBeGreaterThanOrEqual(38);
    expect(Math.min(...inService.slice(5))).toBeGreaterThanOrEqual(20);
    expect(Math.min(...inService.slice(0, 5))).toBeGreaterThanOrEqual(10);
  });

  it('are never in two places, and move no faster than a bus', () => {
    const buses = fleet();
    const last = new Map<number, { lon: number; lat: number }>();
    for (let second = 0; second < 1200; second++) {
      const moments = buses.momentsAt(MIDNIGHT_MS + 8 * HOUR_MS + second * 1000);
      expect(new Set(moments.map(({ vehicle }) => vehicle)).size).toBe(moments.length);
      for (const { vehicle, lon, lat, speedMps } of moments) {
        const before = last.get(vehicle);
        const metres = before === undefined ? 0 : distanceM(before.lon, before.lat, lon, lat);
        expect(metres).toBeLessThan(40);
        expect(speedMps).toBeLessThan(36);
        last.set(vehicle, { lon, lat });
      }
    }
  });

  it('are mostly on time, and sometimes late', () => {
    const buses = fleet();
    const delays = Array.from({ length: 40 }, (_, i) => buses.momentsAt(MIDNIGHT_MS + 7 * HOUR_MS + i * 900_000))
      .flat()
      .map(({ delayS }) => delayS);
    const share = delays.filter((delay) => delay > -60 && delay < 300).length / delays.length;
    expect(share).toBeGreaterThan(0.8);
    expect(share).toBeLessThan(0.995);
  });

  it('speak HFP: late is negative, direction is 1 or 2, the start is a clock time', () => {
    for (const moment of fleet().momentsAt(MIDNIGHT_MS + 26 * HOUR_MS)) {
      const { message } = hfpMessage(moment, 'vp', MIDNIGHT_MS + 26 * HOUR_MS, undefined);
      const levels = message.topic.split('/');
      const { VP } = JSON.parse(message.payload) as {
        VP: { dl: number; dir: string; start: string; oday: string; lat: number; long: number };
      };
      expect(VP.dl).toBe(-Math.round(moment.delayS));
      expect([levels[10], VP.start]).toEqual([VP.dir, levels[12]]);
      expect(VP.start).toMatch(/^(0\d|1\d|2[0-3]):[0-5]\d$/);
      expect(VP.lat).toBeGreaterThan(40);
      expect(VP.long).toBeLessThan(-90);
      expect(levels[15]).toMatch(/^44;-93$/);
    }
  });

  it('keep the service day of the evening after midnight', () => {
    const night = fleet().momentsAt(MIDNIGHT_MS + 26 * HOUR_MS);
    expect(night.length).toBeGreaterThan(0);
    expect(new Set(night.map(({ day }) => day))).toEqual(
      new Set([Math.floor((MIDNIGHT_MS - 5 * HOUR_MS) / (24 * HOUR_MS))]),
    );
  });
});
