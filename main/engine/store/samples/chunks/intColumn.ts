import type { ByteReader } from './ByteReader.ts';
import type { ByteWriter } from './ByteWriter.ts';

/** The most bytes that a number has in its planes: whole numbers up to 2^56 would fit, and none above 2^53 occur. */
export const PLANES = 7;

/**
 * How a column of whole numbers is kept: the differences of the given order (0: the numbers themselves, 1: delta, 2:
 * delta of delta), less the lowest of them, divided by what all have in common, in `width` bytes each. The first
 * numbers stand in `heads`. A fully regular column has width 0.
 */
export type IntSpec = {
  count: number;
  order: number;
  heads: readonly number[];
  base: number;
  divisor: number;
  width: number;
};

const gcd = (a: number, b: number): number => {
  let [x, y] = [a, b];
  while (y > 0) [x, y] = [y, x % y];
  return x;
};

const widthOf = (largest: number): number => {
  let width = 0;
  for (let rest = largest; rest > 0; rest = Math.floor(rest / 256)) width++;
  return width;
};

function differences(values: Float64Array): Float64Array {
  const result = new Float64Array(Math.max(0, values.length - 1));
  for (let i = 0; i < result.length; i++) result[i] = (values[i + 1] ?? 0) - (values[i] ?? 0);
  return result;
}

type Residuals = { values: Float64Array; base: number; divisor: number; largest: number; bits: number };

/**
 * Takes the lowest value and the common divisor out of the values, so that nothing negative is left. `bits` is about
 * what the rest costs.
 */
function reduce(values: Float64Array): Residuals {
  let base = Number.POSITIVE_INFINITY;
  for (const value of values) if (value < base) base = value;
  if (values.length === 0) base = 0;
  let divisor = 0;
  for (let i = 0; i < values.length && divisor !== 1; i++) divisor = gcd((values[i] ?? 0) - base, divisor);
  const by = Math.max(1, divisor);
  let largest = 0;
  let bits = 0;
  const reduced = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const rest = ((values[i] ?? 0) - base) / by;
    if (rest === 0) continue;
    if (rest > largest) largest = rest;
    bits += Math.log2(1 + rest);
    reduced[i] = rest;
  }
  return { values: reduced, base, divisor: by, largest, bits };
}

function isSafe(values: Float64Array): boolean {
  for (const value of values) if (Math.abs(value) > Number.MAX_SAFE_INTEGER / 4) return false;
  return true;
}

/**
 * Writes how the column is kept into `header`, and its numbers byte by byte into `planes`, the lowest byte into the
 * first. Numbers must be whole and within ±2^51.
 */
export function writeInts(values: Float64Array, header: ByteWriter, planes: readonly ByteWriter[]): void {
  let order = 0;
  let best = reduce(values);
  let rest = values;
  for (const next of [1, 2]) {
    if (best.largest === 0 || rest.length < 2) break;
    rest = differences(rest);
    if (!isSafe(rest)) break;
    const candidate = reduce(rest);
    // A higher order costs a byte more in the header, so it must save more than that.
    if (candidate.bits + 8 * next >= best.bits + 8 * order) continue;
    best = candidate;
    order = next;
  }
  const width = widthOf(best.largest);
  header.byte(order * 8 + width);
  for (let head = 0; head < order; head++) header.signed(values[head] ?? 0);
  header.signed(best.base);
  header.varint(best.divisor);
  writePlanes(best.values, width, planes);
}

function writePlanes(values: Float64Array, width: number, planes: readonly ByteWriter[]): void {
  let factor = 1;
  const bytes = new Uint8Array(values.length);
  for (let plane = 0; plane < width; plane++) {
    for (let i = 0; i < values.length; i++) bytes[i] = Math.floor((values[i] ?? 0) / factor) % 256;
    planes[plane]?.bytes(bytes);
    factor *= 256;
  }
}

const noHeads: readonly number[] = [];

/** Reads from the header how a column of `count` numbers is kept. */
export function readIntSpec(header: ByteReader, count: number): IntSpec {
  const kind = header.byte();
  const order = kind >> 3;
  let heads: readonly number[] = noHeads;
  if (order > 0) heads = order === 1 ? [header.signed()] : [header.signed(), header.signed()];
  return { count, order, heads, base: header.signed(), divisor: header.varint(), width: kind & 7 };
}

/** How many bytes the column has in each of its planes. */
export const planeLength = ({ count, order }: IntSpec): number => Math.max(0, count - order);

/** The column's numbers; `at(plane)` is where its bytes begin in a plane. */
export function readInts(spec: IntSpec, planes: readonly Uint8Array[], at: readonly number[]): Float64Array {
  const { count, order, heads, base, divisor, width } = spec;
  const values = new Float64Array(count);
  let factor = 1;
  for (let plane = 0; plane < width; plane++) {
    const bytes = planes[plane] ?? new Uint8Array();
    const start = at[plane] ?? 0;
    for (let i = order; i < count; i++) values[i] = (values[i] ?? 0) + (bytes[start + i - order] ?? 0) * factor;
    factor *= 256;
  }
  for (let i = order; i < count; i++) values[i] = (values[i] ?? 0) * divisor + base;
  integrate(values, order, heads);
  return values;
}

function integrate(values: Float64Array, order: number, heads: readonly number[]): void {
  if (order === 0) return;
  const [first = 0, second = 0] = heads;
  values[0] = first;
  if (order === 1) {
    for (let i = 1; i < values.length; i++) values[i] = (values[i] ?? 0) + (values[i - 1] ?? 0);
    return;
  }
  values[1] = second;
  let step = second - first;
  for (let i = 2; i < values.length; i++) {
    step += values[i] ?? 0;
    values[i] = (values[i - 1] ?? 0) + step;
  }
}

/**
 * The place of the last number that is not above `most` in a column of even steps, found without decoding its numbers;
 * undefined where the steps are not even.
 */
export function lastOfEvenSteps(
  { count, order, heads, base, width }: IntSpec,
  most: number,
): { index: number; value: number } | undefined {
  if (order !== 1 || width !== 0 || base <= 0) return undefined;
  const index = Math.min(count - 1, Math.floor((most - (heads[0] ?? 0)) / base));
  return { index, value: (heads[0] ?? 0) + index * base };
}

/** One number of the column, added up from those before it without decoding the whole column. */
export function intAt(spec: IntSpec, planes: readonly Uint8Array[], at: readonly number[], index: number): number {
  const { order, heads, base, divisor } = spec;
  if (order === 2) return readInts(spec, planes, at)[index] ?? 0;
  if (index < order) return heads[index] ?? 0;
  const first = order === 0 ? index : 0;
  const last = index - order;
  let [sum, factor] = [0, 1];
  for (let plane = 0; plane < spec.width; plane++) {
    const bytes = planes[plane] ?? new Uint8Array();
    const start = at[plane] ?? 0;
    let ofPlane = 0;
    for (let i = first; i <= last; i++) ofPlane += bytes[start + i] ?? 0;
    sum += ofPlane * factor;
    factor *= 256;
  }
  return (heads[0] ?? 0) + sum * divisor + (last - first + 1) * base;
}
