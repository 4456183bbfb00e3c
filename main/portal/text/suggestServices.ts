import { serviceExamples } from './serviceExamples.ts';
import { TextClassifier } from './TextClassifier.ts';

/** Where the likeliest guess has less, the words say nothing. */
const LEAST_FIRST = 0.3;
/** A further guess below this is not worth reading. */
const LEAST_SHARE = 0.15;
const MOST_GUESSES = 3;
/** From here on the words say so clearly that reports of that service are compared, too. */
const CLEAR_SHARE = 0.5;

let known: TextClassifier<string> | undefined;
/** Made once, when the first words come: it takes some tens of milliseconds. */
const classifier = (): TextClassifier<string> => (known ??= new TextClassifier(serviceExamples));

/** The codes of the services that words are probably about, the likeliest first; none where they say nothing. */
export function suggestServices(text: string): string[] {
  const guesses = classifier().classify(text).slice(0, MOST_GUESSES);
  if ((guesses[0]?.share ?? 0) < LEAST_FIRST) return [];
  return guesses.filter(({ share }) => share >= LEAST_SHARE).map(({ label }) => label);
}

/** The services whose reports may be about the same: the chosen one, and the one that the words clearly name. */
export function comparedServices(chosen: string, text: string): string[] {
  const [first] = classifier().classify(text);
  return first !== undefined && first.share >= CLEAR_SHARE && first.label !== chosen ? [chosen, first.label] : [chosen];
}
