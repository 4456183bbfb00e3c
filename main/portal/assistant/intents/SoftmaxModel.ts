import type { SparseRow } from './PartIndex.ts';

/** How a model is trained: passes over the rows, and the first step of AdaGrad (Duchi et al. 2011). */
export type Training = { passes: number; step: number };

const EASY_START = 1e-6;
/** Classes whose probability is right to this are left as they are: after the first pass these are nearly all. */
const RIGHT_ENOUGH = 1e-3;

/** A fixed sequence in [0, 1) of a linear congruential generator: the same rows train the same model. */
function fixedSequence(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function shuffle(order: Uint32Array, random: () => number): void {
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    const kept = order[at] ?? 0;
    order[at] = order[other] ?? 0;
    order[other] = kept;
  }
}

/** Multinomial logistic regression: a weight per column and class. */
export class SoftmaxModel {
  readonly #classCount: number;
  readonly #weights: Float32Array;

  constructor(columnCount: number, classCount: number) {
    this.#classCount = classCount;
    this.#weights = new Float32Array(columnCount * classCount);
  }

  /** Trains on rows and the numbers of their classes. */
  train(rows: readonly SparseRow[], classes: Uint32Array, { passes, step }: Training): void {
    const squares = new Float32Array(this.#weights.length).fill(EASY_START);
    const order = Uint32Array.from(rows, (_, at) => at);
    const random = fixedSequence();
    for (let pass = 0; pass < passes; pass++) {
      shuffle(order, random);
      for (const at of order) {
        const row = rows[at];
        if (row !== undefined) this.#learn(row, classes[at] ?? 0, step, squares);
      }
    }
  }

  #learn(row: SparseRow, wanted: number, step: number, squares: Float32Array): void {
    const { columns, values } = row;
    const weights = this.#weights;
    const errors = this.probabilities(row);
    errors[wanted] = (errors[wanted] ?? 0) - 1;
    const wrong = Uint32Array.from(errors.keys()).filter((each) => Math.abs(errors[each] ?? 0) > RIGHT_ENOUGH);
    for (let entry = 0; entry < columns.length; entry++) {
      const start = (columns[entry] ?? 0) * this.#classCount;
      const value = values[entry] ?? 0;
      for (const each of wrong) {
        const slope = value * (errors[each] ?? 0);
        const square = (squares[start + each] ?? 0) + slope * slope;
        squares[start + each] = square;
        weights[start + each] = (weights[start + each] ?? 0) - (step * slope) / Math.sqrt(square);
      }
    }
  }

  /** The probability of each class. */
  probabilities({ columns, values }: SparseRow): Float64Array {
    const weights = this.#weights;
    const count = this.#classCount;
    const sums = new Float64Array(count);
    for (let entry = 0; entry < columns.length; entry++) {
      const start = (columns[entry] ?? 0) * count;
      const value = values[entry] ?? 0;
      for (let each = 0; each < count; each++) sums[each] = (sums[each] ?? 0) + value * (weights[start + each] ?? 0);
    }
    return toProbabilities(sums);
  }
}

/** Turns logarithms of odds into probabilities, in place. */
export function toProbabilities(logs: Float64Array): Float64Array {
  const most = logs.reduce((a, b) => Math.max(a, b), -Infinity);
  let sum = 0;
  for (let each = 0; each < logs.length; each++) {
    const odds = Math.exp((logs[each] ?? 0) - most);
    logs[each] = odds;
    sum += odds;
  }
  for (let each = 0; each < logs.length; each++) logs[each] = (logs[each] ?? 0) / sum;
  return logs;
}
