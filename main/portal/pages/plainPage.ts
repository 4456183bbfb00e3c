import { html } from '../html.ts';
import { layout } from './layout.ts';
import type { PageContext } from './layout.ts';

/** A page that only says something. */
export const plainPage = (context: PageContext, title: string, paragraphs: readonly string[], path = ''): string =>
  layout(context, { title, path, main: paragraphs.map((text) => html`<p>${text}</p>`) });
