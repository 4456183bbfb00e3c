import { languages } from '../../../shared/citizens/language.ts';
import type { Language } from '../../../shared/citizens/language.ts';
import type { CountyPage, PlaceNames } from '../../../shared/public/countyPage.ts';
import type { Fact } from '../../../shared/public/fact.ts';
import { suggestServices } from '../text/suggestServices.ts';
import type { Answer, Turn } from './Answer.ts';
import { askedIntents, isLive } from './askedIntents.ts';
import type { AskedIntent } from './askedIntents.ts';
import { CountyPages } from './CountyPages.ts';
import type { Quote } from './CountyPages.ts';
import { isDanger } from './danger.ts';
import { en } from './examples/en.ts';
import { es } from './examples/es.ts';
import { foldText } from './foldText.ts';
import { IntentClassifier } from './intents/IntentClassifier.ts';
import type { IntentGuess } from './intents/IntentClassifier.ts';
import { languageOfText, linesOf } from './languageOfText.ts';
import { factsAbout } from './factsAbout.ts';
import { Places, withoutNames } from './Places.ts';
import type { NamedPlace } from './Places.ts';
import { isRefused } from './refusal.ts';
import type { SentenceVectors } from './sentenceVectors.ts';

/** What the assistant knows of now. */
export type Present = {
  facts: readonly Fact[] | undefined;
  silentSinceMs: number | undefined;
  nowMs: number;
  /** The county's local day, as 2026-05-31: a page that has ended is not quoted. */
  day: string;
};
type Side = { model: IntentClassifier; pages: CountyPages; vectorsOf: SentenceVectors | undefined };

const examplesBy = { en, es };
/** Names in the examples, as `withoutNames` leaves them. */
const fillNames = (text: string): string =>
  text.replaceAll('{street}', 'Main Street').replaceAll('{stop}', 'Main Street').replaceAll('{route}', 'route 4');

/** A guess of at least this probability is followed. */
const SURE = 0.4;
/** What no fixed words say has to be this clear before the answer is one that helps with nothing else. */
const VERY_SURE = 0.7;
/** A page is quoted from this fit on, and against another guess that is not very sure from the second one. */
const PAGE_FITS = 0.36;
const PAGE_FITS_BETTER = 0.6;
/** How much the guess that a page is asked for, or nothing of the county, adds to the fit of a page. */
const GUESS_COUNTS = 0.2;
/** A page that is named as the nearest one has at least something to do with the question. */
const PAGE_IS_NEAR = 0.2;
const CHOICE_GAP = 0.1;
const MOST_LETTERS = 500;

/** Words that point back to a place or a subject that was named before. */
const POINTS_BACK =
  /\b(?:there|it|that (?:street|road|route|bus|stop|one)|the same|this (?:street|road|route)|alli|ahi|alla|esa|ese|eso|la misma|el mismo)\b/;
const FOLLOWS_ON = /^(?:and|what about|how about|also|y|que tal|tambien)\b/;

async function makeSide(
  language: Language,
  pages: readonly CountyPage[],
  vectorsOf: SentenceVectors | undefined,
): Promise<Side> {
  const texts = askedIntents.flatMap((intent) =>
    linesOf(examplesBy[language][intent]).map((text) => ({ intent, text: fillNames(text) })),
  );
  const vectors = await vectorsOf?.(texts.map(({ text }) => text));
  const model = new IntentClassifier(
    texts.map((example, at) => {
      const vector = vectors?.[at];
      return vector === undefined ? example : { ...example, vector };
    }),
  );
  return { model, pages: await CountyPages.read(language, pages, vectorsOf), vectorsOf };
}

/**
 * Answers questions from what the county published: danger first, then what is refused, then what is asked for. It
 * writes no sentence of its own, so it cannot say what no source says.
 */
export class Assistant {
  readonly #sides: Readonly<Record<Language, Side>>;
  readonly #places: Places;

  private constructor(sides: Readonly<Record<Language, Side>>, places: Places) {
    this.#sides = sides;
    this.#places = places;
  }

  /** Learns the examples and the county's pages. */
  static async learn(
    pages: readonly CountyPage[],
    names: PlaceNames,
    vectorsFor: (language: Language) => Promise<SentenceVectors | undefined>,
  ): Promise<Assistant> {
    const sides: Partial<Record<Language, Side>> = {};
    for (const language of languages) sides[language] = await makeSide(language, pages, await vectorsFor(language));
    return new Assistant(sides as Record<Language, Side>, new Places(names));
  }

  /** Answers the question that follows the earlier turns of a conversation. */
  async answer(question: string, pageLanguage: Language, earlier: readonly Turn[], present: Present): Promise<Turn> {
    const text = question.slice(0, MOST_LETTERS);
    const language = languageOfText(text, earlier.at(-1)?.language ?? pageLanguage);
    return {
      question: text,
      language,
      answer: await this.#answer(text, language, earlier, present),
      atMs: present.nowMs,
    };
  }

  async #answer(text: string, language: Language, earlier: readonly Turn[], present: Present): Promise<Answer> {
    if (isDanger(text)) return { kind: 'emergency' };
    if (isRefused(text)) return { kind: 'refuse' };
    const named = this.#places.find(text);
    const plain = withoutNames(text, named);
    const { model, pages, vectorsOf } = this.#sides[language];
    const [vector] = (await vectorsOf?.([plain])) ?? [];
    const guess = model.classify(plain, vector);
    const place = named[0] ?? placeBefore(text, earlier);
    const intent = intentOf(text, guess, earlier, named.length > 0);
    const quote = currentQuote(pages.find(text, vector), present.day);
    const of = (wanted: AskedIntent): number => guess.ranked.find((each) => each.intent === wanted)?.probability ?? 0;
    const fit = quote === undefined ? 0 : quote.confidence + GUESS_COUNTS * (of('page') - of('unknown'));
    const isOther = intent !== undefined && intent !== 'page' && intent !== 'unknown';
    const isFollowing = intent !== undefined && intent !== guess.intent;
    const isClear = isFollowing || guess.probability >= VERY_SURE;
    const least = !isOther ? PAGE_FITS : isClear ? Infinity : PAGE_FITS_BETTER;
    if (quote !== undefined && fit >= least) return { kind: 'page', page: quote.page, sentences: quote.sentences };
    if (isOther) return this.#act(intent, text, place, present);
    const nearest = quote !== undefined && quote.confidence >= PAGE_IS_NEAR ? quote.page : undefined;
    return (intent === undefined ? choiceOf(guess) : undefined) ?? { kind: 'unknown', nearest };
  }

  #act(
    intent: Exclude<AskedIntent, 'page' | 'unknown'>,
    text: string,
    place: NamedPlace | undefined,
    present: Present,
  ): Answer {
    if (isLive(intent))
      return {
        kind: 'live',
        topic: intent,
        place,
        facts: factsAbout(present.facts, intent, place),
        silentSinceMs: present.silentSinceMs,
      };
    if (intent === 'report') {
      const address = place?.kind === 'road' || place?.kind === 'stop' ? place.name : undefined;
      return { kind: 'report', serviceCode: suggestServices(text)[0], words: text, address };
    }
    if (intent === 'account' || intent === 'follow') return { kind: 'task', task: intent };
    return { kind: intent };
  }
}

/** A page whose last day is over is not quoted. */
const currentQuote = (quote: Quote | undefined, day: string): Quote | undefined =>
  quote?.page.expires === undefined || quote.page.expires >= day ? quote : undefined;

const isAboutLast = (text: string): boolean => {
  const folded = foldText(text);
  return POINTS_BACK.test(folded) || FOLLOWS_ON.test(folded);
};

/** The place that "there" means: the last one that was named. */
function placeBefore(text: string, earlier: readonly Turn[]): NamedPlace | undefined {
  if (!isAboutLast(text)) return undefined;
  return earlier
    .map(({ answer }) => (answer.kind === 'live' ? answer.place : undefined))
    .findLast((place) => place !== undefined);
}

/** What is asked for. "And on Oak Street?" asks for the same as before, unless it says clearly that it does not. */
function intentOf(
  text: string,
  guess: IntentGuess,
  earlier: readonly Turn[],
  hasName: boolean,
): AskedIntent | undefined {
  const intent = askedIntents.find((each) => each === guess.intent);
  const last = earlier.at(-1)?.answer;
  const isClear = guess.probability >= VERY_SURE && !hasName;
  if (last?.kind === 'live' && isAboutLast(text) && !isClear)
    return intent !== undefined && isLive(intent) && guess.probability >= SURE ? intent : last.topic;
  const isGrave = intent === 'emergency' || intent === 'refuse';
  return guess.probability < (isGrave ? VERY_SURE : SURE) ? undefined : intent;
}

type Choice = 'live' | 'report' | 'account' | 'follow';
const choices: Readonly<Partial<Record<AskedIntent, Choice>>> = {
  report: 'report',
  account: 'account',
  follow: 'follow',
};
const choiceFor = (intent: string | undefined): Choice | undefined => {
  const known = askedIntents.find((each) => each === intent);
  return known === undefined ? undefined : isLive(known) ? 'live' : choices[known];
};

/** Where two tasks fit alike, the assistant asks which of them is meant. */
function choiceOf({ ranked: [first, second] }: IntentGuess): Answer | undefined {
  if (first === undefined || second === undefined) return undefined;
  const between = [choiceFor(first.intent), choiceFor(second.intent)].filter((each) => each !== undefined);
  const isClose =
    first.probability - second.probability < CHOICE_GAP && first.probability + second.probability > VERY_SURE;
  return isClose && new Set(between).size === 2 ? { kind: 'choose', between } : undefined;
}
