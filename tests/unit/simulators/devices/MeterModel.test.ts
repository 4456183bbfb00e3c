import { assert, constantFrom, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Meter } from '../../../../shared/county/county.ts';
import { MeterModel } from '../../../../simulators/devices/MeterModel.ts';

const classes = ['singleFamily', 'multiFamily', 'commercial', 'industrial', 'institutional'] as const;
const meters = classes.flatMap((customerClass) =>
  (['electricity', 'water'] as const).map((commodity, i): Meter => ({
    id: `${customerClass}${i}`,
    commodity,
    lon: 0,
    lat: 0,
    zoneId: 'Z',
    transformerId: undefined,
    premiseId: undefined,
    customerClass,
  })),
);
const HOUR_MS = 3_600_000;
const model = (seed: number): MeterModel => new MeterModel(meters, seed, -6 * HOUR_MS);
const instant = integer({ min: Date.UTC(2026, 0), max: Date.UTC(2028, 0) });
const anyMeter = constantFrom(...meters.keys());

describe('registers', () => {
  it('never fall', () => {
    assert(
      property(
        integer(),
        anyMeter,
        instant,
        integer({ min: 0, max: 400 * 24 * HOUR_MS }),
        (seed, meter, atMs, laterMs) => {
          const own = model(seed);
          return own.register(meter, atMs + laterMs) >= own.register(meter, atMs) - 1e-9;
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('are what the hours add up to', () => {
    assert(
      property(integer(), anyMeter, integer({ min: 20_500, max: 21_500 }), (seed, meter, day) => {
        const own = model(seed);
        const hours = new Float64Array(24);
        own.addHours(meter, day, hours, 0);
        const midnightMs = day * 24 * HOUR_MS + 6 * HOUR_MS;
        const drawn = own.register(meter, midnightMs + 24 * HOUR_MS) - own.register(meter, midnightMs);
        return Math.abs(hours.reduce((sum, hour) => sum + hour, 0) - drawn) < 1e-6 * Math.max(1, drawn);
      }),
      { numRuns: 500 },
    );
  });

  it('are a matter of seed, meter and time alone, not of who asked before', () => {
    assert(
      property(anyMeter, instant, instant, (meter, atMs, otherMs) => {
        const used = model(1);
        used.register((meter + 1) % meters.length, otherMs);
        return used.register(meter, atMs) === model(1).register(meter, atMs);
      }),
      { numRuns: 500 },
    );
  });

  it('grow by about the usual day in the long run', () => {
    const own = model(3);
    for (const meter of meters.keys()) {
      const yearly = own.register(meter, Date.UTC(2027, 5, 1)) - own.register(meter, Date.UTC(2026, 5, 1));
      expect(yearly / 365 / own.dailyOf(meter)).toBeCloseTo(1, 1);
    }
  });
});
