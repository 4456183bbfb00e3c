import type { Figure } from '../../../shared/contract/contract.ts';
import type { Ledger } from '../store/ledger/ledger.ts';
import type { History, SumsKey, Upkeep } from '../store/store.ts';
import { FigureHours } from './FigureHours.ts';

type HourlyOptions = {
  history: Pick<History, 'changedSums'>;
  upkeep: Pick<Upkeep, 'settleChanged'>;
  ledger: Pick<Ledger, 'putSums' | 'addFigures'>;
};

/**
 * Figures are made every five seconds. Over a longer gap the machine slept or the loop stood still, so nothing is known
 * of the time between.
 */
const USUAL_GAP_MS = 15_000;
const SHORTEST_GAP_MS = 60_000;

/**
 * Writes hourly values into the ledger: those of sealed sums that have changed, however late their data came, and those
 * of the county's figures. A change is marked as settled only after it is durable in the ledger, so that after a kill
 * in between the next run repeats it.
 */
export class HourlyValues {
  readonly #options: HourlyOptions;
  readonly #figures = new FigureHours();
  #isStopped = false;

  constructor(options: HourlyOptions) {
    this.#options = options;
  }

  /** Takes the figures as they are now. */
  noteFigures(figures: readonly Figure[], nowMs: number, speed: number): void {
    this.#figures.note(figures, nowMs, Math.max(SHORTEST_GAP_MS, USUAL_GAP_MS * speed));
  }

  /** Writes what has changed, in small steps. Rejects with a StoreError. */
  async writeSums(): Promise<void> {
    const { history, upkeep, ledger } = this.#options;
    let from: SumsKey | undefined;
    do {
      const changed = await history.changedSums(from);
      const { hours, next } = changed;
      if (hours.length > 0) {
        await ledger.putSums(changed);
        await upkeep.settleChanged(hours);
      }
      from = next;
    } while (from !== undefined && !this.#isStopped);
  }

  /** Writes the figures so far. Rejects with a StoreError; figures that could not be written are kept. */
  async writeFigures(): Promise<void> {
    const parts = this.#figures.take();
    if (parts.length === 0) return;
    try {
      await this.#options.ledger.addFigures(parts);
    } catch (error) {
      this.#figures.putBack(parts);
      throw error;
    }
  }

  /** Ends a run between two steps. */
  stop(): void {
    this.#isStopped = true;
  }
}
