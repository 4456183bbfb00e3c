import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { ByteReader } from './ByteReader.ts';
import { ByteWriter } from './ByteWriter.ts';
import { PLANES, lastOfEvenSteps, planeLength, readIntSpec, readInts, writeInts } from './intColumn.ts';
import type { IntSpec } from './intColumn.ts';
import { emptyRun, firstAtOrAfter } from './run.ts';
import type { Run } from './run.ts';
import { VALUE_PLANES, bytesInPlanes, readValueSpec, readValues, valueAt, writeValues } from './valueColumn.ts';
import type { ValueSpec } from './valueColumn.ts';

/**
 * A chunk holds the samples of up to 128 neighbouring series over one window. Its numbers lie byte by byte in planes:
 * the lowest bytes of all values, which are mostly noise, in a part of their own, and everything else, which is mostly
 * the same, in another. Each part is compressed where that helps. Any series can be read alone: its places in the
 * planes follow from the counts in the header. The bytes of a chunk are, in this order:
 *
 *     version · is the low plane compressed · its length · low plane
 *     · zstd(header length · header · lengths of the planes · planes)
 */
const VERSION = 1;
/** A slot looks this many slots back for one with the same times: the quantities of one device are neighbours. */
const MOST_BACK = 6;
/** Set in a sample's quality byte where it has no value. */
const NO_VALUE = 128;

/** Level 12 takes twice the time of the default level and makes chunks a few per cent smaller. */
const compression = { params: { [constants.ZSTD_c_compressionLevel]: 12 } };

const qualities = { allGood: 0, allSame: 1, each: 2 } as const;

const makePlanes = (count: number): ByteWriter[] => Array.from({ length: count }, () => new ByteWriter());

function areEqual(a: Float64Array, b: Float64Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

const hasGaps = (values: Float64Array): boolean => {
  for (const value of values) if (Number.isNaN(value)) return true;
  return false;
};

function markedQuality({ value, quality }: Run): Uint8Array {
  return quality.map((code, index) => (Number.isNaN(value[index]) ? code + NO_VALUE : code));
}

function writeQuality(marks: Uint8Array, header: ByteWriter, plane: ByteWriter): void {
  const first = marks[0] ?? 0;
  if (!marks.every((mark) => mark === first)) {
    header.byte(qualities.each);
    plane.bytes(marks);
  } else if (first === 0) {
    header.byte(qualities.allGood);
  } else {
    header.byte(qualities.allSame);
    header.byte(first);
  }
}

/** Compresses a part where that makes it smaller. */
function packed(part: Uint8Array): { isCompressed: boolean; bytes: Uint8Array } {
  if (part.length < 32) return { isCompressed: false, bytes: part };
  const bytes = zstdCompressSync(part, compression);
  return bytes.length < part.length ? { isCompressed: true, bytes } : { isCompressed: false, bytes: part };
}

/**
 * Writes the times of a slot, or how far back the slot with the same times is: the quantities of one device often share
 * them.
 */
function writeTimes(runs: readonly Run[], slot: number, header: ByteWriter, planes: readonly ByteWriter[]): void {
  const times = runs[slot]?.atMs ?? emptyRun.atMs;
  for (let back = 1; back <= Math.min(MOST_BACK, slot); back++) {
    if (!areEqual(times, runs[slot - back]?.atMs ?? emptyRun.atMs)) continue;
    header.byte(back);
    return;
  }
  header.byte(0);
  writeInts(times, header, planes);
}

/** Bytes from which `OpenChunk` gives back exactly these runs, one per slot. Times are whole milliseconds. */
export function encodeChunk(runs: readonly Run[]): Uint8Array {
  const header = new ByteWriter();
  const [times, marks, values] = [makePlanes(PLANES), new ByteWriter(), makePlanes(VALUE_PLANES)];
  header.varint(runs.length);
  runs.forEach((run, slot) => {
    header.varint(run.atMs.length);
    if (run.atMs.length === 0) return;
    writeTimes(runs, slot, header, times);
    const isPartial = hasGaps(run.value);
    writeQuality(isPartial ? markedQuality(run) : run.quality, header, marks);
    writeValues(isPartial ? run.value.filter((value) => !Number.isNaN(value)) : run.value, header, values);
  });
  const rest = new ByteWriter();
  rest.varint(header.length);
  rest.bytes(header.take());
  const planes = [...times, marks, ...values.slice(1)].map((plane) => plane.take());
  for (const plane of planes) rest.varint(plane.length);
  for (const plane of planes) rest.bytes(plane);
  const low = packed(values[0]?.take() ?? new Uint8Array());
  const whole = new ByteWriter();
  whole.byte(VERSION);
  whole.byte(low.isCompressed ? 1 : 0);
  whole.varint(low.bytes.length);
  whole.bytes(low.bytes);
  whole.bytes(zstdCompressSync(rest.take(), compression));
  return whole.take();
}

/** One sample. */
export type Sealed = { atMs: number; value: number; quality: number };

type Slot = {
  count: number;
  /** Samples that have a value. */
  known: number;
  /** Its own times, or the slot whose times they are. */
  times: { spec: IntSpec; at: number[]; made?: Float64Array } | { sameAs: number };
  /** One quality mark for all samples, or where the marks begin. */
  marks: { all: number } | { at: number };
  values: { spec: ValueSpec; at: number[] };
};

/** Takes the next bytes of the planes, so many of each; returns where they begin. */
function advance(ends: number[], lengths: readonly number[]): number[] {
  const at: number[] = [];
  for (let plane = 0; plane < lengths.length; plane++) {
    const end = ends[plane] ?? 0;
    at.push(end);
    ends[plane] = end + (lengths[plane] ?? 0);
  }
  return at;
}

/** Like `advance`, but takes the same number of bytes of each of the first planes. */
function advanceEvenly(ends: number[], planes: number, length: number): number[] {
  const at: number[] = [];
  for (let plane = 0; plane < planes; plane++) {
    const end = ends[plane] ?? 0;
    at.push(end);
    ends[plane] = end + length;
  }
  return at;
}

/**
 * An unpacked chunk. Its header is read only as far as the slots that are asked for, and their samples are decoded
 * then.
 */
export class OpenChunk {
  readonly #timePlanes: Uint8Array[];
  readonly #marks: Uint8Array;
  readonly #valuePlanes: Uint8Array[];
  readonly #header: ByteReader;
  /** How many bytes of each plane the slots before `#slots.length` take. */
  readonly #ends = { times: Array<number>(PLANES).fill(0), marks: 0, values: Array<number>(VALUE_PLANES).fill(0) };
  readonly #slots: (Slot | undefined)[] = [];
  readonly slotCount: number;

  /** Throws where the bytes are not a chunk; only their checksum shows whether they are the bytes once written. */
  constructor(data: Uint8Array) {
    const outer = new ByteReader(data);
    const version = outer.byte();
    if (version !== VERSION) throw new Error(`a chunk of version ${String(version)}`);
    const isCompressed = outer.byte() === 1;
    const stored = outer.bytes(outer.varint());
    const low = isCompressed ? zstdDecompressSync(stored) : stored;
    const rest = zstdDecompressSync(data.subarray(outer.position));
    const lengths = new ByteReader(rest);
    this.#header = new ByteReader(lengths.bytes(lengths.varint()));
    const sizes = Array.from({ length: PLANES + VALUE_PLANES }, () => lengths.varint());
    const planes = sizes.map((size) => lengths.bytes(size));
    this.#timePlanes = planes.slice(0, PLANES);
    this.#marks = planes[PLANES] ?? new Uint8Array();
    this.#valuePlanes = [low, ...planes.slice(PLANES + 1)];
    this.slotCount = this.#header.varint();
  }

  count(slot: number): number {
    return this.#slot(slot)?.count ?? 0;
  }

  run(slot: number): Run {
    const found = this.#slot(slot);
    if (found === undefined) return emptyRun;
    const marks =
      'all' in found.marks
        ? new Uint8Array(found.count).fill(found.marks.all)
        : this.#marks.slice(found.marks.at, found.marks.at + found.count);
    const values = readValues(found.values.spec, this.#valuePlanes, found.values.at);
    return { atMs: this.#timesOf(slot), ...unmark(marks, values) };
  }

  /** A slot's newest sample at or before a time; undefined where there is none. */
  newestAt(slot: number, atMs: number): Sealed | undefined {
    const found = this.#slot(slot);
    if (found === undefined) return undefined;
    const { index, value: newestMs } = this.#lastTime(slot, atMs);
    if (index < 0) return undefined;
    const mark = 'all' in found.marks ? found.marks.all : (this.#marks[found.marks.at + index] ?? 0);
    // Where some samples have no value, the place of one among the values is not its place among the times.
    const value =
      found.known === found.count
        ? valueAt(found.values.spec, this.#valuePlanes, found.values.at, index)
        : (this.run(slot).value[index] ?? Number.NaN);
    return { atMs: newestMs, value, quality: mark % NO_VALUE };
  }

  /**
   * A slot's last time at or before `atMs`. Most devices report at even intervals; their times need not be decoded for
   * it.
   */
  #lastTime(slot: number, atMs: number): { index: number; value: number } {
    const times = this.#slot(slot)?.times;
    if (times !== undefined && 'sameAs' in times) return this.#lastTime(times.sameAs, atMs);
    const even = times && lastOfEvenSteps(times.spec, atMs);
    if (even !== undefined) return even;
    const all = this.#timesOf(slot);
    const index = firstAtOrAfter(all, atMs + 1) - 1;
    return { index, value: all[index] ?? Number.NaN };
  }

  #timesOf(slot: number): Float64Array {
    const times = this.#slot(slot)?.times;
    if (times === undefined) return emptyRun.atMs;
    if ('sameAs' in times) return this.#timesOf(times.sameAs);
    // Times are kept once decoded, because slots of one device share them.
    return (times.made ??= readInts(times.spec, this.#timePlanes, times.at));
  }

  #slot(slot: number): Slot | undefined {
    while (this.#slots.length <= slot && this.#slots.length < this.slotCount) {
      const count = this.#header.varint();
      this.#slots.push(count === 0 ? undefined : this.#readSlot(this.#slots.length, count));
    }
    return this.#slots[slot];
  }

  #readSlot(slot: number, count: number): Slot {
    const [header, ends] = [this.#header, this.#ends];
    const back = header.byte();
    const spec = back === 0 ? readIntSpec(header, count) : undefined;
    const times =
      spec === undefined
        ? { sameAs: slot - back }
        : { spec, at: advanceEvenly(ends.times, spec.width, planeLength(spec)) };
    const kind = header.byte();
    const marks =
      kind === qualities.each ? { at: ends.marks } : { all: kind === qualities.allSame ? header.byte() : 0 };
    let known = count;
    if ('at' in marks) {
      for (let i = 0; i < count; i++) if ((this.#marks[ends.marks + i] ?? 0) >= NO_VALUE) known--;
      ends.marks += count;
    } else if (marks.all >= NO_VALUE) known = 0;
    const valueSpec = readValueSpec(header, known);
    const isPlain = 'ints' in valueSpec && valueSpec.ulps === undefined;
    const at = isPlain
      ? advanceEvenly(ends.values, valueSpec.ints.width, planeLength(valueSpec.ints))
      : advance(ends.values, bytesInPlanes(valueSpec));
    return { count, known, times, marks, values: { spec: valueSpec, at } };
  }
}

/** Places the known values at the samples that are marked as having one. */
function unmark(marks: Uint8Array, known: Float64Array): Pick<Run, 'value' | 'quality'> {
  if (known.length === marks.length) return { value: known, quality: marks };
  const value = new Float64Array(marks.length).fill(Number.NaN);
  let next = 0;
  marks.forEach((mark, index) => {
    if (mark >= NO_VALUE) marks[index] = mark - NO_VALUE;
    else value[index] = known[next++] ?? Number.NaN;
  });
  return { value, quality: marks };
}
