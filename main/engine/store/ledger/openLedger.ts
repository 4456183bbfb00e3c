import { DataFolderError } from '../DataFolderError.ts';
import { StoreError, toStoreError } from '../StoreError.ts';
import type { StoreNotice } from '../store.ts';
import type { MethodArgs, MethodName, MethodResult } from '../threads/storeRoles.ts';
import { StoreThread } from '../threads/StoreThread.ts';
import type { SlowCallListener } from '../threads/StoreThread.ts';
import type { Ledger } from './ledger.ts';
import type { LedgerFile } from './LedgerFile.ts';

type LedgerOptions = {
  file: string;
  /** The built store worker, out/main/storeWorker.js. */
  workerPath: string;
  /** The county's time zone: days are local days. */
  timeZone: string;
  /** Nothing is written while this returns true. */
  isDiskFull: () => boolean;
  /** Reports what is wrong with the file, at opening and while it runs. */
  onNotice: (notice: StoreNotice) => void;
  onSlowCall?: SlowCallListener;
};

class ThreadedLedger implements Ledger {
  readonly #options: LedgerOptions;
  readonly #writer: StoreThread<'ledgerWriter'>;
  readonly #reader: StoreThread<'ledgerReader'>;
  #fault: StoreError | undefined;

  constructor(options: LedgerOptions) {
    const { file, workerPath, timeZone, onSlowCall } = options;
    this.#options = options;
    this.#writer = new StoreThread(workerPath, { role: 'ledgerWriter', file, timeZone }, onSlowCall);
    this.#reader = new StoreThread(workerPath, { role: 'ledgerReader', file }, onSlowCall);
  }

  /**
   * An unusable file stops only what needs the ledger; a file of a newer version makes this throw a DataFolderError.
   */
  async open(): Promise<void> {
    try {
      await this.#writer.call('open');
      await this.#reader.call('open');
    } catch (error) {
      const problem = toStoreError(error);
      if (problem.code === 'newer') throw new DataFolderError(problem.message, { cause: problem });
      this.#fail(problem);
    }
  }

  fault: Ledger['fault'] = () => this.#fault?.message;

  putSums: Ledger['putSums'] = (changed) => this.#write('putSums', changed);

  addFigures: Ledger['addFigures'] = (parts) => this.#write('addFigures', parts);

  putMeterDays: Ledger['putMeterDays'] = (all) => this.#write('putMeterDays', all);

  query: Ledger['query'] = (query) => this.#noting(() => this.#reader.call('query', query));

  putRuns: Ledger['putRuns'] = (runs) => this.#write('putRuns', runs);

  measuredRuns: Ledger['measuredRuns'] = (fromDay, toDay) =>
    this.#noting(() => this.#reader.call('measuredRuns', fromDay, toDay));

  runs: Ledger['runs'] = () => this.#noting(() => this.#writer.call('runs'));

  noteRun: Ledger['noteRun'] = (run) => this.#write('noteRun', run);

  sweep: Ledger['sweep'] = (beforeMs) => this.#inSteps(() => this.#write('sweep', beforeMs));

  sweepMeterDays: Ledger['sweepMeterDays'] = (beforeMs) => this.#inSteps(() => this.#write('sweepMeterDays', beforeMs));

  sweepRuns: Ledger['sweepRuns'] = (beforeDay) => this.#inSteps(() => this.#write('sweepRuns', beforeDay));

  close: Ledger['close'] = async () => {
    // The reader closes first: the last connection to close has to be one that may checkpoint the write-ahead journal.
    await this.#reader.close();
    await this.#writer.close();
  };

  /** There is one call per step, so that writes that came meanwhile are served in between. */
  async #inSteps(step: () => Promise<{ deleted: number; hasMore: boolean }>): Promise<number> {
    let deleted = 0;
    for (;;) {
      const done = await step();
      deleted += done.deleted;
      if (!done.hasMore) return deleted;
    }
  }

  #write<N extends MethodName<LedgerFile>>(
    method: N,
    ...args: MethodArgs<LedgerFile, N>
  ): Promise<MethodResult<LedgerFile, N>> {
    if (this.#options.isDiskFull())
      return Promise.reject(new StoreError('full', 'The disk of the data folder is full.'));
    return this.#noting(() => this.#writer.call(method, ...args));
  }

  /** After damage nothing is written or read any more, because that would only harm what else is in the file. */
  async #noting<T>(work: () => Promise<T>): Promise<T> {
    if (this.#fault !== undefined) throw this.#fault;
    try {
      return await work();
    } catch (error) {
      const problem = toStoreError(error);
      if (problem.code === 'damaged') this.#fail(problem);
      throw problem;
    }
  }

  #fail(problem: StoreError): void {
    if (this.#fault !== undefined) return;
    this.#fault = problem;
    const { file, onNotice } = this.#options;
    const what = problem.code === 'damaged' ? 'is damaged' : 'cannot be used';
    onNotice({
      level: 'error',
      text: `The ledger ${file} ${what} (${problem.message}). It is left as it is: hourly and daily values are neither kept nor shown until an administrator restores it from a backup, or takes the file away to begin anew. Everything else works.`,
    });
  }
}

/**
 * Opens the ledger, or makes it. An unusable file is left as it is, a notice reports it, and every call rejects. Throws
 * a DataFolderError where a newer version wrote the file.
 */
export async function openLedger(options: LedgerOptions): Promise<Ledger> {
  const ledger = new ThreadedLedger(options);
  try {
    await ledger.open();
    return ledger;
  } catch (error) {
    await ledger.close();
    throw error;
  }
}
