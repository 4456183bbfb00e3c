import type { RecordEntry } from '../../../shared/incidents/incident.ts';
import { explainOpenError } from './DataFolderError.ts';
import type { NewEntry } from './RecordFile.ts';
import { toStoreError } from './StoreError.ts';
import { StoreThread } from './StoreThread.ts';
import type { SlowCallListener } from './StoreThread.ts';
import type { RecordStore, StoreNotice } from './store.ts';

type RecordStoreOptions = {
  file: string;
  /** The built store worker, out/main/storeWorker.js. */
  workerPath: string;
  /** Dates what the record says of itself. */
  now: () => number;
  /** What happens after opening: damage found while running. */
  onNotice?: (notice: StoreNotice) => void;
  /** Told of calls over 40 ms, to be logged. */
  onSlowCall?: SlowCallListener;
};

type Waiting = { entry: NewEntry; resolve: (entry: RecordEntry) => void; reject: (error: unknown) => void };

class ThreadedRecordStore implements RecordStore {
  readonly #options: RecordStoreOptions;
  readonly #thread: StoreThread<'record'>;
  #waiting: Waiting[] = [];
  #flushing: Promise<void> | undefined;

  constructor(options: RecordStoreOptions) {
    this.#options = options;
    this.#thread = new StoreThread(options.workerPath, { role: 'record', file: options.file }, options.onSlowCall);
  }

  open = (): Promise<StoreNotice[]> => this.#thread.call('open', this.#options.now());

  append: RecordStore['append'] = (atMs, actor, event) => {
    const { promise, resolve, reject } = Promise.withResolvers<RecordEntry>();
    this.#waiting.push({ entry: { atMs, actor, event }, resolve, reject });
    this.#flushing ??= this.#flush();
    return promise;
  };

  entries: RecordStore['entries'] = (fromSeq, limit) => this.#thread.call('entries', fromSeq, limit);

  newest: RecordStore['newest'] = (limit) => this.#thread.call('newest', limit);

  firstBreak: RecordStore['firstBreak'] = () => this.#thread.call('firstBreak');

  close: RecordStore['close'] = async () => {
    await this.#flushing;
    await this.#thread.close();
  };

  /** Entries that come while the disk is busy with the ones before share the next flush. */
  async #flush(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        const { entries, notices } = await this.#thread.call('append', batch.map(({ entry }) => entry), this.#options.now());
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
    // In the same breath as the last look: who appends after this starts the next flush.
    this.#flushing = undefined;
  }
}

/**
 * Opens the operators' record, or makes it. A damaged file is kept, and the record goes on in a new one, which a notice tells. Throws a
 * DataFolderError where it cannot be used: not writable, disk full, written by a newer version.
 */
export async function openRecordStore(options: RecordStoreOptions): Promise<{ store: RecordStore; notices: StoreNotice[] }> {
  const store = new ThreadedRecordStore(options);
  try {
    return { store, notices: await store.open() };
  } catch (error) {
    await store.close();
    throw explainOpenError(toStoreError(error), options.file);
  }
}
