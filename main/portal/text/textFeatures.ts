/** The places that features of texts are hashed into; two that fall into one are rare and do little harm. */
export const FEATURE_COUNT = 2 ** 17;
const SHORTEST_GRAM = 3;
const LONGEST_GRAM = 5;
/** What a very long text says about its subject it says early. */
const MOST_CHARACTERS = 4000;

/** What a text consists of, by places. The values of each family together have length 1. */
export type Features = { at: Uint32Array; values: Float32Array };

/** Words in small letters without accents, so that "Farola" and "fárola" are one. */
export const wordsIn = (text: string): string[] =>
  text
    .slice(0, MOST_CHARACTERS)
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .match(/[\p{Letter}\p{Number}]+/gu) ?? [];

/** FNV-1a, by UTF-16 units. */
function placeOf(family: number, text: string): number {
  let hash = 0x811c9dc5 ^ family;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 15)) & (FEATURE_COUNT - 1);
}

function countWords(words: readonly string[]): Map<number, number> {
  const counts = new Map<number, number>();
  const add = (place: number): void => void counts.set(place, (counts.get(place) ?? 0) + 1);
  words.forEach((word, index) => {
    add(placeOf(1, word));
    const next = words[index + 1];
    if (next !== undefined) add(placeOf(2, `${word} ${next}`));
  });
  return counts;
}

/** Pieces of words, by which misspelt and inflected words are still known. */
function countPieces(words: readonly string[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const word of words) {
    const padded = ` ${word} `;
    for (let length = SHORTEST_GRAM; length <= LONGEST_GRAM; length++)
      for (let from = 0; from + length <= padded.length; from++) {
        const place = placeOf(3, padded.slice(from, from + length));
        counts.set(place, (counts.get(place) ?? 0) + 1);
      }
  }
  return counts;
}

/**
 * The words, pairs of words and pieces of words of a text. `weightOf` says how much a feature distinguishes texts; a
 * family is scaled to length 1 so that long and short texts count alike.
 */
export function textFeatures(text: string, weightOf: (place: number) => number = () => 1): Features {
  const words = wordsIn(text);
  const families = [countWords(words), countPieces(words)];
  const size = families.reduce((sum, counts) => sum + counts.size, 0);
  const [at, values] = [new Uint32Array(size), new Float32Array(size)];
  let index = 0;
  for (const counts of families) {
    const begin = index;
    let square = 0;
    for (const [place, count] of counts) {
      const value = (1 + Math.log(count)) * weightOf(place);
      at[index] = place;
      values[index++] = value;
      square += value * value;
    }
    const length = Math.sqrt(square) || 1;
    for (let each = begin; each < index; each++) values[each] = (values[each] ?? 0) / length;
  }
  return { at, values };
}
