import { useCallback, useState } from 'react';
import { usePart } from '../ui/useReadable.ts';
import type { Draft } from './drafts.ts';
import { useLive } from './hooks.ts';

/** A field whose present value is neither what the person saw when typing began nor what the person typed. */
type ChangedField<K extends string> = { name: K; theirs: string };

/** The fields of a form as their person has typed them, kept until the form is sent or given up. */
export type FormDraft<K extends string> = {
  values: Readonly<Record<K, string>>;
  /** True when something was typed. */
  isBegun: boolean;
  /** What others have changed since the person began to type. */
  changed: readonly ChangedField<K>[];
  set: (name: K, value: string) => void;
  setAll: (values: Readonly<Partial<Record<K, string>>>) => void;
  /** Goes on with what was typed, or takes what others wrote; either way the change has been seen. */
  settle: (name: K, choice: 'mine' | 'theirs') => void;
  end: () => void;
};

/** The fields that somebody else has changed while this draft was written. */
export const changedFields = <K extends string>(
  draft: Pick<Draft, 'values' | 'base'> | undefined,
  present: Readonly<Record<K, string>>,
): ChangedField<K>[] =>
  draft === undefined
    ? []
    : (Object.keys(present) as K[]).flatMap((name) => {
        const theirs = present[name];
        const isChanged = draft.base[name] !== undefined && theirs !== draft.base[name];
        return isChanged && theirs !== draft.values[name] ? [{ name, theirs }] : [];
      });

/** The key of a form: what it sends, and what it is about. */
export const draftKey = (form: string, ...about: readonly string[]): string => [form, ...about].join(':');

/**
 * The draft of a form. `present` is what its fields show before anybody types: empty, or the values that they change.
 * What is typed is kept at once, so that it survives a locked screen, a reload, a crash of the page, and the changes of
 * others.
 */
export function useDraft<K extends string>(key: string, present: Readonly<Record<K, string>>): FormDraft<K> {
  const { drafts } = useLive();
  const draft = usePart(
    drafts.all,
    useCallback((all: ReadonlyMap<string, Draft> | undefined) => all?.get(key), [key]),
  );
  const values = { ...present, ...draft?.values };
  const setAll: FormDraft<K>['setAll'] = (changes) => {
    const before = drafts.get(key);
    const next: Record<string, string> = { ...present, ...before?.values, ...changes };
    const isAsShown = Object.entries(next).every(
      ([name, value]) => value === (present[name as K] as string | undefined),
    );
    if (isAsShown) drafts.end(key);
    else drafts.set(key, { values: next, base: before?.base ?? present });
  };
  return {
    values,
    isBegun: draft !== undefined,
    changed: changedFields(draft, present),
    set: (name, value) => setAll({ [name]: value } as Partial<Record<K, string>>),
    setAll,
    settle: (name, choice) => {
      const before = drafts.get(key);
      if (before === undefined) return;
      const theirs = choice === 'theirs' ? { [name]: present[name] } : {};
      drafts.set(key, { values: { ...before.values, ...theirs }, base: { ...before.base, [name]: present[name] } });
    },
    end: () => drafts.end(key),
  };
}

/**
 * Whether a form that opens on demand is open. A form with a draft is open from the start, because its person was in
 * the middle of it.
 */
export function useFormOpen(key: string): [boolean, (isOpen: boolean) => void] {
  const { drafts } = useLive();
  return useState(() => drafts.get(key) !== undefined);
}

/** Which of several forms is open, of which one is shown at a time; the first one with a draft is open at the start. */
export function useOpenForm<F extends string>(
  keys: Readonly<Record<F, string>>,
): [F | undefined, (form: F | undefined) => void] {
  const { drafts } = useLive();
  return useState(() => (Object.keys(keys) as F[]).find((form) => drafts.get(keys[form]) !== undefined));
}
