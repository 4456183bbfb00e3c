import { PartIndex } from './PartIndex.ts';
import type { SparseRow } from './PartIndex.ts';
import { SharedSpread } from './SharedSpread.ts';
import { SoftmaxModel, toProbabilities } from './SoftmaxModel.ts';

/** A text whose intent is known. `vector`: of the sentence, of length 1, where the language has such a model. */
export type IntentExample = { text: string; intent: string; vector?: Float32Array };
/**
 * What a text asks for most probably. `score` says how well it fits at all (a logarithm: higher is better), and is
 * compared with the threshold below which the answer is "none of these".
 */
export type IntentGuess = {
  intent: string;
  probability: number;
  /** The likeliest intents, the first one among them. */
  ranked: readonly { intent: string; probability: number }[];
  score: number;
};

const PARTS_TRAINING = { passes: 6, step: 0.3 };
const VECTOR_TRAINING = { passes: 8, step: 0.3 };
/** Vectors of length 1 differ little from their mean: this brings them to the size of the other rows. */
const VECTOR_SCALE = 4;
const LEAST = 1e-6;
const MOST_RANKED = 5;

/** A linear model on sentence vectors, with how far a vector lies from what is known. */
type VectorSide = { mean: Float32Array; model: SoftmaxModel; spread: SharedSpread };

function meanOf(vectors: readonly Float32Array[]): Float32Array {
  const mean = new Float32Array(vectors[0]?.length ?? 0);
  for (const vector of vectors)
    for (let each = 0; each < mean.length; each++)
      mean[each] = (mean[each] ?? 0) + (vector[each] ?? 0) / vectors.length;
  return mean;
}

function vectorRow(vector: Float32Array, mean: Float32Array): SparseRow {
  return {
    columns: Uint32Array.from(vector, (_, each) => each),
    values: vector.map((value, each) => (value - (mean[each] ?? 0)) * VECTOR_SCALE),
  };
}

/** Where every example has a vector of the same length, both models are trained. */
function vectorSide(
  examples: readonly IntentExample[],
  classes: Uint32Array,
  classCount: number,
): VectorSide | undefined {
  const vectors = examples.flatMap(({ vector }) => vector ?? []);
  if (vectors.length < examples.length || vectors.length === 0) return undefined;
  const mean = meanOf(vectors);
  const model = new SoftmaxModel(mean.length, classCount);
  model.train(
    vectors.map((vector) => vectorRow(vector, mean)),
    classes,
    VECTOR_TRAINING,
  );
  return { mean, model, spread: new SharedSpread(vectors, classes, classCount) };
}

/**
 * Finds what a text asks for: the geometric mean of a softmax over hashed word and letter n-grams and, where there are
 * sentence vectors, of a linear model on them.
 */
export class IntentClassifier {
  readonly #intents: readonly string[];
  readonly #index: PartIndex;
  readonly #parts: SoftmaxModel;
  readonly #vectors: VectorSide | undefined;

  constructor(examples: readonly IntentExample[]) {
    this.#intents = [...new Set(examples.map(({ intent }) => intent))].sort();
    const numbers = new Map(this.#intents.map((intent, at) => [intent, at]));
    const classes = Uint32Array.from(examples, ({ intent }) => numbers.get(intent) ?? 0);
    this.#index = new PartIndex(examples.map(({ text }) => text));
    this.#parts = new SoftmaxModel(this.#index.columnCount, this.#intents.length);
    this.#parts.train(
      examples.map(({ text }) => this.#index.row(text)),
      classes,
      PARTS_TRAINING,
    );
    this.#vectors = vectorSide(examples, classes, this.#intents.length);
  }

  classify(text: string, vector?: Float32Array): IntentGuess {
    const logs = this.#parts.probabilities(this.#index.row(text)).map((each) => Math.log(each + LEAST));
    const side = vector === undefined ? undefined : this.#vectors;
    if (side !== undefined && vector !== undefined)
      side.model.probabilities(vectorRow(vector, side.mean)).forEach((probability, each) => {
        logs[each] = ((logs[each] ?? 0) + Math.log(probability + LEAST)) / 2;
      });
    const probabilities = toProbabilities(logs);
    const order = [...probabilities.keys()].sort((a, b) => (probabilities[b] ?? 0) - (probabilities[a] ?? 0));
    const [first = 0] = order;
    const probability = probabilities[first] ?? 0;
    const distance = side === undefined || vector === undefined ? 0 : side.spread.distance(vector, first);
    return {
      intent: this.#intents[first] ?? '',
      probability,
      ranked: order
        .slice(0, MOST_RANKED)
        .map((each) => ({ intent: this.#intents[each] ?? '', probability: probabilities[each] ?? 0 })),
      score: Math.log(probability + LEAST) - distance,
    };
  }
}
