import { join } from 'node:path';
import type { Log } from '../base/engine.ts';
import type { DomainSet } from '../domains/DomainSet.ts';
import { flagsOf, PastReader } from './PastReader.ts';
import type { PastStore } from './PastReader.ts';
import { StandingFile } from './StandingFile.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** A message may have been on its way for so long when the file was written. */
const ON_THE_WAY_MS = MINUTE_MS;
/**
 * The file is written every few seconds of the machine's time, and the store has what came after it until the end of
 * that run: in an accelerated county up to this much.
 */
const AFTER_MS = 60 * MINUTE_MS;
/** The pause after a write, per fact: the more there are, the less often they are written. */
const MS_A_FACT = 1;

type Options = {
  dataDir: string;
  domains: DomainSet;
  store: PastStore;
  nowMs: () => number;
  monotonicMs: () => number;
  log: Log;
};

/**
 * Carries the facts that stand (who is without power, which breaker is open, what a meter says of itself) over a
 * restart: nothing ends because the engine did. The file has them as they were some seconds before the end, and the
 * store what came after.
 */
export class StandingFacts {
  readonly #options: Options;
  readonly #file: StandingFile;
  #notBeforeMs = Number.NEGATIVE_INFINITY;

  constructor(options: Options) {
    this.#options = options;
    this.#file = new StandingFile(join(options.dataDir, 'standing-facts.jsonl'));
  }

  /** Must be called before anything live arrives. */
  async restore(): Promise<void> {
    const { domains, store, nowMs, log } = this.#options;
    try {
      const saved = this.#file.load();
      if (saved === undefined) {
        const now = nowMs();
        for (const row of await store.flagsIn(now - DAY_MS, now)) domains.replayStanding(flagsOf(row), row.atMs);
        return;
      }
      domains.restoreStanding(saved.records);
      await this.#replay(saved.atMs);
    } catch (error) {
      log('warn', `Facts of the last run could not be restored: ${String(error)}`);
    }
  }

  /** Writes them, unless that was done a moment ago and there are many. */
  async save(isLast = false): Promise<void> {
    const { domains, nowMs, monotonicMs } = this.#options;
    if (!isLast && monotonicMs() < this.#notBeforeMs) return;
    const count = await this.#file.save(nowMs(), domains.standing());
    this.#notBeforeMs = monotonicMs() + count * MS_A_FACT;
  }

  async #replay(atMs: number): Promise<void> {
    const { domains, store } = this.#options;
    const reader = new PastReader(store, () => ({ mode: 'other' }), atMs - ON_THE_WAY_MS);
    await reader.open();
    const untilMs = atMs + AFTER_MS;
    for await (const values of reader.upTo(untilMs, untilMs + 1))
      for (const value of values) domains.replayStanding(value, value.atMs);
  }
}
