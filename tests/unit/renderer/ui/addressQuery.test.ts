import { expect, it } from 'vitest';
import { bindAddress, parseQuery, withQuery } from '../../../../renderer/ui/addressQuery.ts';
import type { AddressBar } from '../../../../renderer/ui/addressQuery.ts';
import { createStore } from '../../../../renderer/ui/store.ts';

/** The address bar and the history of a window, in memory. */
class FakeBar implements AddressBar {
  readonly entries: string[];
  at = 0;
  atMs = 0;
  readonly #listeners = new Set<() => void>();

  constructor(hash: string) {
    this.entries = [hash];
  }
  readonly hash = (): string => this.entries[this.at] ?? '';
  readonly nowMs = (): number => this.atMs;
  readonly replace = (hash: string): void => void (this.entries[this.at] = hash);
  readonly push = (hash: string): void => {
    this.entries.splice(++this.at, Infinity, hash);
  };
  readonly subscribe = (onMove: () => void): (() => void) => {
    this.#listeners.add(onMove);
    return () => this.#listeners.delete(onMove);
  };
  go(step: number): void {
    this.at += step;
    for (const listener of this.#listeners) listener();
  }
  /** As a link does it. */
  open(hash: string): void {
    this.push(hash);
    this.go(0);
  }
}

function bound(hash: string): { bar: FakeBar; color: ReturnType<typeof createStore<string>>; end: () => void } {
  const bar = new FakeBar(hash);
  const color = createStore('');
  const end = bindAddress(
    {
      page: 'paint',
      keys: ['color'],
      write: () => ({ color: color.get() }),
      read: ({ color: next = '' }) => color.set(next),
      subscribe: color.subscribe,
    },
    bar,
  );
  return { bar, color, end };
}

it('reads and writes entries and leaves others alone', () => {
  expect(parseQuery('#/paint/3?color=red&size=a%20b')).toEqual({ color: 'red', size: 'a b' });
  expect(parseQuery('#/paint')).toEqual({});
  expect(withQuery('#/paint?size=4&color=red', { color: 'alarm:a,b' })).toBe('#/paint?size=4&color=alarm:a,b');
  expect(withQuery('#/paint?color=red', { color: '' })).toBe('#/paint');
});

it('opens a deep link', () => {
  expect(bound('#/paint?color=red').color.get()).toBe('red');
});

it('takes each change back by Back, and again by Forward', () => {
  const { bar, color } = bound('#/paint');
  for (const each of ['red', 'blue']) {
    bar.atMs += 5000;
    color.set(each);
  }
  expect(bar.hash()).toBe('#/paint?color=blue');
  bar.go(-1);
  expect(color.get()).toBe('red');
  bar.go(-1);
  expect(color.get()).toBe('');
  bar.go(2);
  expect(color.get()).toBe('blue');
  expect(bar.entries).toHaveLength(3);
});

it('makes one step of what changes within a moment', () => {
  const { bar, color } = bound('#/paint');
  bar.atMs = 5000;
  for (const each of ['red', 'blue', 'green']) color.set(each);
  expect(bar.entries).toEqual(['#/paint', '#/paint?color=green']);
});

it('keeps the state when a tab leads back to the page, and completes its address', () => {
  const { bar, color } = bound('#/paint');
  bar.atMs = 5000;
  color.set('red');
  bar.open('#/other');
  color.set('blue');
  expect(bar.hash()).toBe('#/other');
  bar.open('#/paint');
  expect(color.get()).toBe('blue');
  expect(bar.hash()).toBe('#/paint?color=blue');
  bar.go(-2);
  expect(color.get()).toBe('red');
});

it('ends', () => {
  const { bar, color, end } = bound('#/paint');
  end();
  bar.atMs = 5000;
  color.set('red');
  expect(bar.hash()).toBe('#/paint');
});
