import { BUCKET_MS } from '../rollups.ts';
import { FEW_SAMPLES, fitWindow, windowStart } from './window.ts';

/** From `sinceMs` on the group's chunks last `windowMs`; `sinceMs` is a whole multiple of it. */
type Stretch = { sinceMs: number; windowMs: number };

/** A window may hold this many times more or fewer samples than it should before another length is chosen. */
const TOLERANCE = 10;
/** Fewer samples than this give no reliable rate. */
const ENOUGH_FOR_A_RATE = 1000;
/** After this many changes a group whose rate keeps swinging keeps its windows. */
const MOST_STRETCHES = 200;

/**
 * The windows of a group's chunks, which divide all of time: a chunk should hold neither so few samples that they
 * compress badly nor so many that rewriting it for a few new ones takes long. Where the rate of a group changes for
 * good, its windows do too, from the end of what is sealed.
 */
export class Windows {
  readonly #stretches: readonly Stretch[];

  private constructor(stretches: readonly Stretch[]) {
    this.#stretches = stretches;
  }

  /** `perMs`: samples per millisecond, as returned by `samplesPerMs`. */
  static of(perMs: number): Windows {
    return new Windows([{ sinceMs: 0, windowMs: fitWindow(perMs) }]);
  }

  /** Reads what `write` returned; undefined where nothing of the group is sealed. */
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
   * Returns windows that suit a rate of `perMs` samples per millisecond from the first boundary after `sealedMs` on, or
   * these windows where they fit well enough. `count`: from how many samples the rate was measured.
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
    // A stretch that begins after all sealed samples has no chunks yet and can be replaced.
    const kept = this.#stretches.filter(({ sinceMs }) => sinceMs <= sealedMs);
    if (kept.length === MOST_STRETCHES) return this;
    // Windows must not change within a quarter hour, which is added up either from one window or from whole short ones.
    const boundaryMs = Math.max(windowMs, BUCKET_MS);
    return new Windows([...kept, { sinceMs: windowStart(sealedMs, boundaryMs) + boundaryMs, windowMs }]);
  }

  #stretchAt(atMs: number): Stretch {
    const found = this.#stretches.findLast(({ sinceMs }) => sinceMs <= atMs) ?? this.#stretches[0];
    if (found === undefined) throw new RangeError('a group without windows');
    return found;
  }
}
