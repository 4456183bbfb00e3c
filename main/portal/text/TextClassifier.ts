import { FEATURE_COUNT, textFeatures } from './textFeatures.ts';
import type { Features } from './textFeatures.ts';

/** A text and what it is about. */
export type Example<L extends string> = { text: string; label: L };
/** How likely it is that a text is about something: all shares together are 1. */
export type Guess<L extends string> = { label: L; share: number };

const EPOCHS = 8;
const STEP = 0.5;
/** Keeps weights small that only one example needs. */
const DECAY = 1e-6;

/** Pseudo-random numbers of a fixed seed: the same examples always make the same classifier. */
function makeRandom(): (below: number) => number {
  let state = 0x9e3779b9;
  return (below) => {
    state = Math.imul(state ^ (state >>> 16), 0x45d9f3b) + 0x6d2b79f5;
    return ((state ^ (state >>> 15)) >>> 0) % below;
  };
}

function shuffle(order: Uint32Array, random: (below: number) => number): void {
  for (let at = order.length - 1; at > 0; at--) {
    const other = random(at + 1);
    const kept = order[at] ?? 0;
    order[at] = order[other] ?? 0;
    order[other] = kept;
  }
}

/** How much a feature distinguishes texts: the fewer have it, the more (inverse document frequency). */
function weightsOf(texts: readonly string[]): Float32Array {
  const counts = new Float32Array(FEATURE_COUNT);
  for (const text of texts) for (const place of textFeatures(text).at) counts[place] = (counts[place] ?? 0) + 1;
  return counts.map((count) => Math.log((1 + texts.length) / (1 + count)) + 1);
}

/** Makes scores into shares that together are 1. */
function softmax(scores: Float64Array): void {
  const highest = scores.reduce((most, each) => Math.max(most, each), Number.NEGATIVE_INFINITY);
  let sum = 0;
  scores.forEach((score, at) => (sum += scores[at] = Math.exp(score - highest)));
  scores.forEach((share, at) => (scores[at] = share / sum));
}

/**
 * Says what a text is about, by examples: softmax regression over hashed words and pieces of words, trained by
 * stochastic gradient descent with steps of their own per weight (AdaGrad).
 */
export class TextClassifier<L extends string> {
  readonly #labels: readonly L[];
  readonly #rarity: Float32Array;
  /** Per feature the weights of all labels, one after the other. */
  readonly #weights: Float32Array;
  readonly #bias: Float64Array;

  constructor(examples: readonly Example<L>[]) {
    this.#labels = [...new Set(examples.map(({ label }) => label))];
    this.#rarity = weightsOf(examples.map(({ text }) => text));
    this.#weights = new Float32Array(FEATURE_COUNT * this.#labels.length);
    this.#bias = new Float64Array(this.#labels.length);
    this.#train(examples);
  }

  /** The most likely first. A text without words is judged by how common each label is. */
  classify(text: string): Guess<L>[] {
    const shares = this.#shares(this.#features(text));
    return this.#labels.map((label, at) => ({ label, share: shares[at] ?? 0 })).sort((a, b) => b.share - a.share);
  }

  #features(text: string): Features {
    return textFeatures(text, (place) => this.#rarity[place] ?? 1);
  }

  #shares({ at, values }: Features): Float64Array {
    const count = this.#labels.length;
    const scores = Float64Array.from(this.#bias);
    for (let index = 0; index < at.length; index++) {
      const begin = (at[index] ?? 0) * count;
      const value = values[index] ?? 0;
      for (let label = 0; label < count; label++)
        scores[label] = (scores[label] ?? 0) + value * (this.#weights[begin + label] ?? 0);
    }
    softmax(scores);
    return scores;
  }

  #train(examples: readonly Example<L>[]): void {
    const features = examples.map(({ text }) => this.#features(text));
    const labels = examples.map(({ label }) => this.#labels.indexOf(label));
    const squares = new Float32Array(this.#weights.length).fill(1e-2);
    const order = Uint32Array.from(examples, (_, at) => at);
    const random = makeRandom();
    for (let epoch = 0; epoch < EPOCHS; epoch++) {
      shuffle(order, random);
      for (const each of order) {
        const own = features[each];
        if (own !== undefined) this.#step(own, labels[each] ?? 0, squares);
      }
    }
  }

  #step({ at, values }: Features, right: number, squares: Float32Array): void {
    const count = this.#labels.length;
    const errors = this.#shares({ at, values });
    errors[right] = (errors[right] ?? 0) - 1;
    for (let label = 0; label < count; label++)
      this.#bias[label] = (this.#bias[label] ?? 0) - 0.01 * (errors[label] ?? 0);
    for (let index = 0; index < at.length; index++) {
      const begin = (at[index] ?? 0) * count;
      const value = values[index] ?? 0;
      for (let label = 0; label < count; label++) {
        const place = begin + label;
        const weight = this.#weights[place] ?? 0;
        const gradient = (errors[label] ?? 0) * value + DECAY * weight;
        const square = (squares[place] ?? 0) + gradient * gradient;
        squares[place] = square;
        this.#weights[place] = weight - (STEP * gradient) / Math.sqrt(square);
      }
    }
  }
}
