import { describe, expect, it } from 'vitest';
import { createDrafts } from '../../../../renderer/client/drafts.ts';
import type { Drafts } from '../../../../renderer/client/drafts.ts';
import { changedFields } from '../../../../renderer/client/useDraft.ts';
import { memoryStorage } from '../../../support/memoryStorage.ts';

const DAY = 86_400_000;
const note = (text: string): Parameters<Drafts['set']>[1] => ({ values: { text }, base: { text: '' } });
const open = (storage: Storage, personId: string | undefined, nowMs = 0): Drafts => {
  const drafts = createDrafts(storage, () => nowMs);
  drafts.enter(personId);
  return drafts;
};
const textOf = (drafts: Drafts): string | undefined => drafts.get('note:I-1')?.values['text'];

describe('drafts', () => {
  it('outlive the page, and belong to the account that typed them', () => {
    const storage = memoryStorage();
    open(storage, 'ann').set('note:I-1', note('Two cars'));
    expect(textOf(open(storage, 'ann'))).toBe('Two cars');
    const screen = open(storage, 'ben');
    expect([textOf(screen), screen.ofOthers()]).toEqual([undefined, 1]);
    screen.set('note:I-1', note('One bus'));
    // The screen is locked, and Ann comes back to it.
    screen.enter(undefined);
    expect(textOf(screen)).toBeUndefined();
    screen.enter('ann');
    expect(textOf(screen)).toBe('Two cars');
  });

  it('end when they are sent, and all of them when somebody signs out', () => {
    const storage = memoryStorage();
    const [ann, ben] = [open(storage, 'ann'), open(storage, 'ben')];
    ann.set('note:I-1', note('Two cars'));
    ann.set('note:I-2', note('Oil'));
    ben.set('note:I-1', note('One bus'));
    ann.end('note:I-2');
    expect([...open(storage, 'ann').all.get().keys()]).toEqual(['note:I-1']);
    ben.clear();
    expect([storage.length, open(storage, 'ann').all.get().size, ben.all.get().size]).toEqual([0, 0, 0]);
  });

  it('are bounded, forgotten after a week, and no obstacle where the storage is full or holds rubbish', () => {
    const storage = memoryStorage();
    const ann = open(storage, 'ann');
    for (let i = 0; i < 120; i++) ann.set(`note:I-${i}`, note('x'));
    expect([ann.all.get().size, ann.get('note:I-0'), textOf(ann)]).toEqual([100, undefined, undefined]);
    expect(open(storage, 'ann', 8 * DAY).all.get().size).toBe(0);
    expect(storage.length).toBe(0);
    storage.setItem('beacon.draft.ann.note:I-1', '{"values":{"text":7}}');
    expect(textOf(open(storage, 'ann'))).toBeUndefined();
    const full = memoryStorage();
    full.setItem = () => {
      throw new Error('QuotaExceededError');
    };
    const screen = open(full, 'ann');
    screen.set('note:I-1', note('Two cars'));
    expect(textOf(screen)).toBe('Two cars');
  });
});

describe('a change by somebody else', () => {
  const draft = { values: { name: 'Mine', place: 'Here' }, base: { name: 'Was', place: 'There' } };

  it('is told where it is neither what was there nor what was typed', () => {
    expect(changedFields(draft, { name: 'Was', place: 'There' })).toEqual([]);
    expect(changedFields(draft, { name: 'Theirs', place: 'There' })).toEqual([{ name: 'name', theirs: 'Theirs' }]);
    expect(changedFields(draft, { name: 'Mine', place: 'There' })).toEqual([]);
    expect(changedFields(undefined, { name: 'Theirs', place: 'There' })).toEqual([]);
  });
});
