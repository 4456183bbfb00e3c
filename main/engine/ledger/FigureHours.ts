import type { Figure } from '../../../shared/contract/contract.ts';
import type { FigurePart } from '../store/ledger/ledger.ts';

const QUARTER_MS = 900_000;
const HOUR_MS = 3_600_000;
/** While nothing can be written, at most this many parts are kept; those of the oldest quarter hours are dropped. */
const MOST_PARTS = 5000;

/**
 * Adds up the county's figures by quarter hour until they are written. Each figure counts for the time since the
 * previous look at the figures; after a longer silence than usual that time is left out, because nothing is known of
 * it.
 */
export class FigureHours {
  #parts = new Map<string, FigurePart>();
  #lastMs = Number.NaN;

  /**
   * Takes the figures as they are now. If the previous look is more than `longestMs` ago, the time between is left out.
   */
  note(figures: readonly Figure[], nowMs: number, longestMs: number): void {
    const fromMs = this.#lastMs;
    this.#lastMs = nowMs;
    if (!(nowMs > fromMs) || nowMs - fromMs > longestMs) return;
    for (let atMs = fromMs; atMs < nowMs;) {
      const quarterMs = Math.floor(atMs / QUARTER_MS) * QUARTER_MS;
      const endMs = Math.min(nowMs, quarterMs + QUARTER_MS);
      for (const figure of figures) this.#add(figure, quarterMs, endMs - atMs);
      atMs = endMs;
    }
  }

  /** Returns the parts added up so far and forgets them. */
  take(): FigurePart[] {
    const parts = [...this.#parts.values()];
    this.#parts = new Map();
    return parts;
  }

  /** Takes back parts that could not be written, so that they are returned again later. */
  putBack(parts: readonly FigurePart[]): void {
    for (const part of parts.slice(-MOST_PARTS)) this.#merge(part);
  }

  #add({ id, digits, value, present }: Figure, quarterMs: number, lastedMs: number): void {
    if (value === null) return;
    const quarters = lastedMs / QUARTER_MS;
    this.#merge({
      id,
      digits,
      atMs: quarterMs,
      sum: value * quarters,
      quarters,
      low: value,
      high: value,
      present: (present * lastedMs) / HOUR_MS,
    });
  }

  #merge(part: FigurePart): void {
    const key = `${part.id} ${part.atMs}`;
    const known = this.#parts.get(key);
    if (known === undefined) {
      this.#parts.set(key, { ...part });
      return;
    }
    known.sum += part.sum;
    known.quarters += part.quarters;
    known.low = Math.min(known.low, part.low);
    known.high = Math.max(known.high, part.high);
    known.present += part.present;
  }
}
