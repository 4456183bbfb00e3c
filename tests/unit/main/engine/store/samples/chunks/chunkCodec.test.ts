import fc from 'fast-check';
import { expect, it } from 'vitest';
import { OpenChunk, encodeChunk } from '../../../../../../../main/engine/store/samples/chunks/chunkCodec.ts';
import type { Run } from '../../../../../../../main/engine/store/samples/chunks/run.ts';

const START_MS = Date.UTC(2026, 0, 1);

/** Numbers as sensors send them, and those that none should send. */
const number = fc.oneof(
  fc.integer({ min: -100_000, max: 100_000 }).map((whole) => whole / 1000),
  fc.integer({ min: 0, max: 300 }).map((kmh) => kmh / 3.6),
  fc
    .tuple(fc.integer({ min: -900, max: 900 }), fc.integer({ min: -900, max: 900 }))
    .map(([a, b]) => a / 1000 + b / 1000),
  fc.double(),
  fc.constantFrom(Number.NaN, -0, 0, Number.POSITIVE_INFINITY, Number.MAX_VALUE, Number.MIN_VALUE, 2 ** 53, 0.1 + 0.2),
);

const runOf = (sample: fc.Arbitrary<number>): fc.Arbitrary<Run> =>
  fc
    .array(
      fc.tuple(
        fc.oneof(fc.constant(900_000), fc.integer({ min: 1, max: 5_000_000 })),
        sample,
        fc.constantFrom(0, 0, 0, 1, 2, 3, 4),
      ),
      { maxLength: 60 },
    )
    .map((steps) => {
      let atMs = START_MS;
      return {
        atMs: Float64Array.from(steps, ([step]) => (atMs += step)),
        value: Float64Array.from(steps, ([, value]) => value),
        quality: Uint8Array.from(steps, ([, , code]) => code),
      };
    });

const added = fc
  .tuple(fc.integer({ min: -900, max: 900 }), fc.integer({ min: -900, max: 900 }))
  .map(([a, b]) => a / 1000 + b / 1000);
const smooth = fc.integer({ min: 0, max: 4000 }).map((whole) => whole / 10);

it('gives back exactly what went in, whatever the values', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(runOf(smooth), runOf(added), runOf(number)), { maxLength: 8 }), (runs) => {
      const chunk = new OpenChunk(encodeChunk(runs));
      expect(chunk.slotCount).toBe(runs.length);
      runs.forEach((run, slot) => {
        const back = chunk.run(slot);
        expect([...back.atMs]).toEqual([...run.atMs]);
        expect([...back.quality]).toEqual([...run.quality]);
        back.value.forEach((value, index) => expect(value).toBe(run.value[index]));
        expect(chunk.count(slot)).toBe(run.atMs.length);
      });
    }),
    { numRuns: 500 },
  );
});

it('keeps the times of one device once', () => {
  const atMs = Float64Array.from({ length: 500 }, (_, index) => START_MS + index * 60_000 + ((index * 7919) % 5000));
  const run = (scale: number): Run => ({
    atMs,
    value: Float64Array.from(atMs, (_, index) => Math.round(100 * Math.sin(index / scale))),
    quality: new Uint8Array(500),
  });
  const one = encodeChunk([run(9)]).length;
  const two = encodeChunk([run(9), run(9)]).length;
  expect(two - one).toBeLessThan(one / 2);
});
