import { RequestError } from '../base/RequestError.ts';

type Waiting = { run: () => Promise<void>; reject: (error: RequestError) => void; line: string; rank: number };

type CheckQueueOptions = {
  /** Waits, for milliseconds, between two pieces of work; 0 at most times. */
  restMs: () => number;
  pause: (ms: number) => Promise<void>;
  /** From 0 up to 1. */
  random: () => number;
};

const MOST_WAITING = 16;
const crowded = (): RequestError =>
  new RequestError('unavailable', 'Too many people sign in at once. Try again in a moment.');

/**
 * Runs work that hashes passwords one piece at a time, so that its memory and its share of the processor are bounded.
 * The next piece is that of the connection with the fewest failures and the fewest other pieces waiting: who tries
 * passwords waits behind who has tried none. Where too many wait, one of the worst is refused by chance, so that no
 * number of them keeps everybody else out.
 */
export class CheckQueue {
  readonly #options: CheckQueueOptions;
  #waiting: Waiting[] = [];
  #isRunning = false;

  constructor(options: CheckQueueOptions) {
    this.#options = options;
  }

  /** `failures`: how many attempts of the connection have failed. Rejects with a RequestError where too many wait. */
  run<T>(work: () => Promise<T>, line = '', failures = 0): Promise<T> {
    return new Promise((resolve, reject) => {
      const rank = failures + this.#waiting.filter((each) => line !== '' && each.line === line).length;
      this.#waiting.push({ run: () => work().then(resolve, reject), reject, line, rank });
      if (this.#waiting.length > MOST_WAITING) this.#refuseOne();
      void this.#work();
    });
  }

  #refuseOne(): void {
    const worst = Math.max(...this.#waiting.map(({ rank }) => rank));
    const candidates = this.#waiting.filter(({ rank }) => rank === worst);
    const refused = candidates[Math.floor(this.#options.random() * candidates.length)];
    this.#waiting = this.#waiting.filter((each) => each !== refused);
    refused?.reject(crowded());
  }

  async #work(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    for (let next = this.#takeNext(); next !== undefined; next = this.#takeNext()) {
      await next.run();
      const restMs = this.#options.restMs();
      if (restMs > 0) await this.#options.pause(restMs);
    }
    this.#isRunning = false;
  }

  #takeNext(): Waiting | undefined {
    const best = Math.min(...this.#waiting.map(({ rank }) => rank));
    const at = this.#waiting.findIndex(({ rank }) => rank === best);
    return at < 0 ? undefined : this.#waiting.splice(at, 1)[0];
  }
}
