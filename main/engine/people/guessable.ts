import type { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { normalPassword, passwordFault } from '../../../shared/people/passwordFault.ts';
import { roles } from '../../../shared/people/person.ts';

/** Ten random characters are just above this, and what is made of a common word with a year below. */
const FEWEST_GUESSES_LOG10 = 9.5;
/** Longer passwords are judged by their beginning, as the work grows with the square of the length. */
const MOST_JUDGED = 40;
/** Words that stand for this product and its use, which a guesser tries here first. */
const ownWords = ['beacon', 'county', 'operations', 'control', 'center', 'control room', 'demo', ...roles];
const ADVICE = 'Take four or more words that do not belong together, such as a sentence of your own.';

let loading: Promise<ZxcvbnFactory> | undefined;

/** The library and its list of common passwords take 30 MB, and most engines never need them. */
async function load(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory: Factory }, { dictionary, adjacencyGraphs }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  return new Factory({ dictionary, graphs: adjacencyGraphs });
}

/** Names as they are, and their words. */
const wordsOf = (names: readonly string[]): string[] => [
  ...new Set(names.flatMap((name) => [name, name.replaceAll(/\s+/g, ''), ...name.split(/\s+/)])),
];

/**
 * What is wrong with a new password, in a sentence that says what to do; undefined where nothing is. `name` is that of
 * the account, `context` are other words that belong to this place, such as the county's name.
 */
export async function findPasswordFault(
  password: string,
  name: string,
  context: readonly string[],
): Promise<string | undefined> {
  const fault = passwordFault(password, name);
  if (fault !== undefined) return fault;
  loading ??= load();
  const words = wordsOf([name.trim(), ...context, ...ownWords]).filter((word) => word.length > 2);
  const judged = Array.from(normalPassword(password)).slice(0, MOST_JUDGED).join('');
  const { guessesLog10, sequence } = (await loading).check(judged, words);
  if (guessesLog10 >= FEWEST_GUESSES_LOG10) return undefined;
  const isOfHere = sequence.some((part) => 'dictionaryName' in part && part.dictionaryName === 'userInputs');
  return isOfHere
    ? `This password is made of the names of the account, the county or Beacon, which are tried first. ${ADVICE}`
    : `This password is easy to guess: lists of common passwords lead to it quickly. ${ADVICE}`;
}
