import { compassOf } from '../../../shared/traffic/compass.ts';

type Link = { id: string; name: string; path: [number, number][] };

/** A link in words: its name and the direction in which it is driven. */
export function linkWords(links: readonly Link[], id: string): string {
  const link = links.find((each) => each.id === id);
  return link === undefined ? id : `${link.name}, ${compassOf(link.path)}`;
}

/** The links with one more, or without it where it was among them. */
export const toggled = (linkIds: readonly string[], linkId: string): string[] =>
  linkIds.includes(linkId) ? linkIds.filter((each) => each !== linkId) : [...linkIds, linkId];

const endsOf = ({ path }: Link): string => `${String(path[0])}|${String(path.at(-1))}`;

/** The links that run the other way beside the given ones and are not among them. */
export function twinsOf(links: readonly Link[], linkIds: readonly string[]): string[] {
  const chosen = new Set(linkIds);
  const turned = new Set(
    links.filter(({ id }) => chosen.has(id)).map(({ path }) => `${String(path.at(-1))}|${String(path[0])}`),
  );
  return links.filter((link) => !chosen.has(link.id) && turned.has(endsOf(link))).map(({ id }) => id);
}

/** Link ids as the text of a form's field, and back; a text that is none gives no links. */
export const writeLinks = (linkIds: readonly string[]): string => (linkIds.length === 0 ? '' : JSON.stringify(linkIds));

/** Reads what `writeLinks` wrote. */
export function readLinks(text: string | undefined): string[] {
  try {
    const ids: unknown = JSON.parse(text === undefined || text === '' ? '[]' : text);
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}
