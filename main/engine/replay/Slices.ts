/**
 * How long one slice of work may take, and also the pause after it: a replay takes at most a third of the loop, and the
 * live stream never waits for it.
 */
const WORK_MS = 4;
const REST_MS = 8;

/** Cuts long work into slices, so that live work is served between them. */
export class Slices {
  #sinceMs = performance.now();

  /** Call this between small pieces of work, and await the result where it is a promise. */
  rest(): Promise<void> | undefined {
    if (performance.now() - this.#sinceMs < WORK_MS) return undefined;
    return this.pause(REST_MS);
  }

  async pause(ms: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, ms));
    this.#sinceMs = performance.now();
  }
}
