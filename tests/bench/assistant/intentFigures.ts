import { IntentClassifier } from '../../../main/portal/assistant/intents/IntentClassifier.ts';
import type { IntentExample, IntentGuess } from '../../../main/portal/assistant/intents/IntentClassifier.ts';
import { thresholdOf } from '../../../main/portal/assistant/intents/threshold.ts';
import type { CheckedGuess } from '../../../main/portal/assistant/intents/threshold.ts';
import { loadSentenceVectors } from '../../../main/portal/assistant/sentenceVectors.ts';
import type { Figures } from '../bench.ts';
import { examplesOf, readExamples } from './readExamples.ts';
import type { Labelled } from './readExamples.ts';

const OUT_OF_SCOPE = 'oos';
/** Without a validation list, each fifth of the examples is guessed by what the others teach. */
const FOLDS = 5;
/** Of so many examples one fifth is enough. */
const MANY = 3000;

type Judged = Labelled & IntentGuess & { wanted: string };

async function withVectors(examples: readonly Labelled[]): Promise<IntentExample[]> {
  const vectors = await (await loadSentenceVectors('en'))?.(examples.map(({ text }) => text));
  return examples.map((example, at) => {
    const vector = vectors?.[at];
    return vector === undefined ? example : { ...example, vector };
  });
}

const checked = (model: IntentClassifier, examples: readonly IntentExample[]): CheckedGuess[] =>
  examples.map(({ text, intent, vector }) => {
    const guess = model.classify(text, vector);
    return { score: guess.score, isRight: guess.intent === intent };
  });

/** Guesses at examples with which the model that guesses was not trained. */
function heldOutGuesses(train: readonly IntentExample[]): CheckedGuess[] {
  const rounds = train.length > MANY ? 1 : FOLDS;
  return Array.from({ length: rounds }, (_, round) => {
    const kept = train.filter((_each, at) => at % FOLDS !== round);
    const held = train.filter((_each, at) => at % FOLDS === round);
    return checked(new IntentClassifier(kept), held);
  }).flat();
}

/** Trains, and finds the threshold on examples that are not trained with. Nothing of the test is known here. */
function trainOn(train: IntentExample[], validation: IntentExample[]): { model: IntentClassifier; threshold: number } {
  const model = new IntentClassifier(train);
  return { model, threshold: thresholdOf(validation.length > 0 ? checked(model, validation) : heldOutGuesses(train)) };
}

const percent = (part: number, whole: number): number => Math.round((1000 * part) / Math.max(1, whole)) / 10;

/** `inScope`: right answers of 100 questions that have one. `outOfScopeRecall`: of 100 foreign ones, the refused. */
function figuresOf(judged: readonly Judged[], known: ReadonlySet<string>, threshold: number): Record<string, number> {
  const inScope = judged.filter(({ wanted }) => known.has(wanted));
  const outside = judged.filter(({ wanted }) => !known.has(wanted));
  const isRight = ({ wanted, intent }: Judged): boolean => wanted === intent;
  const isTaken = ({ score }: Judged): boolean => score >= threshold;
  return {
    inScope: percent(inScope.filter((each) => isTaken(each) && isRight(each)).length, inScope.length),
    outOfScopeRecall: percent(outside.filter((each) => !isTaken(each)).length, outside.length),
    inScopeWithoutThreshold: percent(inScope.filter(isRight).length, inScope.length),
    inScopeQuestions: inScope.length,
    outOfScopeQuestions: outside.length,
    intents: known.size,
  };
}

/** Trains the assistant's classifier on one file and measures it on another. */
export async function intentFigures(
  trainPath: string,
  testPath: string,
  say: (line: string) => void,
): Promise<Figures> {
  const lists = readExamples(trainPath);
  const isKnown = ({ intent }: Labelled): boolean => intent !== OUT_OF_SCOPE;
  const part = (name: string): Labelled[] => examplesOf(lists, name).filter(isKnown);
  const train = await withVectors([...part('train'), ...part('all')]);
  const validation = await withVectors(part('val'));
  const known = new Set(train.map(({ intent }) => intent));
  say(`${train.length} questions of ${known.size} intents to train with, ${validation.length} for the threshold`);
  const trainedAt = performance.now();
  const { model, threshold } = trainOn(train, validation);
  const trainSeconds = Math.round((performance.now() - trainedAt) / 1000);
  const testLists = readExamples(testPath);
  const named = ['test', 'val', 'all'].map((name) => examplesOf(testLists, name)).find((list) => list.length > 0);
  if (named === undefined) throw new Error(`${testPath} has no list test, and is no list.`);
  const tests = await withVectors(named);
  const judged = tests.map(({ text, intent: wanted, vector }) => ({ text, wanted, ...model.classify(text, vector) }));
  const figures = figuresOf(judged, known, threshold);
  for (const [name, value] of Object.entries(figures)) say(`${name.padEnd(24)} ${String(value)}`);
  return { ...figures, threshold, trainSeconds };
}
