import { DAY_MS } from '../../../shared/base/durations.ts';
import { serviceDayOf } from '../registry/serviceTime.ts';
import type { Ledger, MeasuredRuns } from '../store/ledger/ledger.ts';

type RunLedgerOptions = {
  measured: MeasuredRuns;
  ledger: Pick<Ledger, 'putRuns' | 'measuredRuns' | 'sweepRuns'>;
  timeZone: string;
};

/** From so many past days the domain learns after a start. */
const LEARNT_DAYS = 30;
/** What is older says nothing about the timetable of today. */
const KEPT_DAYS = 400;
const RUNS_AT_ONCE = 50;

/** Keeps the measured runs of public transport in the ledger, and teaches those of the past after a start. */
export class RunLedger {
  readonly #options: RunLedgerOptions;

  constructor(options: RunLedgerOptions) {
    this.#options = options;
  }

  /** Writes what was measured since the last call. Rejects with a StoreError; what could not be written is kept. */
  async write(): Promise<void> {
    const { measured, ledger } = this.#options;
    const runs = measured.take();
    if (runs.length === 0) return;
    try {
      await ledger.putRuns(runs);
    } catch (error) {
      measured.putBack(runs);
      throw error;
    }
  }

  /** Teaches the runs of the last 30 days, day by day, and yields to the live stream. */
  async learn(nowMs: number): Promise<void> {
    const { measured, ledger } = this.#options;
    for (let back = LEARNT_DAYS; back >= 0; back--) {
      const runs = await ledger.measuredRuns(this.#day(nowMs, -back), this.#day(nowMs, 1 - back));
      for (const [index, run] of runs.entries()) {
        measured.learn(run);
        if (index % RUNS_AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
      }
    }
  }

  sweep(nowMs: number): Promise<number> {
    return this.#options.ledger.sweepRuns(this.#day(nowMs, -KEPT_DAYS));
  }

  #day(nowMs: number, days: number): string {
    return serviceDayOf(nowMs + days * DAY_MS, this.#options.timeZone);
  }
}
