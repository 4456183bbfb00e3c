import { describe, expect, it } from 'vitest';
import { IntentClassifier } from '../../../../../main/portal/assistant/intents/IntentClassifier.ts';
import { thresholdOf } from '../../../../../main/portal/assistant/intents/threshold.ts';
import { loadSentenceVectors } from '../../../../../main/portal/assistant/sentenceVectors.ts';

const texts: Record<string, string[]> = {
  bus: [
    'when does the next bus leave',
    'is the bus late',
    'bus schedule for route 4',
    'what time does the bus come',
    'is there a bus to the hospital',
  ],
  water: [
    'why is my tap water brown',
    'there is no water in my house',
    'is the water safe to drink',
    'my water pressure is low',
    'do I have to boil the water',
  ],
  trash: [
    'when is trash collected',
    'my trash was not picked up',
    'where do I bring an old sofa',
    'is trash collected on a holiday',
    'I need a second trash can',
  ],
};
const examples = Object.entries(texts).flatMap(([intent, own]) => own.map((text) => ({ text, intent })));

describe('the classifier', () => {
  it('finds the intent of other words, with typing errors, capitals and without accents', () => {
    const model = new IntentClassifier(examples);
    expect(model.classify('WHEN does my bsu schedule begin?').intent).toBe('bus');
    expect(model.classify('the watter tastes bad').intent).toBe('water');
    expect(model.classify('they did not colect my trash').intent).toBe('trash');
  });

  it('is less sure of what it was not taught, also of no words at all', () => {
    const model = new IntentClassifier(examples);
    const known = model.classify('is the bus late today').score;
    for (const foreign of ['who won the football game', '', '😀😀😀', 'x'.repeat(100_000)])
      expect(model.classify(foreign).score, foreign.slice(0, 30)).toBeLessThan(known);
  });

  it('is the same model each time', () => {
    const text = 'is my water late';
    expect(new IntentClassifier(examples).classify(text)).toEqual(new IntentClassifier(examples).classify(text));
  });

  it('knows by sentence vectors what is meant where no word is shared', async () => {
    const vectorsOf = await loadSentenceVectors('en');
    const learned = await vectorsOf?.(examples.map(({ text }) => text));
    const model = new IntentClassifier(
      examples.map((example, at) => ({ ...example, vector: learned?.[at] ?? new Float32Array() })),
    );
    const [garbage, football] =
      (await vectorsOf?.(['who empties our garbage bins', 'who won the football game'])) ?? [];
    const guess = model.classify('who empties our garbage bins', garbage);
    expect(guess.intent).toBe('trash');
    expect(model.classify('who won the football game', football).score).toBeLessThan(guess.score);
  });
});

describe('sentence vectors', () => {
  it('exist for English, have the length 1, and none for a text without words', async () => {
    expect(await loadSentenceVectors('es')).toBeUndefined();
    const vectorsOf = await loadSentenceVectors('en');
    const [first, none, second] = (await vectorsOf?.(['The power is out.', ' 😀 ', 'There is an outage.'])) ?? [];
    expect(none).toBeUndefined();
    for (const vector of [first, second]) {
      expect(vector).toHaveLength(512);
      expect(Math.hypot(...(vector ?? []))).toBeCloseTo(1, 3);
    }
  });
});

describe('the threshold', () => {
  const scored = (count: number, share: (score: number) => number): { score: number; isRight: boolean }[] =>
    Array.from({ length: count }, (_, at) => {
      const score = -(at % 100) / 10;
      return { score, isRight: (Math.floor(at / 100) * 37 + at) % 100 < 100 * share(score) };
    });

  it('lies where a guess is right two times of three', () => {
    const threshold = thresholdOf(scored(10_000, (score) => 1 / (1 + Math.exp(-(score + 3)))));
    expect(threshold).toBeGreaterThan(-2.6);
    expect(threshold).toBeLessThan(-2);
  });

  it('refuses nothing where there is nothing to learn from, or where all is right', () => {
    expect(thresholdOf([])).toBe(-Infinity);
    expect(thresholdOf(scored(10_000, (score) => (score < -5 ? 1 : 0.5)))).toBe(-Infinity);
    expect(thresholdOf(scored(10_000, () => 1))).toBeLessThan(-9.9);
  });
});
