import { expect, it } from 'vitest';
import { chooseKey, keyFor, keyMeaning, parseKeys, usualKeys } from '../../../../renderer/ui/keyChoice.ts';

it('leaves the usual keys as they are, in capitals too', () => {
  for (const key of ['a', '1', '?']) expect(keyMeaning(key, usualKeys)).toBe(key);
  expect(keyMeaning('A', usualKeys)).toBe('a');
});

it('gives an action another key, and the usual one nothing', () => {
  const choice = chooseKey(usualKeys, 'd', 'x');
  expect(keyFor('d', choice)).toBe('x');
  expect(keyMeaning('x', choice)).toBe('d');
  expect(keyMeaning('d', choice)).toBeUndefined();
  expect(chooseKey(choice, 'd', 'd')).toEqual(usualKeys);
});

it('lets two actions change places', () => {
  const choice = chooseKey(chooseKey(usualKeys, 'a', 's'), 's', 'a');
  expect(['a', 's'].map((key) => keyMeaning(key, choice))).toEqual(['s', 'a']);
});

it('switches single characters off, and never Escape, the space bar or the arrows', () => {
  const off = { ...usualKeys, areKeysOn: false };
  for (const key of ['a', '1', '?']) expect(keyMeaning(key, off)).toBeUndefined();
  for (const key of ['Escape', ' ', 'ArrowUp', 'Enter']) expect(keyMeaning(key, off)).toBe(key);
});

it.each([undefined, null, 7, [], { ab: 'c' }, { a: 'long' }, { a: ' ' }, { a: 3 }])('falls back for %j', (keys) => {
  expect(parseKeys(keys, undefined)).toEqual(usualKeys);
});

it('reads what was stored', () => {
  expect(parseKeys({ d: 'x' }, false)).toEqual({ keys: { d: 'x' }, areKeysOn: false });
});
