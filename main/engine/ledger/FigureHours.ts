import type { Figure } from '../../../shared/contract/contract.ts';
import type { FigurePart } from '../store/ledger/ledger.ts';

const QUARTER_MS = 900_000;
const HOUR_MS = 3_600_000;
/** Where nothing can be written, parts of older quarter hours go. */
const MOST_PARTS = 5000;

/**
 * The county's figures added up by quarter hour, until they are written. A figure holds from one look at it to the next;
 * over a longer silence than usual nothing is known.
 */
export class FigureHours {
  #parts = new Map<string, FigurePart>();
  #lastMs = Number.NaN;

  /** Takes the figures as they are now. `longestMs`: beyond it nobody looked for a while. */
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

  /** Hands over what has been added up. */
  take(): FigurePart[] {
    const parts = [...this.#parts.values()];
    this.#parts = new Map();
    return parts;
  }

  /** Takes back what could not be written. */
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
