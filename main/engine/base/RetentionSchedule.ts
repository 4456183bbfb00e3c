/** Of the engine's clock: in an accelerated county the data of a day come in minutes. */
const EVERY_MS = 600_000;

/**
 * When the retention is next seen to. One sweep at a time, and none before the clock has gone on for a while from the
 * same source.
 */
export class RetentionSchedule {
  readonly #sweep: () => Promise<number>;
  #last: { atMs: number; source: string } | undefined;
  #isSweeping = false;

  constructor(sweep: () => Promise<number>) {
    this.#sweep = sweep;
  }

  /** Sweeps where it is due. Rejects where the sweep does. */
  beat(nowMs: number, source: string): Promise<void> | undefined {
    const last = this.#last;
    // A clock that went back begins anew, too.
    if (last === undefined || last.source !== source || nowMs < last.atMs) this.#last = { atMs: nowMs, source };
    else if (nowMs - last.atMs >= EVERY_MS && !this.#isSweeping) return this.#sweepAt(nowMs, source);
    return undefined;
  }

  async #sweepAt(atMs: number, source: string): Promise<void> {
    this.#last = { atMs, source };
    this.#isSweeping = true;
    try {
      await this.#sweep();
    } finally {
      this.#isSweeping = false;
    }
  }
}
