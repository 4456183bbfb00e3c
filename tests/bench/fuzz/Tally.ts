import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const MOST_FAULTS_TOLD = 5;
/** The heap is measured when so much of the inputs has warmed what there is to warm. */
const WARM_SHARE = 0.5;
const INPUTS_A_TURN = 500;

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The heap that is in use, with nothing in it that could go. */
export function usedHeapMb(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed / 1e6;
}

/** What became of the inputs. */
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

  /** Runs one input; what it throws is a fault, told with the bytes that brought it about. */
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
   * So many inputs by `next`; the growth of the heap over the second half of them, in MB. The event loop turns now and
   * then as it does between messages: what is closed, such as the state of an unpacking, is let go of there.
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
