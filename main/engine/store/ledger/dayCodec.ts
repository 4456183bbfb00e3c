import { ByteReader } from '../samples/chunks/ByteReader.ts';
import { ByteWriter } from '../samples/chunks/ByteWriter.ts';
import type { HourValue } from './hourValue.ts';

/** The hours of a day by their place in it; undefined where nothing is known. */
export type DayHours = (HourValue | undefined)[];

const WEIGHT_STEPS = 1000;
const PRESENT_STEPS = 1000;
/** A value of more steps than this is no measurement, and could not be written. */
const MOST_STEPS = 2 ** 50;
const CONSTANT = 0;
const CHANGING = 1;

const steps = (value: number, factor: number): number =>
  Math.max(-MOST_STEPS, Math.min(MOST_STEPS, Math.round(value * factor) || 0));

/** A column of whole numbers: the first one alone where all are alike, else the differences. */
export function writeColumn(writer: ByteWriter, column: readonly number[]): void {
  const isConstant = column.every((value) => value === column[0]);
  writer.byte(isConstant ? CONSTANT : CHANGING);
  let last = 0;
  for (const value of isConstant ? column.slice(0, 1) : column) {
    writer.signed(value - last);
    last = value;
  }
}

/** Reads what `writeColumn` wrote. */
export function readColumn(reader: ByteReader, count: number): number[] {
  if (reader.byte() === CONSTANT) return Array<number>(count).fill(reader.signed());
  let last = 0;
  return Array.from({ length: count }, () => (last += reader.signed()));
}

/** The mean in whole steps; the lowest and the highest value lie near it. */
const middle = (sum: number, weight: number): number => Math.round((sum * WEIGHT_STEPS) / Math.max(1, weight));

/**
 * Encodes a day's hours in a few bytes each: which hours there are, then column by column the sums, the weights, how
 * far the lowest and the highest lie from the mean, and the shares of data. Values are rounded to 10^-digits.
 */
export function encodeDay(hours: DayHours, digits: number): Uint8Array {
  const writer = new ByteWriter();
  const factor = 10 ** digits;
  const known = hours.flatMap((value) => (value === undefined ? [] : [value]));
  writer.varint(hours.reduce((bits, value, at) => bits + (value === undefined ? 0 : 2 ** at), 0));
  const sums = known.map(({ sum }) => steps(sum, factor));
  const weights = known.map(({ weight }) => Math.max(1, steps(weight, WEIGHT_STEPS)));
  const middles = sums.map((sum, at) => middle(sum, weights[at] ?? 1));
  writeColumn(writer, sums);
  writeColumn(writer, weights);
  writeColumn(
    writer,
    known.map(({ low }, at) => (middles[at] ?? 0) - steps(low, factor)),
  );
  writeColumn(
    writer,
    known.map(({ high }, at) => steps(high, factor) - (middles[at] ?? 0)),
  );
  writeColumn(
    writer,
    known.map(({ present }) => steps(present, PRESENT_STEPS)),
  );
  return writer.take();
}

export function decodeDay(data: Uint8Array, digits: number): DayHours {
  const reader = new ByteReader(data);
  const factor = 10 ** digits;
  const bits = reader.varint();
  const places: number[] = [];
  for (let at = 0, rest = bits; rest > 0; at++, rest = Math.floor(rest / 2)) if (rest % 2 === 1) places.push(at);
  const column = (): number[] => readColumn(reader, places.length);
  const [sums, weights, below, above, present] = [column(), column(), column(), column(), column()];
  const hours: DayHours = [];
  places.forEach((place, at) => {
    const [sum, weight] = [sums[at] ?? 0, weights[at] ?? 1];
    const mean = middle(sum, weight);
    hours[place] = {
      sum: sum / factor,
      weight: weight / WEIGHT_STEPS,
      low: (mean - (below[at] ?? 0)) / factor,
      high: (mean + (above[at] ?? 0)) / factor,
      present: (present[at] ?? 0) / PRESENT_STEPS,
    };
  });
  return Array.from(hours, (value) => value);
}
