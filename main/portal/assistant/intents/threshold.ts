/** A guess at a question that was not trained with, and whether it is right. */
export type CheckedGuess = { score: number; isRight: boolean };

/** A wrong answer harms as much as so many questions that have to be asked again. */
const WRONG_COUNTS = 2;
const STEPS = 50;
/** Keeps the slope finite where no wrong guess lies above a right one. */
const RIDGE = 1e-2;

/** Logistic regression of one variable by Newton's method: how probably a guess of a score is right. */
function fitLogistic(guesses: readonly CheckedGuess[]): { slope: number; offset: number } {
  let [slope, offset] = [0, 0];
  for (let step = 0; step < STEPS; step++) {
    let [bySlope, byOffset, slopeTwice, both, offsetTwice] = [RIDGE * slope, RIDGE * offset, RIDGE, 0, RIDGE];
    for (const { score, isRight } of guesses) {
      const probability = 1 / (1 + Math.exp(-(slope * score + offset)));
      const error = probability - (isRight ? 1 : 0);
      const weight = probability * (1 - probability);
      bySlope += error * score;
      byOffset += error;
      slopeTwice += weight * score * score;
      both += weight * score;
      offsetTwice += weight;
    }
    const determinant = slopeTwice * offsetTwice - both * both;
    slope -= (offsetTwice * bySlope - both * byOffset) / determinant;
    offset -= (slopeTwice * byOffset - both * bySlope) / determinant;
  }
  return { slope, offset };
}

/**
 * The score below which a guess counts as "none of these": where it becomes so probably wrong that asking again is
 * better. It needs no foreign questions, and refuses more where the classifier is less sure.
 */
export function thresholdOf(guesses: readonly CheckedGuess[]): number {
  if (guesses.length === 0) return -Infinity;
  const { slope, offset } = fitLogistic(guesses);
  // Scores that say nothing about right and wrong are no reason to refuse.
  return slope > 0 ? (Math.log(WRONG_COUNTS) - offset) / slope : -Infinity;
}
