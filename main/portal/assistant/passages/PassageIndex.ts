import MiniSearch from 'minisearch';
import { wordsIn } from '../foldText.ts';

/** A passage and how well it fits a question; the best has the most. */
export type FoundPassage = { at: number; score: number };

const GRAM = 4;
/** The standard parameters of BM25 (Robertson and Zaragoza 2009). */
const bm25 = { k: 1.2, b: 0.75, d: 0 };
/** How much a sentence vector counts beside the words: it knows what is meant, and not which name is named. */
const VECTOR_SHARE = 0.5;

/** The runs of four letters of each word, and shorter words whole: forms of one word and names with typing errors. */
export function gramsIn(text: string): string[] {
  return wordsIn(text).flatMap((word) => {
    const marked = ` ${word} `;
    return marked.length <= GRAM
      ? [marked]
      : Array.from({ length: marked.length - GRAM + 1 }, (_, at) => marked.slice(at, at + GRAM));
  });
}

function indexOf(texts: readonly string[], tokenize: (text: string) => string[]): MiniSearch {
  const index = new MiniSearch({
    fields: ['text'],
    tokenize,
    processTerm: (term) => term,
    searchOptions: { tokenize, bm25 },
  });
  index.addAll(texts.map((text, id) => ({ id, text })));
  return index;
}

/** The cosine of two vectors of length 1. */
export const cosine = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, each) => sum + value * (b[each] ?? 0), 0);

/** Finds passages by words, by letters and, where there are vectors, by what is meant. */
export class PassageIndex {
  readonly #byWords: MiniSearch;
  readonly #byGrams: MiniSearch;
  readonly #vectors: readonly (readonly Float32Array[])[];

  /** `vectors`: those of each passage's sentences. */
  constructor(texts: readonly string[], vectors: readonly (readonly Float32Array[])[] = []) {
    this.#byWords = indexOf(texts, wordsIn);
    this.#byGrams = indexOf(texts, gramsIn);
    this.#vectors = vectors;
  }

  /** The best passages. Each way of finding counts by its share of that way's best score. */
  find(question: string, most: number, vector?: Float32Array): FoundPassage[] {
    const scores = new Map<number, number>();
    const add = (at: number, score: number): void => void scores.set(at, (scores.get(at) ?? 0) + score);
    for (const index of [this.#byWords, this.#byGrams]) {
      const found = index.search(question);
      const best = found[0]?.score ?? 1;
      for (const { id, score } of found) add(id as number, score / best);
    }
    if (vector !== undefined)
      this.#vectors.forEach((own, at) => {
        const nearest = own.reduce((most, each) => Math.max(most, cosine(each, vector)), 0);
        add(at, VECTOR_SHARE * nearest);
      });
    return [...scores]
      .map(([at, score]) => ({ at, score }))
      .sort((a, b) => b.score - a.score)
      .slice(0, most);
  }
}
