import { createStore } from '../ui/store.ts';
import type { Readable } from '../ui/store.ts';

/**
 * What a person has typed into a form and not sent. `base`: what the fields showed when the person began to type, by
 * which it is known what others have changed since.
 */
export type Draft = { values: Readonly<Record<string, string>>; base: Readonly<Record<string, string>>; atMs: number };

/** The drafts of the person at this screen, by the key of their form. */
export type Drafts = {
  all: Readable<ReadonlyMap<string, Draft>>;
  get: (key: string) => Draft | undefined;
  set: (key: string, draft: Omit<Draft, 'atMs'>) => void;
  /** The form was sent, or given up on purpose. */
  end: (key: string) => void;
  /** Another person is at this screen, or nobody: only that person's drafts are there from now on. */
  enter: (personId: string | undefined) => void;
  /** Removes every draft of every account from this workstation. */
  clear: () => void;
  /** How many drafts other accounts have left at this workstation. */
  ofOthers: () => number;
};

const PREFIX = 'beacon.draft.';
/** What nobody has touched for this long is no longer wanted. */
const KEPT_MS = 7 * 86_400_000;
const MOST_DRAFTS = 100;

const isTexts = (value: unknown): value is Record<string, string> =>
  typeof value === 'object' && value !== null && Object.values(value).every((each) => typeof each === 'string');

/** Parses a stored draft; undefined where the text is none. */
function parseDraft(text: string | null): Draft | undefined {
  try {
    const stored = JSON.parse(text ?? '') as Partial<Record<keyof Draft, unknown>> | null;
    const { values, base, atMs } = stored ?? {};
    return isTexts(values) && isTexts(base) && typeof atMs === 'number' ? { values, base, atMs } : undefined;
  } catch {
    return undefined;
  }
}

/** The names under which drafts are stored; `owner` is part of each, so that nobody is given another's. */
const ownerPrefix = (personId: string): string => `${PREFIX}${encodeURIComponent(personId)}.`;
const namesIn = (storage: Storage, prefix: string): string[] =>
  Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '').filter((name) =>
    name.startsWith(prefix),
  );

function load(storage: Storage, prefix: string, nowMs: number): Map<string, Draft> {
  const drafts = new Map<string, Draft>();
  for (const name of namesIn(storage, prefix)) {
    const draft = parseDraft(storage.getItem(name));
    if (draft === undefined || nowMs - draft.atMs > KEPT_MS) storage.removeItem(name);
    else drafts.set(name.slice(prefix.length), draft);
  }
  return drafts;
}

/**
 * Keeps drafts in a storage that outlives the page, each under a name of its own, so that two windows do not overwrite
 * each other. Writing at once, and not after a pause, is what makes a draft survive the death of the page.
 */
export function createDrafts(storage: Storage, nowMs: () => number): Drafts {
  const all = createStore<ReadonlyMap<string, Draft>>(new Map());
  let prefix: string | undefined;

  const change = (edit: (drafts: Map<string, Draft>) => void): void => {
    const next = new Map(all.get());
    edit(next);
    all.set(next);
  };
  const end = (key: string): void => {
    if (prefix !== undefined) storage.removeItem(prefix + key);
    if (all.get().has(key)) change((drafts) => drafts.delete(key));
  };
  const store = (key: string, draft: Draft): void => {
    if (prefix === undefined) return;
    try {
      storage.setItem(prefix + key, JSON.stringify(draft));
    } catch {
      // A full storage must not stop anybody from typing; the draft then lasts as long as the page.
    }
  };
  return {
    all,
    get: (key) => all.get().get(key),
    set: (key, draft) => {
      const kept = { ...draft, atMs: nowMs() };
      store(key, kept);
      change((drafts) => {
        drafts.delete(key);
        drafts.set(key, kept);
      });
      const [oldest] = all.get().keys();
      if (all.get().size > MOST_DRAFTS && oldest !== undefined) end(oldest);
    },
    end,
    enter: (personId) => {
      prefix = personId === undefined ? undefined : ownerPrefix(personId);
      all.set(prefix === undefined ? new Map() : load(storage, prefix, nowMs()));
    },
    clear: () => {
      for (const name of namesIn(storage, PREFIX)) storage.removeItem(name);
      all.set(new Map());
    },
    ofOthers: () => namesIn(storage, PREFIX).length - (prefix === undefined ? 0 : namesIn(storage, prefix).length),
  };
}
