import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { wordsIn } from '../../../main/portal/assistant/foldText.ts';
import { PassageIndex } from '../../../main/portal/assistant/passages/PassageIndex.ts';
import { sentencesIn } from '../../../main/portal/assistant/passages/sentencesIn.ts';
import { loadSentenceVectors } from '../../../main/portal/assistant/sentenceVectors.ts';
import type { Figures } from '../bench.ts';

const squadSchema = z.object({
  data: z.array(
    z.object({
      paragraphs: z.array(z.object({ context: z.string(), qas: z.array(z.object({ question: z.string() })) })),
    }),
  ),
});

const TOP = 5;
/** The commonest words of both languages that the other does not have. */
const commonWords: Readonly<Record<string, ReadonlySet<string>>> = {
  en: new Set(['the', 'of', 'and', 'to', 'was', 'is', 'which', 'with']),
  es: new Set(['el', 'los', 'las', 'que', 'y', 'por', 'una', 'con']),
};

function languageOf(texts: readonly string[]): string {
  const words = texts.slice(0, 50).flatMap(wordsIn);
  const counts = Object.entries(commonWords).map(([language, common]) => ({
    language,
    count: words.filter((word) => common.has(word)).length,
  }));
  return counts.sort((a, b) => b.count - a.count)[0]?.language ?? 'en';
}

/** BM25 as the textbook has it (Robertson and Zaragoza 2009), over whole words: what the product is compared with. */
function plainBm25(texts: readonly string[]): (question: string) => number[] {
  const [k, b] = [1.2, 0.75];
  const documents = texts.map((text) => {
    const counts = new Map<string, number>();
    for (const word of wordsIn(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
    return { counts, length: wordsIn(text).length };
  });
  const meanLength = documents.reduce((sum, { length }) => sum + length, 0) / documents.length;
  const textsWith = new Map<string, number>();
  for (const { counts } of documents)
    for (const word of counts.keys()) textsWith.set(word, (textsWith.get(word) ?? 0) + 1);
  const rarity = (word: string): number => {
    const count = textsWith.get(word) ?? 0;
    return Math.log(1 + (documents.length - count + 0.5) / (count + 0.5));
  };
  return (question) => {
    const words = wordsIn(question);
    const scores = documents.map(({ counts, length }) =>
      words.reduce((sum, word) => {
        const count = counts.get(word) ?? 0;
        return sum + (rarity(word) * count * (k + 1)) / (count + k * (1 - b + (b * length) / meanLength));
      }, 0),
    );
    return [...scores.keys()].sort((x, y) => (scores[y] ?? 0) - (scores[x] ?? 0)).slice(0, TOP);
  };
}

/** Measures in how many of 100 questions the passage with the answer is among the first five. */
export async function passageFigures(path: string, say: (line: string) => void): Promise<Figures> {
  const paragraphs = squadSchema.parse(JSON.parse(readFileSync(path, 'utf8'))).data.flatMap((each) => each.paragraphs);
  const texts = paragraphs.map(({ context }) => context);
  const questions = paragraphs.flatMap(({ qas }, at) => qas.map(({ question }) => ({ question, at })));
  const language = languageOf(texts);
  say(`${questions.length} questions on ${texts.length} passages, language ${language}`);
  const vectorsOf = await loadSentenceVectors(language);
  const vectors: Float32Array[][] = [];
  if (vectorsOf !== undefined)
    for (const text of texts)
      vectors.push((await vectorsOf(sentencesIn(text, language))).filter((each) => each !== undefined));
  const asked = await vectorsOf?.(questions.map(({ question }) => question));
  const index = new PassageIndex(texts, vectors);
  const plain = plainBm25(texts);
  const share = (isFound: (question: string, at: number, number: number) => boolean): number =>
    Math.round(
      (1000 * questions.filter(({ question, at }, number) => isFound(question, at, number)).length) / questions.length,
    ) / 10;
  const figures = {
    recallAt5: share((question, at, number) =>
      index.find(question, TOP, asked?.[number]).some((found) => found.at === at),
    ),
    recallAt5WithoutVectors: share((question, at) => index.find(question, TOP).some((found) => found.at === at)),
    plainBm25RecallAt5: share((question, at) => plain(question).includes(at)),
  };
  for (const [name, value] of Object.entries(figures)) say(`${name.padEnd(24)} ${String(value)}`);
  return { language, passages: texts.length, questions: questions.length, ...figures };
}
