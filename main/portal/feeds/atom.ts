import { element, xmlDocument } from './xml.ts';
import type { Xml } from './xml.ts';

/** An entry of an Atom feed. */
export type AtomEntry = {
  id: string;
  title: string;
  text: string;
  updatedAtMs: number;
  href: string;
  /** The media type of what `href` leads to. */
  type: string;
};
type AtomFeed = {
  id: string;
  title: string;
  author: string;
  language: string;
  updatedAtMs: number;
  selfUrl: string;
  entries: readonly AtomEntry[];
};

const rfc3339 = (atMs: number): string => new Date(atMs).toISOString();

const entryOf = ({ id, title, text, updatedAtMs, href, type }: AtomEntry): Xml =>
  element('entry', [
    element('id', id),
    element('title', title),
    element('updated', rfc3339(updatedAtMs)),
    element('link', undefined, { href, type }),
    element('content', text, { type: 'text' }),
  ]);

/** A feed of RFC 4287. */
export const atomFeed = ({ id, title, author, language, updatedAtMs, selfUrl, entries }: AtomFeed): string =>
  xmlDocument(
    element(
      'feed',
      [
        element('id', id),
        element('title', title),
        element('updated', rfc3339(updatedAtMs)),
        element('author', [element('name', author)]),
        element('link', undefined, { rel: 'self', href: selfUrl, type: 'application/atom+xml' }),
        ...entries.map(entryOf),
      ],
      { xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': language },
    ),
  );
