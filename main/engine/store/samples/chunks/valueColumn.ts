import type { ByteReader } from './ByteReader.ts';
import type { ByteWriter } from './ByteWriter.ts';
import { intAt, planeLength, readIntSpec, readInts, writeInts } from './intColumn.ts';
import type { IntSpec } from './intColumn.ts';
import { findScale, fromWhole, missedUlps, toWhole } from './scale.ts';

/** Planes for the bits of numbers that are no whole multiples of any scale. */
export const VALUE_PLANES = 8;
const AS_BITS = 255;
/** Added to the scale's number where numbers miss their whole multiples by some last digits. */
const WITH_ULPS = 64;

/**
 * How a column of numbers is kept: as whole numbers of a scale, or as their bits, each combined with those before by
 * exclusive or.
 */
export type ValueSpec =
  { scale: number; ints: IntSpec; ulps: IntSpec | undefined } | { scale: typeof AS_BITS; count: number };

const bits = new DataView(new ArrayBuffer(16));

/** Writes any numbers so that they can be restored exactly. */
export function writeValues(values: Float64Array, header: ByteWriter, planes: readonly ByteWriter[]): void {
  const found = findScale(values);
  if (found !== undefined) {
    const { scale, isExact } = found;
    header.byte(isExact ? scale : scale + WITH_ULPS);
    writeInts(toWhole(values, scale), header, planes);
    if (!isExact) writeInts(missedUlps(values, scale), header, planes.slice(1));
    return;
  }
  header.byte(AS_BITS);
  bits.setFloat64(0, 0);
  for (const value of values) {
    bits.setFloat64(8, value);
    for (let plane = 0; plane < VALUE_PLANES; plane++)
      planes[plane]?.byte(bits.getUint8(15 - plane) ^ bits.getUint8(7 - plane));
    bits.setFloat64(0, value);
  }
}

export function readValueSpec(header: ByteReader, count: number): ValueSpec {
  const kind = header.byte();
  if (kind === AS_BITS) return { scale: kind, count };
  const ints = readIntSpec(header, count);
  return kind < WITH_ULPS
    ? { scale: kind, ints, ulps: undefined }
    : { scale: kind - WITH_ULPS, ints, ulps: readIntSpec(header, count) };
}

/** How many bytes the column has in each of the planes. */
export function bytesInPlanes(spec: ValueSpec): number[] {
  if (!('ints' in spec)) return Array<number>(VALUE_PLANES).fill(spec.count);
  const { ulps } = spec;
  if (ulps === undefined) return Array<number>(spec.ints.width).fill(planeLength(spec.ints));
  const of = (ints: IntSpec, plane: number): number => (plane >= 0 && plane < ints.width ? planeLength(ints) : 0);
  return Array.from(
    { length: Math.max(spec.ints.width, ulps.width + 1) },
    (_, plane) => of(spec.ints, plane) + of(ulps, plane - 1),
  );
}

/**
 * Reads the missed last digits. They lie behind the bytes of the whole numbers, one plane higher: they are nearly
 * always zero and must not mix with the noise of the lowest plane.
 */
function readUlps(
  ints: IntSpec,
  ulps: IntSpec | undefined,
  planes: readonly Uint8Array[],
  at: readonly number[],
): Float64Array | undefined {
  if (ulps === undefined) return undefined;
  const behind = Array.from(
    { length: ulps.width },
    (_, plane) => (at[plane + 1] ?? 0) + (plane + 1 < ints.width ? planeLength(ints) : 0),
  );
  return readInts(ulps, planes.slice(1), behind);
}

/** The column's numbers; `at(plane)` is where its bytes begin in a plane. */
export function readValues(spec: ValueSpec, planes: readonly Uint8Array[], at: readonly number[]): Float64Array {
  if ('ints' in spec)
    return fromWhole(readInts(spec.ints, planes, at), spec.scale, readUlps(spec.ints, spec.ulps, planes, at));
  const values = new Float64Array(spec.count);
  bits.setFloat64(0, 0);
  for (let i = 0; i < spec.count; i++) {
    for (let plane = 0; plane < VALUE_PLANES; plane++)
      bits.setUint8(7 - plane, bits.getUint8(7 - plane) ^ (planes[plane]?.[(at[plane] ?? 0) + i] ?? 0));
    values[i] = bits.getFloat64(0);
  }
  return values;
}

/** One number of the column. */
export function valueAt(spec: ValueSpec, planes: readonly Uint8Array[], at: readonly number[], index: number): number {
  if (!('ints' in spec) || spec.ulps !== undefined) return readValues(spec, planes, at)[index] ?? Number.NaN;
  return fromWhole(Float64Array.of(intAt(spec.ints, planes, at, index)), spec.scale)[0] ?? Number.NaN;
}
