import type { DrawnPage } from './DrawnPage.ts';
import { en } from './en.ts';
import { es } from './es.ts';

const DATE = '2026-01-15';
const EXPIRES = '2035-12-31';

const pageFile = ({ title, owner, text }: DrawnPage): string =>
  `---\ntitle: ${JSON.stringify(title)}\nowner: ${JSON.stringify(owner)}\ndate: ${DATE}\nexpires: ${EXPIRES}\n---\n\n${text.trim()}\n`;

/** The pages for citizens, by their place in the county's folder. */
export const countyPages = (): [file: string, text: string][] =>
  Object.entries({ en, es }).flatMap(([language, pages]) =>
    Object.entries(pages).map(([id, page]): [string, string] => [`pages/${language}/${id}.md`, pageFile(page)]),
  );
