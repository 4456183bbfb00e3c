/** The county's time: wall time, or a time of its own that runs faster. */
export class CountyClock {
  readonly speed: number;
  readonly #startMs: number;
  readonly #startedAt = performance.now();

  constructor(startMs: number, speed: number) {
    this.#startMs = startMs;
    this.speed = speed;
  }

  nowMs(): number {
    return Math.floor(this.#startMs + (performance.now() - this.#startedAt) * this.speed);
  }
}
