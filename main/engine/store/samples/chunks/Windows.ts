import { BUCKET_MS } from '../rollups.ts';
import { FEW_SAMPLES, fitWindow, windowStart } from './window.ts';

/** From `sinceMs` on the group's chunks last `windowMs`; `sinceMs` is a whole multiple of it. */
type Stretch = { sinceMs: number; windowMs: number };

/** A window may hold so many times more or fewer samples than it should before others are chosen. */
const TOLERANCE = 10;
/** Fewer samples tell no rate. */
const ENOUGH_FOR_A_RATE = 1000;
/** A group whose rate swings for ever keeps the windows that it has then. */
const MOST_STRETCHES = 200;

/**
 * The windows of a group's chunks, which divide all of time: a chunk shall hold neither so few samples that they
 * compress badly nor so many that rewriting it for a few new ones takes long. Where the rate of a group changes for
 * good, its windows do too, from the end of what is sealed.
 */
export class Windows {
  readonly #stretches: readonly Stretch[];

  private constructor(stretches: readonly Stretch[]) {
    this.#stretches = stretches;
  }

  /** `perMs` as of `samplesPerMs`. */
  static of(perMs: number): Windows {
    return new Windows([{ sinceMs: 0, windowMs: fitWindow(perMs) }]);
  }

  /** From what `write` gave; undefined where nothing of the group is sealed. */
  static read(text: string | null | undefined): Windows | undefined {
    return text === null || text === undefined
      ? undefined
      : new Windows((JSON.parse(text) as [number, number][]).map(([sinceMs, windowMs]) => ({ sinceMs, windowMs })));
  }

  write(): string {
    return JSON.stringify(this.#stretches.map(({ sinceMs, windowMs }) => [sinceMs, windowMs]));
  }

  get longestMs(): number {
    return Math.max(...this.#stretches.map(({ windowMs }) => windowMs));
  }

  /** The start of the window that a time is in. */
  startOf(atMs: number): number {
    return windowStart(atMs, this.#stretchAt(atMs).windowMs);
  }

  /** Where the window that begins at `startMs` ends, and the next one begins. */
  endOf(startMs: number): number {
    const stretch = this.#stretchAt(startMs);
    const next = this.#stretches[this.#stretches.indexOf(stretch) + 1];
    return Math.min(startMs + stretch.windowMs, next?.sinceMs ?? Number.POSITIVE_INFINITY);
  }

  /** The windows that may have samples of [fromMs, toMs), by their starts. */
  between(fromMs: number, toMs: number): number[] {
    const starts: number[] = [];
    for (let startMs = this.startOf(fromMs); startMs < toMs; startMs = this.endOf(startMs)) starts.push(startMs);
    return starts;
  }

  /**
   * Windows for a rate of so many samples a millisecond, from the first boundary after `sealedMs`; these where they fit
   * well enough. `count`: of how many samples the rate is.
   */
  adapt(perMs: number, count: number, sealedMs: number): Windows {
    const current = this.#stretches.at(-1)?.windowMs ?? 0;
    const expected = current * perMs;
    const windowMs = fitWindow(perMs);
    if (
      count < ENOUGH_FOR_A_RATE ||
      windowMs === current ||
      (expected < TOLERANCE * FEW_SAMPLES && expected > FEW_SAMPLES / TOLERANCE)
    )
      return this;
    // What begins after all that is sealed has no chunks yet.
    const kept = this.#stretches.filter(({ sinceMs }) => sinceMs <= sealedMs);
    if (kept.length === MOST_STRETCHES) return this;
    // Not within a quarter hour, which is added up either from one window or from whole short ones.
    const boundaryMs = Math.max(windowMs, BUCKET_MS);
    return new Windows([...kept, { sinceMs: windowStart(sealedMs, boundaryMs) + boundaryMs, windowMs }]);
  }

  #stretchAt(atMs: number): Stretch {
    const found = this.#stretches.findLast(({ sinceMs }) => sinceMs <= atMs) ?? this.#stretches[0];
    if (found === undefined) throw new RangeError('a group without windows');
    return found;
  }
}
