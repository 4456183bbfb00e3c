import { PartIndex } from '../assistant/intents/PartIndex.ts';
import { SoftmaxModel } from '../assistant/intents/SoftmaxModel.ts';

/** A text and what it is about. */
export type Example<L extends string> = { text: string; label: L };
/** How likely it is that a text is about something: all shares together are 1. */
export type Guess<L extends string> = { label: L; share: number };

/** A few letters that also stand in known words say nothing. */
const FEWEST_PARTS = 6;
const TRAINING = { passes: 6, step: 0.2 };

/** The labels with the share of the examples that have each, the commonest first. */
function sharesOf<L extends string>(examples: readonly Example<L>[]): Guess<L>[] {
  return [...Map.groupBy(examples, ({ label }) => label)]
    .map(([label, own]) => ({ label, share: own.length / examples.length }))
    .sort((a, b) => b.share - a.share);
}

/** Says what a text is about, by examples: a softmax over hashed word and letter n-grams, as the assistant uses it. */
export class TextClassifier<L extends string> {
  readonly #usual: readonly Guess<L>[];
  readonly #index: PartIndex;
  readonly #model: SoftmaxModel;

  constructor(examples: readonly Example<L>[]) {
    this.#usual = sharesOf(examples);
    const numbers = new Map(this.#usual.map(({ label }, at) => [label, at]));
    this.#index = new PartIndex(examples.map(({ text }) => text));
    this.#model = new SoftmaxModel(this.#index.columnCount, numbers.size);
    this.#model.train(
      examples.map(({ text }) => this.#index.row(text)),
      Uint32Array.from(examples, ({ label }) => numbers.get(label) ?? 0),
      TRAINING,
    );
  }

  /** The most likely first. A text of which nothing is known is judged by how common each label is. */
  classify(text: string): Guess<L>[] {
    const row = this.#index.row(text);
    if (row.columns.length < FEWEST_PARTS) return [...this.#usual];
    const shares = this.#model.probabilities(row);
    return this.#usual.map(({ label }, at) => ({ label, share: shares[at] ?? 0 })).sort((a, b) => b.share - a.share);
  }
}
