import type { Language } from '../../../shared/citizens/language.ts';
import type { CountyPage } from '../../../shared/public/countyPage.ts';
import { cosine, PassageIndex } from './passages/PassageIndex.ts';
import { sentencesIn } from './passages/sentencesIn.ts';
import type { SentenceVectors } from './sentenceVectors.ts';
import { alikeStems, subjectWords } from './subjectWords.ts';

/** The sentences of a page that answer a question, in their order and in its own words. */
export type Quote = {
  page: CountyPage;
  sentences: readonly string[];
  confidence: number;
  coverage?: number;
  nearest?: number;
};

type Sentence = { text: string; vector: Float32Array | undefined };
type Known = {
  page: CountyPage;
  sentences: readonly Sentence[];
  title: Float32Array | undefined;
  words: ReadonlySet<string>;
  titleWords: ReadonlySet<string>;
};

const MOST_SENTENCES = 3;
/** How much the share of the question's subject counts beside the rank of a page by words, letters and vectors. */
const COVERAGE_COUNTS = 2;
/** How much a word of a page's title or name counts, and one of its text alone. */
const IN_TITLE = 1;
const IN_TEXT = 0.75;
/** A word that no page has counts more than the rarest one: the question is about something else. */
const UNKNOWN_WORD = 1.25;

/** Headings, lists, links and stresses of Markdown as plain paragraphs. */
export function plainParagraphs(markdown: string): string[] {
  return markdown
    .replace(/<[^>]*>/g, ' ')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*_`]{1,3}([^\s*_`](?:[^*_`\n]*[^\s*_`])?)[*_`]{1,3}/g, '$1')
    .split(/\n\s*\n|\n(?=\s*(?:[-*+]|\d+[.)])\s)|\n(?=#)|(?<=^#.*)\n/m)
    .map((part) =>
      part
        .replace(/^\s*(?:[-*+]|\d+[.)]|>)\s+/, '')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter((part) => part !== '' && !part.startsWith('#'));
}

/** The county's pages in one language, by what they say. */
export class CountyPages {
  readonly #language: Language;
  readonly #known: readonly Known[];
  readonly #index: PassageIndex;
  readonly #rarity = new Map<string, number>();

  private constructor(language: Language, known: readonly Known[]) {
    this.#language = language;
    this.#known = known;
    this.#index = new PassageIndex(
      // The title counts twice: it says what the page is about.
      known.map(({ page }) => `${page.title}. ${page.title}. ${page.id}. ${page.text}`),
      known.map(({ sentences, title }) =>
        [title, ...sentences.map(({ vector }) => vector)].filter((v) => v !== undefined),
      ),
    );
    const pagesWith = new Map<string, number>();
    for (const { words } of known) for (const word of words) pagesWith.set(word, (pagesWith.get(word) ?? 0) + 1);
    for (const [word, count] of pagesWith) this.#rarity.set(word, Math.log(1 + known.length / count));
  }

  static async read(
    language: Language,
    pages: readonly CountyPage[],
    vectorsOf: SentenceVectors | undefined,
  ): Promise<CountyPages> {
    const known: Known[] = [];
    for (const page of pages.filter((each) => each.language === language)) {
      const texts = plainParagraphs(page.text).flatMap((paragraph) => sentencesIn(paragraph, language));
      const vectors = await vectorsOf?.([page.title, ...texts]);
      known.push({
        page,
        title: vectors?.[0],
        sentences: texts.map((text, at) => ({ text, vector: vectors?.[at + 1] })),
        words: new Set(subjectWords(`${page.title} ${page.id} ${page.text}`, language)),
        titleWords: new Set(subjectWords(`${page.title} ${page.id}`, language)),
      });
    }
    return new CountyPages(language, known);
  }

  /** The page that answers a question best, with how well it does: 1 is every word of it. */
  find(question: string, vector: Float32Array | undefined): Quote | undefined {
    const scores = new Map(this.#index.find(question, this.#known.length, vector).map(({ at, score }) => [at, score]));
    const [best] = this.#known
      .map((known, at) => ({ known, coverage: this.#coverage(known, question), score: scores.get(at) ?? 0 }))
      .sort((a, b) => b.score + COVERAGE_COUNTS * b.coverage - (a.score + COVERAGE_COUNTS * a.coverage));
    if (best === undefined) return undefined;
    const { known, coverage } = best;
    const meant = [known.title, ...known.sentences.map((each) => each.vector)];
    const nearest =
      vector === undefined
        ? 0
        : meant.reduce((most, each) => (each === undefined ? most : Math.max(most, cosine(each, vector))), 0);
    return {
      page: known.page,
      sentences: this.#quote(known, question, vector),
      confidence: vector === undefined ? coverage : (coverage + nearest) / 2,
    };
  }

  /** The share of the question's subject that the page has, by how rare each word is. */
  #coverage({ words, titleWords }: Known, question: string): number {
    const rarest = Math.log(1 + this.#known.length);
    let [found, all] = [0, 0];
    for (const stem of new Set(subjectWords(question, this.#language))) {
      const stems = [...alikeStems(stem, this.#language)].filter((each) => this.#rarity.has(each));
      const own = stems.filter((each) => words.has(each));
      const weights = (own.length > 0 ? own : stems).map((each) => this.#rarity.get(each) ?? rarest);
      const weight = weights.length === 0 ? rarest * UNKNOWN_WORD : Math.max(...weights);
      all += weight;
      if (own.length > 0) found += weight * (own.some((each) => titleWords.has(each)) ? IN_TITLE : IN_TEXT);
    }
    return all === 0 ? 0 : found / all;
  }

  #quote({ sentences }: Known, question: string, vector: Float32Array | undefined): string[] {
    const wanted = new Set(subjectWords(question, this.#language));
    const scored = sentences.map(({ text, vector: own }, at) => {
      const words = new Set(subjectWords(text, this.#language));
      const shared = [...wanted].filter((word) =>
        [...alikeStems(word, this.#language)].some((each) => words.has(each)),
      );
      return {
        at,
        score:
          shared.length / Math.max(1, wanted.size) +
          (vector === undefined || own === undefined ? 0 : cosine(own, vector)),
      };
    });
    const [best] = scored.toSorted((a, b) => b.score - a.score);
    if (best === undefined) return [];
    // What stands around the best sentence belongs to it; a short page is quoted whole.
    const from = Math.max(0, Math.min(best.at - 1, sentences.length - MOST_SENTENCES));
    return sentences.slice(from, from + MOST_SENTENCES).map(({ text }) => text);
  }
}
