import { wordsIn } from '../foldText.ts';

const SHORTEST_GRAM = 2;
const LONGEST_GRAM = 5;
/** Longer words are no words, and a question has fewer of them. */
const MOST_LETTERS = 30;
const MOST_WORDS = 200;

/** FNV-1a with a last mixing step, as 32 bits; `kind` keeps words, pairs and grams apart. */
function hashOf(text: string, kind: number): number {
  let hash = 0x811c9dc5 ^ kind;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b3c6d) >>> 0;
}

/** The hashed parts of a text: words and pairs of words, and the runs of 2 to 5 letters inside of each word. */
export type TextParts = { words: readonly number[]; grams: readonly number[] };

/** Takes a text apart. Accents, capitals and marks make no difference; runs of letters survive a typing error. */
export function textParts(text: string): TextParts {
  const all = wordsIn(text).slice(0, MOST_WORDS);
  const framed = ['<', ...all, '>'];
  const words = all.map((word) => hashOf(word, 1));
  for (let at = 1; at < framed.length; at++) words.push(hashOf(`${framed[at - 1] ?? ''} ${framed[at] ?? ''}`, 2));
  const grams: number[] = [];
  for (const word of all) {
    const marked = ` ${word.slice(0, MOST_LETTERS)} `;
    for (let length = SHORTEST_GRAM; length <= LONGEST_GRAM; length++)
      for (let at = 0; at + length <= marked.length; at++) grams.push(hashOf(marked.slice(at, at + length), 3));
  }
  return { words, grams };
}
