import { textParts } from './textParts.ts';

/** A row of numbers of which most are 0: the columns that are not, and their values. */
export type SparseRow = { readonly columns: Uint32Array; readonly values: Float32Array };

/** What stands in a single text says nothing about the next one. */
const FEWEST_TEXTS = 2;

/** The parts that the texts of a training set share, each with its column and with how rare it is. */
export class PartIndex {
  readonly #columns = new Map<number, number>();
  readonly #rarity: Float32Array;

  constructor(texts: readonly string[]) {
    const textsWith = new Map<number, number>();
    for (const text of texts) {
      const { words, grams } = textParts(text);
      for (const part of new Set([...words, ...grams])) textsWith.set(part, (textsWith.get(part) ?? 0) + 1);
    }
    const shared = [...textsWith].filter(([, count]) => count >= FEWEST_TEXTS);
    shared.forEach(([part], column) => this.#columns.set(part, column));
    this.#rarity = Float32Array.from(shared, ([, count]) => 1 + Math.log(texts.length / count));
  }

  get columnCount(): number {
    return this.#rarity.length;
  }

  /** Term frequency by rarity (TF-IDF); words and grams count the same, and the row has the length 1. */
  row(text: string): SparseRow {
    const { words, grams } = textParts(text);
    const halves = [this.#weigh(words), this.#weigh(grams)].filter(({ size }) => size > 0);
    const share = 1 / Math.sqrt(Math.max(1, halves.length));
    const columns = halves.flatMap((half) => [...half.keys()]);
    const values = halves.flatMap((half) => [...half.values()].map((value) => value * share));
    return { columns: Uint32Array.from(columns), values: Float32Array.from(values) };
  }

  #weigh(parts: readonly number[]): Map<number, number> {
    const weights = new Map<number, number>();
    for (const part of parts) {
      const column = this.#columns.get(part);
      if (column !== undefined) weights.set(column, (weights.get(column) ?? 0) + 1);
    }
    let square = 0;
    for (const [column, count] of weights) {
      const weight = (1 + Math.log(count)) * (this.#rarity[column] ?? 0);
      weights.set(column, weight);
      square += weight * weight;
    }
    const length = Math.sqrt(square);
    for (const [column, weight] of weights) weights.set(column, weight / length);
    return weights;
  }
}
