import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

/** The pages that people read, by their paths in the repository. */
export const pages: readonly string[] = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => `docs/${name}`),
];

export const readPage = (page: string): string => readFileSync(join(ROOT, page), 'utf8');

type Example = { page: string; language: string; text: string };
/** The fenced examples of a page. */
export const examplesIn = (page: string): Example[] =>
  [...readPage(page).matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)].map(([, language = '', text = '']) => ({
    page,
    language,
    text,
  }));

/** Drops fenced examples, which are no commands. */
const withoutExamples = (text: string): string => text.replaceAll(/^```\w+\n[\s\S]*?^```/gm, '');

const COMMAND = String.raw`(?:[A-Z_]+=\S+ )*(?:npm|sudo|journalctl|mosquitto_\w+|mv)\b[^` + '`' + String.raw`\n]*`;

export type DocumentedCommand = { page: string; line: string; program: string; args: string[] };

function commandOf(page: string, text: string): DocumentedCommand {
  // Two spaces separate a command from what is said about it.
  const line = text.trim().split(/ {2,}/)[0] ?? '';
  const [program = '', ...args] = line.replace(/^(?:[A-Z_]+=\S+ )*/, '').split(' ');
  return { page, line, program, args };
}

/** The commands of a page: indented lines, and commands within a sentence. */
export function commandsIn(page: string): DocumentedCommand[] {
  const text = withoutExamples(readPage(page));
  const blocks = [...text.matchAll(new RegExp(`^ {4,}(${COMMAND})$`, 'gm'))].flatMap(([, found = '']) =>
    found.split(/; +(?=npm )/),
  );
  const inSentences = [...text.matchAll(new RegExp('`' + `(${COMMAND})` + '`', 'g'))].map(([, found = '']) => found);
  return [...blocks, ...inSentences].map((found) => commandOf(page, found));
}

/** The arguments that a script of the package gets: those after `--`. */
export function scriptOf({ args }: DocumentedCommand): { script: string; args: string[] } {
  const words = args[0] === 'run' ? args.slice(1) : args;
  const at = words.indexOf('--');
  return { script: words[0] ?? '', args: at < 0 ? words.slice(1) : words.slice(at + 1) };
}
