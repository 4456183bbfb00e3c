import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isPlainReading, readingSchema } from '../../../../../../main/engine/ingest/feeds/beaconMeters.ts';

const name = fc.constantFrom('at', 'registerKwh', 'voltageV', 'powerKw', 'registerM3', 'flowM3h', 'pressureKpa', 'quality', 'flags', 'more', '__proto__', 'toString');
const number = fc.oneof(fc.integer(), fc.double(), fc.constantFrom('1e999', '-1e999', '9007199254740993', '-0', '1e3', '0.5').map((text): unknown => JSON.parse(text)));
const something = fc.oneof({ weight: 6, arbitrary: number }, fc.string(), fc.constantFrom(null, true), fc.array(fc.string(), { maxLength: 2 }));
const reading = fc.oneof(
  fc.record({ at: something, registerKwh: something, voltageV: something }, { requiredKeys: [] }),
  fc.array(fc.tuple(name, something), { maxLength: 6 }).map((entries): unknown => Object.fromEntries(entries)),
  fc.anything(),
);

it('what the short check takes the schema takes, and as it is', () => {
  fc.assert(fc.property(reading, (value) => {
    if (!isPlainReading(value)) return;
    expect(readingSchema.safeParse(value)).toEqual({ success: true, data: value });
  }), { numRuns: 3000 });
});

it('takes the readings that are meant', () => {
  expect(isPlainReading({ at: 1_780_315_200_000, registerKwh: 12_345.6, voltageV: 121.3 })).toBe(true);
  expect([{}, { at: 1 }, { registerKwh: 1 }, { at: 1.5, powerKw: 1 }, { at: 1, powerKw: Number.POSITIVE_INFINITY }, { at: 1, flags: [] }, [1, 2], null].map(isPlainReading)).toEqual(Array(8).fill(false));
});
