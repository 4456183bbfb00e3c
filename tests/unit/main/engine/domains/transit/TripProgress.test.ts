import { describe, expect, it } from 'vitest';
import { RunningTimes } from '../../../../../../main/engine/domains/transit/RunningTimes.ts';
import type { Run } from '../../../../../../main/engine/domains/transit/TripMatcher.ts';
import { TripProgress } from '../../../../../../main/engine/domains/transit/TripProgress.ts';
import { ShapeLine } from '../../../../../../shared/transit/ShapeLine.ts';

const LEG_M = 500;
const LEG_S = 60;

/** A run over ten stops that leaves at `startMs`. */
function runAt(startMs: number): Run {
  const stops = Array.from({ length: 10 }, (_, i) => ({
    stopId: `S${i}`,
    sequence: i + 1,
    alongM: i * LEG_M,
    arrivalS: i * LEG_S,
    departureS: i * LEG_S,
  }));
  const trip = { id: 'T', routeId: 'R', serviceId: 'W', directionId: 0 as const, stopTimes: [] };
  return {
    plan: { trip, line: new ShapeLine([[0, 0]]), stops, visits: new Map() },
    day: '20260506',
    startMs,
    key: `T|${startMs}`,
  };
}

/** Drives a run at `legS` seconds per leg until `untilM`. */
function drive(progress: TripProgress, legS: number, untilM: number): number {
  let atMs = progress.run.startMs;
  for (let alongM = 0; alongM <= untilM; alongM += LEG_M / 10, atMs += (legS / 10) * 1000)
    progress.note({ alongM, atMs });
  return atMs;
}

describe('predicted arrivals', () => {
  it('follow the timetable and the present delay where nothing was learnt', () => {
    const progress = new TripProgress(runAt(0), new RunningTimes(), () => 8);
    const stops = progress.predict({ alongM: 1750, atMs: 240_000 }, 30);
    expect(stops.map(({ stopId }) => stopId)).toEqual(['S4', 'S5', 'S6', 'S7', 'S8', 'S9']);
    expect(stops[2]?.arrivalMs).toBe((6 * LEG_S + 30) * 1000);
  });

  it('go on with what vehicles lose on each leg at that hour, and only then', () => {
    const times = new RunningTimes();
    for (let day = 0; day < 20; day++)
      drive(new TripProgress(runAt(day * 86_400_000), times, () => 8), LEG_S + 6, 4600);
    const arrivalAt = (hour: number): number => {
      const progress = new TripProgress(runAt(0), times, () => hour);
      return progress.predict({ alongM: 1000, atMs: 120_000 }, 0).at(-1)?.arrivalMs ?? Number.NaN;
    };
    // Seven legs remain, each of which takes six seconds longer than planned.
    expect(arrivalAt(8) / 1000 - 9 * LEG_S).toBeGreaterThan(30);
    expect(arrivalAt(8) / 1000 - 9 * LEG_S).toBeLessThan(45);
  });

  it('go on with the pace of the vehicle itself', () => {
    const progress = new TripProgress(runAt(0), new RunningTimes(), () => 8);
    const atMs = drive(progress, LEG_S + 6, 2500);
    const delayS = atMs / 1000 - 5 * LEG_S;
    const last = progress.predict({ alongM: 2500, atMs }, delayS).at(-1);
    expect((last?.arrivalMs ?? 0) / 1000 - 9 * LEG_S - delayS).toBeGreaterThan(3);
  });

  it('never go back, and are never in the past', () => {
    const progress = new TripProgress(runAt(0), new RunningTimes(), () => 8);
    const stops = progress.predict({ alongM: 600, atMs: 400_000 }, -120);
    const times = stops.flatMap(({ arrivalMs, departureMs }) => [arrivalMs, departureMs]);
    expect(times.every((each, i) => each >= (times[i - 1] ?? 400_000))).toBe(true);
  });

  it('go on at the speed that the vehicle has had since it left the last stop', () => {
    const arrivalAt = (legS: number): number => {
      const progress = new TripProgress(runAt(0), new RunningTimes(), () => 8);
      // To time until the third stop, and then 300 m at another speed.
      let atMs = 0;
      for (let alongM = 0; alongM <= 1050; alongM += 50, atMs += 6000) progress.note({ alongM, atMs });
      for (let alongM = 1100; alongM <= 1350; alongM += 50, atMs += legS * 100) progress.note({ alongM, atMs });
      const [next] = progress.predict({ alongM: 1350, atMs }, 0);
      return (next?.arrivalMs ?? Number.NaN) / 1000;
    };
    expect(arrivalAt(90)).toBeGreaterThan(arrivalAt(60) + 5);
    expect(arrivalAt(60)).toBeCloseTo(3 * LEG_S, 1);
  });
});
