import type { CountyMs } from '../../../../shared/base/clock.ts';
import type { LogEntry } from '../../../../shared/record/logEntry.ts';
import { explainOpenError } from '../DataFolderError.ts';
import type { NewEntry, Signer } from './RecordFile.ts';
import { toStoreError } from '../StoreError.ts';
import { StoreThread } from '../threads/StoreThread.ts';
import type { SlowCallListener } from '../threads/StoreThread.ts';
import type { RecordStore, StoreNotice } from '../store.ts';

type RecordStoreOptions = {
  file: string;
  /** Whose sequence is written. */
  signer: Signer;
  /** The built store worker, out/main/storeWorker.js. */
  workerPath: string;
  /** The clock that dates the entries that the record writes about itself. */
  now: () => CountyMs;
  /** Called for what happens after opening: damage found while running. */
  onNotice?: (notice: StoreNotice) => void;
  /** Called for calls over 40 ms, so that they are logged. */
  onSlowCall?: SlowCallListener;
};

type Waiting = { entry: NewEntry; resolve: (entry: LogEntry) => void; reject: (error: unknown) => void };

class ThreadedRecordStore implements RecordStore {
  readonly #options: RecordStoreOptions;
  readonly #thread: StoreThread<'record'>;
  #waiting: Waiting[] = [];
  #flushing: Promise<void> | undefined;

  constructor(options: RecordStoreOptions) {
    this.#options = options;
    this.#thread = new StoreThread(
      options.workerPath,
      { role: 'record', file: options.file, signer: options.signer },
      options.onSlowCall,
    );
  }

  open = (): Promise<StoreNotice[]> => this.#thread.call('open', this.#options.now());

  append: RecordStore['append'] = (atMs, author, event, seen) => {
    const { promise, resolve, reject } = Promise.withResolvers<LogEntry>();
    this.#waiting.push({ entry: { atMs, author, event, seen }, resolve, reject });
    this.#flushing ??= this.#flush();
    return promise;
  };

  merge: RecordStore['merge'] = (entries, keys) => this.#thread.call('merge', entries, keys, this.#options.now());

  entries: RecordStore['entries'] = (fromArrival, limit) => this.#thread.call('entries', fromArrival, limit);

  newest: RecordStore['newest'] = (limit) => this.#thread.call('newest', limit);

  sequence: RecordStore['sequence'] = (sequence, fromSeq, limit) =>
    this.#thread.call('sequence', sequence, fromSeq, limit);

  heads: RecordStore['heads'] = () => this.#thread.call('heads');

  beginEpoch: RecordStore['beginEpoch'] = (reason, leastEpoch) =>
    this.#thread.call('beginEpoch', reason, this.#options.now(), leastEpoch);

  close: RecordStore['close'] = async () => {
    await this.#flushing;
    await this.#thread.close();
  };

  /** Entries that come while the disk is busy with earlier ones share the next flush. */
  async #flush(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        const { entries, notices } = await this.#thread.call(
          'append',
          batch.map(({ entry }) => entry),
          this.#options.now(),
        );
        for (const notice of notices) this.#options.onNotice?.(notice);
        batch.forEach(({ resolve, reject }, index) => {
          const entry = entries[index];
          if (entry === undefined) reject(new Error('the record did not answer for an entry'));
          else resolve(entry);
        });
      } catch (error) {
        for (const { reject } of batch) reject(toStoreError(error));
      }
    }
    // No `await` lies between the last look at the queue and this line: a caller that appends again as soon as its
    // promise settles must find that no flush is running.
    this.#flushing = undefined;
  }
}

/**
 * Opens the operators' record, or makes it. A damaged file is kept, and the record goes on in a new one, which a notice
 * reports. Throws a DataFolderError where it cannot be used: not writable, disk full, written by a newer version.
 */
export async function openRecordStore(
  options: RecordStoreOptions,
): Promise<{ store: RecordStore; notices: StoreNotice[] }> {
  const store = new ThreadedRecordStore(options);
  try {
    return { store, notices: await store.open() };
  } catch (error) {
    await store.close();
    throw explainOpenError(toStoreError(error), options.file);
  }
}
