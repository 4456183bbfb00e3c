import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench, Figures } from './bench.ts';
import { intentFigures } from './assistant/intentFigures.ts';
import { passageFigures } from './assistant/passageFigures.ts';
import { questionFigures } from './assistant/questionFigures.ts';

export const assistant: Bench = {
  what: "the assistant of the citizens' portal",
  options: {
    pages: "a folder of pages, en/*.md and es/*.md (the simulated county's)",
    questions: 'questions as JSON lines: id, lang, text or turns, expect, topic, has (the own set)',
    intents: 'examples to train the classifier with: JSON in the form of CLINC150, or CSV of text and intent',
    test: 'questions in the same form to measure it on; intents that were not trained are out of scope',
    passages: 'questions on passages in the form of SQuAD, English or Spanish',
  },
  async run(options, say): Promise<Figures> {
    const passages = options.text('passages', '');
    if (passages !== '') return passageFigures(passages, say);
    const [intents, test] = [options.text('intents', ''), options.text('test', '')];
    if (intents !== '' && test !== '') return intentFigures(intents, test, say);
    if (intents !== '' || test !== '') throw new Error('--intents and --test name two files.');
    const folder = mkdtempSync(join(tmpdir(), 'beacon-assistant-'));
    try {
      const own = join(import.meta.dirname, 'assistant', 'questions.jsonl');
      return await questionFigures(
        { folder, pages: options.text('pages', ''), questions: options.text('questions', own) },
        say,
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
