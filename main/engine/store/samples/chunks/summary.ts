import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { isUsable, qualityCode, qualityOfCode } from '../../../../../shared/base/quality.ts';
import { ByteReader } from './ByteReader.ts';
import { ByteWriter } from './ByteWriter.ts';
import type { Run } from './run.ts';
import { findScale, fromWhole, toWhole } from './scale.ts';
import { VALUE_PLANES, readValueSpec, readValues, bytesInPlanes, writeValues } from './valueColumn.ts';

/** Codes of shared/base/quality.ts, 0 to 4. */
const QUALITIES = 5;

/**
 * What a chunk knows of one series without being opened. `first` to `sum` are of usable values (good or estimated) and
 * NaN where there are none; `byQuality` counts all samples by quality code. `lastUsableAtMs` is NaN, too, where a
 * register ended after it: no later reading continues it.
 */
export type Summary = {
  count: number;
  usable: number;
  firstAtMs: number;
  lastAtMs: number;
  lastUsableAtMs: number;
  first: number;
  last: number;
  min: number;
  max: number;
  sum: number;
  byQuality: number[];
};

const nothing: Summary = {
  count: 0,
  usable: 0,
  firstAtMs: Number.NaN,
  lastAtMs: Number.NaN,
  lastUsableAtMs: Number.NaN,
  first: Number.NaN,
  last: Number.NaN,
  min: Number.NaN,
  max: Number.NaN,
  sum: Number.NaN,
  byQuality: Array<number>(QUALITIES).fill(0),
};

const usableCodes = Array.from({ length: QUALITIES }, (_, code) => isUsable(qualityOfCode(code)));

export const isUsableCode = (code: number): boolean => usableCodes[code] === true;

/** The sum of the values, exact where they are whole numbers of some unit. */
function sumOf(values: Float64Array): number {
  const scale = findScale(values)?.scale;
  let sum = 0;
  for (const value of scale === undefined ? values : toWhole(values, scale)) sum += value;
  return scale === undefined ? sum : (fromWhole(Float64Array.of(sum), scale)[0] ?? 0);
}

const isUsableAt = ({ value, quality }: Run, index: number): boolean =>
  !Number.isNaN(value[index]) && isUsableCode(quality[index] ?? 0);

/** The usable values of a run; the run's own array where all are usable. */
function usableValues(run: Run): Float64Array {
  let usable = 0;
  while (usable < run.value.length && isUsableAt(run, usable)) usable++;
  return usable === run.value.length ? run.value : run.value.filter((_, index) => isUsableAt(run, index));
}

export function summarise(run: Run): Summary {
  const count = run.atMs.length;
  if (count === 0) return nothing;
  const byQuality = Array<number>(QUALITIES).fill(0);
  for (const code of run.quality) byQuality[code] = (byQuality[code] ?? 0) + 1;
  const values = usableValues(run);
  const about = {
    count,
    usable: values.length,
    firstAtMs: run.atMs[0] ?? 0,
    lastAtMs: run.atMs[count - 1] ?? 0,
    byQuality,
  };
  if (values.length === 0) return { ...nothing, ...about };
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  let lastUsable = count - 1;
  let hasEnded = false;
  for (; !isUsableAt(run, lastUsable); lastUsable--) hasEnded ||= run.quality[lastUsable] === qualityCode.missing;
  return {
    ...about,
    lastUsableAtMs: hasEnded ? Number.NaN : (run.atMs[lastUsable] ?? 0),
    first: values[0] ?? 0,
    last: values.at(-1) ?? 0,
    min,
    max,
    sum: sumOf(values),
  };
}

const wholeColumns = ['usable', 'firstAtMs', 'lastAtMs'] as const;
const valueColumns = ['lastUsableAtMs', 'first', 'last', 'min', 'max', 'sum'] as const;

/** Encodes summaries column by column, so that similar numbers lie together. */
export function encodeSummaries(summaries: readonly Summary[]): Uint8Array {
  const header = new ByteWriter();
  const planes = Array.from({ length: VALUE_PLANES }, () => new ByteWriter());
  const write = (of: readonly Summary[], pick: (summary: Summary) => number): void =>
    writeValues(Float64Array.from(of, pick), header, planes);
  header.varint(summaries.length);
  write(summaries, ({ count }) => count);
  const filled = summaries.filter(({ count }) => count > 0);
  for (const name of wholeColumns) write(filled, (summary) => summary[name]);
  for (let code = 1; code < QUALITIES; code++) write(filled, ({ byQuality }) => byQuality[code] ?? 0);
  const known = filled.filter(({ usable }) => usable > 0);
  for (const name of valueColumns) write(known, (summary) => summary[name]);
  const whole = new ByteWriter();
  whole.varint(header.length);
  whole.bytes(header.take());
  for (const plane of planes) whole.varint(plane.length);
  for (const plane of planes) whole.bytes(plane.take());
  return zstdCompressSync(whole.take());
}

class ColumnReader {
  readonly #header: ByteReader;
  readonly #planes: Uint8Array[];
  readonly #ends = Array<number>(VALUE_PLANES).fill(0);
  readonly slots: number;

  constructor(data: Uint8Array) {
    const reader = new ByteReader(zstdDecompressSync(data));
    this.#header = new ByteReader(reader.bytes(reader.varint()));
    const sizes = Array.from({ length: VALUE_PLANES }, () => reader.varint());
    this.#planes = sizes.map((size) => reader.bytes(size));
    this.slots = this.#header.varint();
  }

  next(count: number): Float64Array {
    const spec = readValueSpec(this.#header, count);
    const at = [...this.#ends];
    bytesInPlanes(spec).forEach((length, plane) => (this.#ends[plane] = (this.#ends[plane] ?? 0) + length));
    return readValues(spec, this.#planes, at);
  }
}

/** Decodes the summaries, one per slot, in order. */
export function decodeSummaries(data: Uint8Array): Summary[] {
  const reader = new ColumnReader(data);
  const counts = reader.next(reader.slots);
  const summaries = [...counts].map((count): Summary => ({
    ...nothing,
    count,
    byQuality: Array<number>(QUALITIES).fill(0),
  }));
  const filled = summaries.filter(({ count }) => count > 0);
  for (const name of wholeColumns)
    reader.next(filled.length).forEach((value, index) => Object.assign(filled[index] ?? {}, { [name]: value }));
  for (let code = 1; code < QUALITIES; code++) {
    reader.next(filled.length).forEach((value, index) => {
      const byQuality = filled[index]?.byQuality;
      if (byQuality !== undefined) byQuality[code] = value;
    });
  }
  for (const { count, byQuality } of filled) byQuality[0] = count - byQuality.reduce((sum, value) => sum + value, 0);
  const known = filled.filter(({ usable }) => usable > 0);
  for (const name of valueColumns)
    reader.next(known.length).forEach((value, index) => Object.assign(known[index] ?? {}, { [name]: value }));
  return summaries;
}
