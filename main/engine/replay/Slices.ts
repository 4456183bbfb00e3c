/**
 * Work in one go, and the pause after it: a replay takes at most a third of the loop, and the live stream never waits
 * for it.
 */
const WORK_MS = 4;
const REST_MS = 8;

/** Cuts long work into slices, so that what is live is served between them. */
export class Slices {
  #sinceMs = performance.now();

  /** To be asked between small pieces of work, and awaited where it is a promise. */
  rest(): Promise<void> | undefined {
    if (performance.now() - this.#sinceMs < WORK_MS) return undefined;
    return this.pause(REST_MS);
  }

  async pause(ms: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, ms));
    this.#sinceMs = performance.now();
  }
}
