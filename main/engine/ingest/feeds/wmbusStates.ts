import { statusMeaning, statusMeanings } from '../../../../shared/utilities/statusWords.ts';

/** The fields in which drivers report states; their names end alike, and what else ends so is no text. */
const STATE_FIELD = /^(\w+_)?(status|alarms?|flags|errors?|error_codes?|info|info_codes)$/;
/** These report what was. */
const PAST_FIELD = /^(historic|previous|prev|last)_/;
/** In these a sentence may stand in place of words, such as why a telegram could not be decrypted. */
const SENTENCE_FIELD = /(^|_)(errors?|info)$/;
const WORD = /^[A-Z0-9_]+$/;
const NOTHING = new Set(['', 'OK', 'no_alarm']);
const MOST_WORDS = 20;
const LONGEST_STATE = 2000;

/** Beacon's own word for a state that it shows; other words stay as the driver writes them. */
function ownWord(word: string): string {
  const meaning = statusMeaning(word);
  return meaning === undefined || statusMeanings[meaning].shown === 'meter' ? word : meaning;
}

function wordsOf(field: string, text: string): string[] {
  const words = text
    .slice(0, LONGEST_STATE)
    .split(/[\s,;]+/)
    .filter((word) => !NOTHING.has(word));
  if (SENTENCE_FIELD.test(field) && !words.every((word) => WORD.test(word))) return [];
  return PAST_FIELD.test(field) ? words.map((word) => `PREV_${word}`) : words.map(ownWord);
}

/** The words of a telegram's states, each once; undefined where it reports no present state. */
export function wmbusStates(telegram: Readonly<Record<string, unknown>>): string[] | undefined {
  const fields = Object.entries(telegram).flatMap(([field, text]) =>
    typeof text === 'string' && STATE_FIELD.test(field) ? [{ field, words: wordsOf(field, text) }] : [],
  );
  if (fields.every(({ field }) => PAST_FIELD.test(field) || SENTENCE_FIELD.test(field))) return undefined;
  return [...new Set(fields.flatMap(({ words }) => words))].slice(0, MOST_WORDS);
}
