import { languages } from '../../../shared/citizens/language.ts';
import type { Language } from '../../../shared/citizens/language.ts';
import { askedIntents } from './askedIntents.ts';
import { en } from './examples/en.ts';
import { es } from './examples/es.ts';
import { IntentClassifier } from './intents/IntentClassifier.ts';

/** Surer than this, the language of a question counts more than that of the page. */
const SURE = 0.75;

let known: IntentClassifier | undefined;
const classifier = (): IntentClassifier =>
  (known ??= new IntentClassifier(
    Object.entries({ en, es }).flatMap(([intent, texts]) =>
      askedIntents.flatMap((each) => linesOf(texts[each]).map((text) => ({ text, intent }))),
    ),
  ));

/** The lines of a list of examples. */
export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** The language in which a question is written; that of the page where the question does not say. */
export function languageOfText(text: string, page: Language): Language {
  const { intent, probability } = classifier().classify(text);
  return probability < SURE ? page : (languages.find((each) => each === intent) ?? page);
}
