/** What stands behind the `?` of the fragment: `#/alarms?list=shelved` is the page `alarms` with one entry. */
export type Query = Readonly<Record<string, string>>;

/** A part of the screen's state that stands in the address of one page. */
export type Addressed = {
  page: string;
  /** The names of its entries. Others in the address belong to somebody else, and stay. */
  keys: readonly string[];
  /** The present state; an entry that is absent or empty says what is so without it. */
  write: () => Query;
  /** Takes over the state of an address. */
  read: (query: Query) => void;
  subscribe: (onChange: () => void) => () => void;
};

/** Changes within this time are one step of the way back. */
const ONE_STEP_MS = 1000;

const pageOf = (hash: string): string => /^#?\/?([^/?]*)/.exec(hash)?.[1] ?? '';

/** The entries of a fragment. Never fails: what cannot be read is absent. */
export function parseQuery(hash: string): Query {
  const at = hash.indexOf('?');
  return at === -1 ? {} : Object.fromEntries(new URLSearchParams(hash.slice(at + 1)));
}

/** The fragment with other entries; those that are empty are left out. */
export function withQuery(hash: string, changes: Query): string {
  const at = hash.indexOf('?');
  const entries = Object.entries({ ...parseQuery(hash), ...changes }).filter(([, value]) => value !== '');
  // Colons and commas are allowed there, and an address without their codes can be read.
  const query = new URLSearchParams(entries).toString().replaceAll('%3A', ':').replaceAll('%2C', ',');
  return `${at === -1 ? hash : hash.slice(0, at)}${query === '' ? '' : `?${query}`}`;
}

/** `subscribe` to moves through the history, and the ways to change the fragment without one. */
export type AddressBar = {
  hash: () => string;
  replace: (hash: string) => void;
  push: (hash: string) => void;
  subscribe: (onMove: () => void) => () => void;
  nowMs: () => number;
};

export const windowAddress: AddressBar = {
  hash: () => window.location.hash,
  replace: (hash) => window.history.replaceState(null, '', hash),
  push: (hash) => window.history.pushState(null, '', hash),
  subscribe: (onMove) => {
    window.addEventListener('popstate', onMove);
    return () => window.removeEventListener('popstate', onMove);
  },
  nowMs: () => performance.now(),
};

/**
 * Keeps a part of the state and the address of its page the same. A change is a step of the history, so that Back takes
 * it back. An address that a person opens or goes back to sets the state; one that says nothing, such as that of a tab,
 * keeps the state and is completed. Returns the function that ends this.
 */
export function bindAddress({ page, keys, write, read, subscribe }: Addressed, bar: AddressBar): () => void {
  let wasHere = false;
  let changedAtMs = -Infinity;
  const isHere = (): boolean => (pageOf(bar.hash()) || 'situation') === page;
  const complete = (hash: string): string =>
    withQuery(hash, { ...Object.fromEntries(keys.map((key) => [key, ''])), ...write() });
  const look = (): void => {
    const query = parseQuery(bar.hash());
    const arrives = !wasHere;
    wasHere = isHere();
    if (!wasHere) return;
    if (arrives && !keys.some((key) => query[key] !== undefined)) bar.replace(complete(bar.hash() || `#/${page}`));
    else read(query);
  };
  const changed = (): void => {
    const hash = complete(bar.hash() || `#/${page}`);
    if (!isHere() || hash === bar.hash()) return;
    const nowMs = bar.nowMs();
    if (nowMs - changedAtMs < ONE_STEP_MS) bar.replace(hash);
    else bar.push(hash);
    changedAtMs = nowMs;
  };
  look();
  const undo = [bar.subscribe(look), subscribe(changed)];
  return () => undo.forEach((end) => end());
}
