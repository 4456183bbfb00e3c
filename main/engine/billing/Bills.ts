import { Worker } from 'node:worker_threads';
import type { WrongBills } from '../../../shared/utilities/bills.ts';

/** What the thread that judges bills is started with. `today`: local days since 1970-01-01. */
export type BillsOrder = { countyDir: string; ledgerFile: string; today: number };

type BillsOptions = {
  countyDir: string;
  ledgerFile: string;
  /** The built worker, out/main/billsWorker.js. */
  workerPath: string;
  /** The county's local day now. */
  today: () => number;
};

/**
 * The list of bills that would be wrong. It takes seconds and the days of all meters, so it is made in a thread of its
 * own, when it is asked for and at most once per day.
 */
export class Bills {
  readonly #options: BillsOptions;
  #known: { today: number; answer: Promise<WrongBills | undefined> } | undefined;

  constructor(options: BillsOptions) {
    this.#options = options;
  }

  /** Undefined where the county bills nobody. */
  wrong(): Promise<WrongBills | undefined> {
    const today = this.#options.today();
    if (this.#known?.today === today) return this.#known.answer;
    const answer = this.#make(today);
    this.#known = { today, answer };
    // What failed is tried again with the next question.
    answer.catch(() => (this.#known = undefined));
    return answer;
  }

  /** Forgets the list, since the days have changed. */
  forget(): void {
    this.#known = undefined;
  }

  #make(today: number): Promise<WrongBills | undefined> {
    const { workerPath, countyDir, ledgerFile } = this.#options;
    const order: BillsOrder = { countyDir, ledgerFile, today };
    const worker = new Worker(workerPath, { workerData: order, name: 'bills' });
    return new Promise<WrongBills | undefined>((resolve, reject) => {
      worker.on('message', resolve);
      worker.on('error', reject);
      // Once the list has come, this rejection has no effect.
      worker.on('exit', () => reject(new Error('The bills were not judged to their end.')));
    }).finally(() => worker.terminate());
  }
}
