import { expect, it } from 'vitest';
import { findPasswordFault } from '../../../../../main/engine/people/guessable.ts';

const judge = (password: string): Promise<string | undefined> =>
  findPasswordFault(password, 'Tess Miller', ['Linden County']);

it.each([
  '1234567890',
  'Passw0rd123',
  'administrator',
  'Administrator1',
  'qwertyuiop',
  '1q2w3e4r5t',
  'passwordpassword',
  'letmein12345',
  'Sommer2026!!',
  'beacon2026!',
  'LindenCounty1',
  'l1nd3n c0unty',
  'tessmiller1',
  'Operations2026',
])('refuses %s, and says what to do', async (password) => {
  expect(await judge(password)).toContain('Take four or more words');
});

it.each(['harbour lights at six', 'a sentence about linden trees', 'xK4#9vQz2p', 'correct horse battery staple'])(
  'takes %s',
  async (password) => {
    expect(await judge(password)).toBeUndefined();
  },
);

it('names what is of this place, and keeps the rules of length', async () => {
  expect(await judge('lindencounty2026')).toContain('the names of the account, the county or Beacon');
  expect(await judge('Passw0rd123')).toContain('lists of common passwords');
  expect(await judge('short')).toBe('A password has at least 10 characters.');
});

it('judges the longest password in a moment', async () => {
  const words = Array.from({ length: 20 }, (_, at) => `word${String(at * at)}`);
  expect(await judge(words.join(' '))).toBeUndefined();
});
