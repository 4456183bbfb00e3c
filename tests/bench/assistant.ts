import type { Bench, Figures } from './bench.ts';
import { intentFigures } from './assistant/intentFigures.ts';
import { passageFigures } from './assistant/passageFigures.ts';

export const assistant: Bench = {
  what: "the assistant of the citizens' portal",
  options: {
    intents: 'examples to train the classifier with: JSON in the form of CLINC150, or CSV of text and intent',
    test: 'questions in the same form to measure it on; intents that were not trained are out of scope',
    passages: 'questions on passages in the form of SQuAD, English or Spanish',
  },
  run(options, say): Promise<Figures> {
    const [intents, test, passages] = ['intents', 'test', 'passages'].map((name) => options.text(name, ''));
    if (passages !== undefined && passages !== '') return passageFigures(passages, say);
    if (intents === undefined || intents === '' || test === undefined || test === '')
      throw new Error('Name files with --intents and --test, or with --passages.');
    return intentFigures(intents, test, say);
  },
};
