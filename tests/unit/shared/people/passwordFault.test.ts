import { expect, it } from 'vitest';
import { passwordFault } from '../../../../shared/people/passwordFault.ts';

it('asks for length, and for what is not guessed first', () => {
  expect(passwordFault('short', 'Ada')).toContain('at least 10');
  expect(passwordFault('x'.repeat(300), 'Ada')).toContain('at most 200');
  expect(passwordFault('aaaaaaaaaaaa', 'Ada')).toContain('different');
  expect(passwordFault('AdaLovelace1', 'Ada Lovelace')).toBeUndefined();
  expect(passwordFault('ada lovelace1', 'Ada Lovelace')).toContain('more than the name');
  expect(passwordFault('four small words', 'Ada')).toBeUndefined();
});
