import type { PublicMessage } from '../../../shared/public/publicContract.ts';
import type { Turn } from './Answer.ts';
import { Assistant } from './Assistant.ts';
import type { Present } from './Assistant.ts';
import { loadSentenceVectors } from './sentenceVectors.ts';
import type { Language } from '../../../shared/citizens/language.ts';

type Pages = PublicMessage<'pages'>;
const nothing: Pages = { pages: [], places: { roads: [], stops: [], zones: [], routes: [] } };

/** Questions that wait for their turn; each takes some milliseconds. */
const MOST_WAITING = 50;

/**
 * The assistant of the county as it is now: it learns again when the county's pages change, and answers one question
 * after the other, so that a flood of them costs other pages little.
 */
export class LiveAssistant {
  readonly #pagesNow: () => Pages | undefined;
  readonly #vectors = new Map<Language, ReturnType<typeof loadSentenceVectors>>();
  #learned: { from: Pages; assistant: Promise<Assistant> } | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(pagesNow: () => Pages | undefined) {
    this.#pagesNow = pagesNow;
  }

  /** Begins to learn, which takes some seconds, before the first question comes. */
  prepare(): void {
    this.#assistant().catch(() => undefined);
  }

  /** The answer; undefined where too many questions wait. */
  async answer(
    question: string,
    language: Language,
    earlier: readonly Turn[],
    present: Present,
  ): Promise<Turn | undefined> {
    if (this.#waiting >= MOST_WAITING) return undefined;
    this.#waiting++;
    const turn = this.#last.then(async () => (await this.#assistant()).answer(question, language, earlier, present));
    this.#last = turn.catch(() => undefined);
    return turn.finally(() => this.#waiting--);
  }

  #assistant(): Promise<Assistant> {
    const from = this.#pagesNow() ?? nothing;
    if (this.#learned?.from !== from) {
      const assistant = Assistant.learn(from.pages, from.places, (language) => this.#vectorsFor(language));
      this.#learned = { from, assistant };
      // What failed once, as for want of memory, is tried again with the next question.
      assistant.catch(() => (this.#learned = undefined));
    }
    return this.#learned.assistant;
  }

  #vectorsFor(language: Language): ReturnType<typeof loadSentenceVectors> {
    const known = this.#vectors.get(language) ?? loadSentenceVectors(language);
    this.#vectors.set(language, known);
    return known;
  }
}
