import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const MOST_FAULTS_TOLD = 5;
/** The heap is measured from this share of the inputs on, so that caches and compiled code have been filled by then. */
const WARM_SHARE = 0.5;
const INPUTS_A_TURN = 500;

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The heap in use in MB, after a garbage collection. */
export function usedHeapMb(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed / 1e6;
}

/** Counts the results of the inputs. */
export class Tally {
  readonly #say: (line: string) => void;
  inputs = 0;
  accepted = 0;
  refused = 0;
  faults = 0;
  slowest = { ms: 0, what: '' };

  constructor(say: (line: string) => void) {
    this.#say = say;
  }

  /** Runs one input. An exception counts as a fault, and is reported with the bytes that caused it. */
  run(what: string, bytes: Buffer, isAccepted: () => boolean): void {
    const startedMs = performance.now();
    try {
      if (isAccepted()) this.accepted++;
      else this.refused++;
    } catch (error) {
      this.faults++;
      if (this.faults <= MOST_FAULTS_TOLD)
        this.#say(`  ${what}, input ${this.inputs}: ${String(error)} on ${bytes.subarray(0, 300).toString('base64')}`);
    }
    const ms = performance.now() - startedMs;
    if (ms > this.slowest.ms) this.slowest = { ms, what };
    this.inputs++;
  }

  /**
   * Runs `next` for `count` inputs; returns the growth of the heap over the second half of them, in MB. The event loop
   * turns now and then, as it does between messages, because only then are closed resources, such as the state of a
   * decompression, released.
   */
  async grow(count: number, next: () => void): Promise<number> {
    const run = async (inputs: number): Promise<number> => {
      for (let at = 0; at < inputs; at++) {
        next();
        if (at % INPUTS_A_TURN === 0) await turn();
      }
      await turn();
      return usedHeapMb();
    };
    const warm = Math.floor(count * WARM_SHARE);
    const beforeMb = await run(warm);
    return (await run(count - warm)) - beforeMb;
  }
}
