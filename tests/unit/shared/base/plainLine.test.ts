import { expect, it } from 'vitest';
import { plainLine } from '../../../../shared/base/plainLine.ts';

it('writes characters that a terminal obeys as their numbers', () => {
  expect(plainLine('a\u001b[2Jb')).toBe('a\\u{1b}[2Jb');
  expect(plainLine('a\u009b31mb')).toBe('a\\u{9b}31mb');
  expect(plainLine('one\r\ntwo\u0000')).toBe('one\\u{d}\\u{a}two\\u{0}');
  expect(plainLine('gpj\u202egpj.exe\u2066')).toBe('gpj\\u{202e}gpj.exe\\u{2066}');
});

it('leaves what people write as it is', () => {
  for (const text of ['Straße “7” – größer', '給水 1 ＝ 2', '🚒 12 m³/h']) expect(plainLine(text)).toBe(text);
});
