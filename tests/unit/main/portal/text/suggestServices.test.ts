import { describe, expect, it } from 'vitest';
import { comparedServices, suggestServices } from '../../../../../main/portal/text/suggestServices.ts';
import { TextClassifier } from '../../../../../main/portal/text/TextClassifier.ts';
import { services } from '../../../../../shared/citizens/services.ts';

describe('the service of a report', () => {
  // None of these is among the examples.
  it.each([
    ['traffic light red forever', 'signal'],
    ['stretlamp is dark', 'streetlight'],
    ['brown water from the faucet', 'water'],
    ['no power since noon', 'power'],
    ['bus late again', 'transit'],
    ['STORM DRAIN BLOCKED', 'flooding'],
    ['hay un hueco grande, se me ponchó una llanta', 'pothole'],
    ['El semaforo no sirve', 'signal'],
    ['árbol caido en la vía', 'debris'],
    ['se inundo la esquina por la alcantarilla', 'flooding'],
  ])('is suggested by "%s"', (text, code) => {
    expect(suggestServices(text)[0]).toBe(code);
  });

  it('is not guessed without words, nor from words that say nothing', () => {
    for (const text of ['', '?!', '😀', 'xyz']) expect(suggestServices(text)).toEqual([]);
  });

  it('is one that the county has', () => {
    const codes = new Set(services.map(({ code }) => code));
    for (const code of suggestServices('the light on the road by the bus stop')) expect(codes).toContain(code);
  });

  it('is compared with another one only where the words clearly name it', () => {
    expect(comparedServices('other', 'There is a deep pothole in the road')).toEqual(['other', 'pothole']);
    expect(comparedServices('pothole', 'There is a deep pothole in the road')).toEqual(['pothole']);
    expect(comparedServices('other', 'xyz')).toEqual(['other']);
  });
});

describe('a classifier', () => {
  const examples = [
    { text: 'red apples and pears', label: 'fruit' },
    { text: 'sweet pears, sour apples', label: 'fruit' },
    { text: 'a truck with a new engine', label: 'car' },
    { text: 'the truck has an old engine', label: 'car' },
  ] as const;

  it('is the same whenever it is made of the same examples, and its shares are 1 together', () => {
    const [first, second] = [new TextClassifier(examples), new TextClassifier(examples)];
    const guesses = first.classify('pears in a truck');
    expect(second.classify('pears in a truck')).toEqual(guesses);
    expect(guesses.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
  });

  it('knows inflected and misspelt words by their pieces, and takes any text', () => {
    const classifier = new TextClassifier(examples);
    expect(classifier.classify('aples')[0]?.label).toBe('fruit');
    expect(classifier.classify('engines')[0]?.label).toBe('car');
    for (const text of ['', '\ud800', '😀'.repeat(100_000)]) expect(classifier.classify(text)).toHaveLength(2);
  });
});
