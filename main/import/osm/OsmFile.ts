import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { inflateSync, zstdDecompressSync } from 'node:zlib';
import { PbfReader } from 'pbf';
import { StartError } from '../../StartError.ts';
import { decodeBlock, kindBits } from './decodeBlock.ts';
import type { MemberKind, Receivers } from './decodeBlock.ts';

/** The limits of the format: no header is larger than 64 KiB, and no block larger than 32 MiB. */
const LARGEST_HEADER = 64 * 1024;
const LARGEST_BLOB = 32 * 1024 * 1024;
const CUT_OFF = 'The file ends within a block: it was not copied whole.';
/** What Beacon understands of what a file may demand of its reader. */
const KNOWN_FEATURES = ['OsmSchema-V0.6', 'DenseNodes'];

type Bounds = [west: number, south: number, east: number, north: number];
type Place = { offset: number; size: number; kinds: number };

/** Fields of a Blob (fileformat.proto). */
const blobField = { raw: 1, zlib: 3, zstd: 7 } as const;

function decompress(blob: Uint8Array): Uint8Array {
  const found = { raw: undefined as Uint8Array | undefined, unknown: 0 };
  new PbfReader(blob).readFields((field, into, pbf) => {
    if (field === blobField.raw) into.raw = pbf.readBytes();
    else if (field === blobField.zlib) into.raw = inflateSync(pbf.readBytes(), { maxOutputLength: LARGEST_BLOB });
    else if (field === blobField.zstd)
      into.raw = zstdDecompressSync(pbf.readBytes(), { maxOutputLength: LARGEST_BLOB });
    else if (field !== 2) into.unknown = field;
  }, found);
  if (found.raw === undefined)
    throw new RangeError(
      found.unknown === 0
        ? 'A block is empty.'
        : `It is compressed by a method that Beacon does not read (${found.unknown}): convert it to zlib, as with osmium cat.`,
    );
  return found.raw;
}

/**
 * An OpenStreetMap extract in the PBF format (https://wiki.openstreetmap.org/wiki/PBF_Format), which is read block by
 * block, as often as needed: the memory that this takes does not depend on the size of the file, apart from a place per
 * block. Every fault throws a StartError that names the byte at which it was found.
 */
export class OsmFile {
  readonly name: string;
  readonly size: number;
  readonly #handle: number;
  readonly #blocks: Place[] = [];
  #bounds: Bounds | undefined;

  /** Opens a file and looks at the layout of all of its blocks. */
  constructor(path: string) {
    this.name = basename(path);
    this.size = statSync(path).size;
    if (this.size === 0) throw new StartError(`${path} is empty.`);
    this.#handle = openSync(path, 'r');
    try {
      this.#findBlocks();
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** West, south, east and north in degrees, where the file says so. */
  get bounds(): Bounds | undefined {
    return this.#bounds;
  }

  /** Gives all objects of one kind to its receiver, in the file's order. `onProgress` receives a share of 0 to 1. */
  read(kind: MemberKind, receivers: Receivers, onProgress: (share: number) => void): void {
    for (const block of this.#blocks) {
      if ((block.kinds & kindBits[kind]) === 0) continue;
      this.#guarded(block.offset, () => {
        block.kinds = decodeBlock(decompress(this.#bytes(block.offset, block.size)), receivers);
      });
      onProgress((block.offset + block.size) / this.size);
    }
    onProgress(1);
  }

  close(): void {
    closeSync(this.#handle);
  }

  #findBlocks(): void {
    for (let offset = 0; offset < this.size;) {
      const at = offset;
      const { type, size, from } = this.#guarded(at, () => this.#headerAt(at));
      if (at === 0 && type !== 'OSMHeader') throw this.#damaged(0, 'It does not begin with a header.');
      if (from + size > this.size) throw this.#damaged(at, CUT_OFF);
      if (type === 'OSMHeader') this.#guarded(at, () => this.#readHeader(decompress(this.#bytes(from, size))));
      // Until a block is decoded, it may hold anything.
      if (type === 'OSMData') this.#blocks.push({ offset: from, size, kinds: 7 });
      offset = from + size;
    }
  }

  #headerAt(offset: number): { type: string; size: number; from: number } {
    const length = Buffer.from(this.#bytes(offset, 4)).readUInt32BE(0);
    if (length === 0 || length > LARGEST_HEADER) throw new RangeError('No block begins here.');
    const header = { type: '', size: -1 };
    new PbfReader(this.#bytes(offset + 4, length)).readFields((field, into, pbf) => {
      if (field === 1) into.type = pbf.readString();
      else if (field === 3) into.size = pbf.readVarint();
    }, header);
    if (header.size < 0 || header.size > LARGEST_BLOB) throw new RangeError('No block begins here.');
    return { ...header, from: offset + 4 + length };
  }

  #readHeader(bytes: Uint8Array): void {
    const box = { left: 0, right: 0, top: 0, bottom: 0 };
    const found = { box: undefined as typeof box | undefined, features: [] as string[] };
    new PbfReader(bytes).readFields((field, into, pbf) => {
      if (field === 4) into.features.push(pbf.readString());
      else if (field === 1)
        into.box = pbf.readMessage((side, sides, inner) => {
          const name = (['left', 'right', 'top', 'bottom'] as const)[side - 1];
          if (name !== undefined) sides[name] = inner.readSVarint() / 1e9;
        }, box);
    }, found);
    const unknown = found.features.find((feature) => !KNOWN_FEATURES.includes(feature));
    if (unknown !== undefined)
      throw new StartError(`${this.name} needs a reader that knows ${unknown}, which Beacon does not.`);
    if (found.box !== undefined && box.left < box.right && box.bottom < box.top)
      this.#bounds = [box.left, box.bottom, box.right, box.top];
  }

  #bytes(offset: number, length: number): Uint8Array {
    const bytes = Buffer.allocUnsafe(length);
    if (readSync(this.#handle, bytes, 0, length, offset) < length) throw new RangeError(CUT_OFF);
    return bytes;
  }

  #guarded<T>(offset: number, work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (error instanceof StartError) throw error;
      throw this.#damaged(offset, error instanceof Error ? error.message : String(error));
    }
  }

  #damaged(offset: number, reason: string): StartError {
    return offset === 0
      ? new StartError(
          `${this.name} is no OpenStreetMap file in the PBF format, or its beginning is damaged. ${reason}`,
        )
      : new StartError(`${this.name} is damaged at byte ${offset}: ${reason} Nothing was written; fetch it again.`);
  }
}
