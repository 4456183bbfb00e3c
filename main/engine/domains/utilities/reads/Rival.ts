import type { Read } from './Accepted.ts';

const READS_KEPT = 64;
/** A rival that does not move has to be read this often before it is believed. */
const STILL_READS = 3;
/** After as many reads of the register a rival is forgotten. */
const MOST_OUTLIVED = 12;
/** Reads below each other that show that energy is fed back. */
const FALLS_OF_A_NET_METER = 2;

/** Reads that may belong to another register than the one before them. */
export class Rival {
  reads: Read[];
  /** Its first read lies below the register by no more than can have been fed back. */
  readonly isSlowFall: boolean;
  /** Why its reads are suspect. */
  readonly reason: string;
  #count = 1;
  #hasMoved = false;
  #falls = 0;
  /** Reads of the register since the rival's first. */
  #outlived = 0;
  #isInTurn = false;

  constructor(first: Read, isSlowFall: boolean, reason: string) {
    this.reads = [first];
    this.isSlowFall = isSlowFall;
    this.reason = reason;
  }

  get last(): Read {
    return this.reads.at(-1) ?? { value: Number.NaN, atMs: Number.NaN };
  }

  get isFalling(): boolean {
    return this.#falls >= FALLS_OF_A_NET_METER;
  }

  /** The register was read since the rival's read before: two meters may have one id. */
  get isInTurn(): boolean {
    return this.#isInTurn;
  }

  distance(value: number): number {
    return Math.abs(value - this.last.value);
  }

  add(read: Read, step: number, tolerance: number): void {
    const used = read.value - this.last.value;
    this.#isInTurn = this.#outlived > 0;
    // Only reads without one of the register between them show that the rival goes on.
    if (this.#isInTurn) [this.reads, this.#count, this.#hasMoved, this.#falls] = [[], 0, false, 0];
    else if (used < -tolerance) this.#falls++;
    else if (used > step / 2) this.#hasMoved = true;
    this.#outlived = 0;
    this.#count++;
    this.reads.push(read);
    if (this.reads.length > READS_KEPT) this.reads.shift();
  }

  /** Must be called with each read of the register; true where the rival has not been read for so long. */
  isOutlived(): boolean {
    return ++this.#outlived > MOST_OUTLIVED;
  }

  /** Whether it goes on as a register does. One that never moves may be a fault that lasts, up to `stillMs`. */
  isProven(stillMs: number, isNet: boolean): boolean {
    if (this.#falls > 0) return isNet || this.isFalling;
    if (this.#hasMoved) return true;
    return this.#count >= STILL_READS && this.last.atMs - (this.reads[0]?.atMs ?? 0) >= stillMs;
  }
}
