/** A guess at a question that was not trained with, and whether it is right. */
export type CheckedGuess = { score: number; isRight: boolean };

/** A wrong answer harms more than a question that has to be asked again. */
const WRONG_COUNTS = 2;

/**
 * The score below which a guess counts as "none of these": the one at which the right guesses above it exceed twice the
 * wrong ones by the most. It needs no foreign questions, and refuses more where the classifier is less sure.
 */
export function thresholdOf(guesses: readonly CheckedGuess[]): number {
  let gain = 0;
  let best = { gain: 0, score: -Infinity };
  for (const { score, isRight } of guesses.toSorted((a, b) => b.score - a.score)) {
    gain += isRight ? 1 : -WRONG_COUNTS;
    if (gain > best.gain) best = { gain, score };
  }
  return best.score;
}
