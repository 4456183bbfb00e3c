import type { SearchStore } from '../store.ts';
import { StoreThread } from '../threads/StoreThread.ts';
import type { SlowCallListener } from '../threads/StoreThread.ts';

/** An empty index in a thread of its own. */
export function openSearchStore(workerPath: string, onSlowCall: SlowCallListener): SearchStore {
  const thread = new StoreThread(workerPath, { role: 'search' }, onSlowCall);
  return {
    put: (rows) => thread.call('put', rows),
    find: (group, text, query) => thread.call('find', group, text, query),
    close: () => thread.close(),
  };
}
