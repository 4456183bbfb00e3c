import { languages } from '../../../shared/citizens/language.ts';
import type { Language } from '../../../shared/citizens/language.ts';
import { markedPages } from '../../../shared/citizens/mark.ts';
import type { PublicMessage } from '../../../shared/public/publicContract.ts';
import { html } from '../html.ts';
import type { Html, Part } from '../html.ts';
import { timesOf } from '../times.ts';
import type { Times } from '../times.ts';
import { wordsOf } from '../words/words.ts';
import type { Words } from '../words/words.ts';

/** What every page needs to know. */
export type PageContext = {
  language: Language;
  words: Words;
  times: Times;
  county: PublicMessage<'county'> | undefined;
  countyName: string;
  nowMs: number;
};

/** The context of a page in a language. Where the engine was not heard yet, the county has no name. */
export function contextOf(language: Language, county: PublicMessage<'county'> | undefined, nowMs: number): PageContext {
  const words = wordsOf[language];
  return {
    language,
    words,
    times: timesOf(language, county?.timeZone ?? 'UTC'),
    county,
    countyName: county?.name ?? 'Beacon',
    nowMs,
  };
}

type PageParts = {
  title: string;
  /** Path below the language, as `requests`, for the menu and for the same page in the other language. */
  path: string;
  main: Part;
  /** A page with a secret in its address is not for search engines. */
  isPrivate?: boolean;
  /** The address of the same as a news feed. */
  feed?: string;
};

const menuPaths = ['', 'report', 'requests', 'use', 'assistant'] as const;

/** The main menu, and the same page in the other languages. */
function menu({ language, words }: PageContext, { path, isPrivate }: PageParts): Html {
  const names: Record<(typeof menuPaths)[number], string> = {
    '': words.now,
    report: words.report,
    requests: words.requests,
    use: words.use,
    assistant: words.assistant,
  };
  const section = path.split('/')[0] ?? '';
  const others = languages.filter((each) => each !== language);
  return html`<nav aria-label="${words.menu}">
    <ul>
      ${menuPaths.map(
        (each) =>
          html`<li>
            <a href="/${language}${each && `/${each}`}" ${each === section && html`aria-current="page"`}
              >${names[each]}</a
            >
          </li>`,
      )}
      ${others.map(
        (each) =>
          html`<li>
            <a href="/${each}${isPrivate !== true && path !== '' && `/${path}`}" lang="${each}" hreflang="${each}"
              >${wordsOf[each].language}</a
            >
          </li>`,
      )}
    </ul>
  </nav>`;
}

/** A whole page. */
export function layout(context: PageContext, parts: PageParts): string {
  const { language, words, county, countyName } = context;
  const { title, main, isPrivate, feed, path } = parts;
  const marked = markedPages.find((each) => each === (path === '' ? 'now' : path.split('/')[0]));
  const page: Html = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} – ${countyName}</title>
        ${isPrivate === true && html`<meta name="robots" content="noindex" />`}
        ${feed !== undefined && html`<link rel="alternate" type="application/atom+xml" href="${feed}" />`}
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/portal.css" />
        <script src="/portal.js" defer></script>
      </head>
      <body>
        <a class="skip" href="#main">${words.skip}</a>
        ${county?.isSimulated === true && html`<p class="simulated">${words.simulated}</p>`}
        <header>
          <p class="county"><a href="/${language}">${countyName}</a></p>
          ${menu(context, parts)}
          <p class="emergency">${words.emergency}</p>
        </header>
        <main id="main" tabindex="-1">
          <h1>${title}</h1>
          ${main}
        </main>
        <footer>
          <p><a href="/${language}/accessibility">${words.accessibility}</a></p>
          ${marked !== undefined && html`<p><a href="/${language}/feedback?page=${marked}">${words.feedback}</a></p>`}
        </footer>
      </body>
    </html>`;
  return page.text;
}
