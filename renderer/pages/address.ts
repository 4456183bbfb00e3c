/**
 * Where the fragment of the address leads: `#/incidents/7` is the page `incidents` with the path "7". What stands
 * behind a `?` belongs to the page (see `ui/addressQuery.ts`).
 */
export type Address = { page: string; path: string };

/** Never fails: an address that cannot be read leads to the first page. */
export function parseAddress(hash: string): Address {
  const [page = '', ...rest] = hash
    .replace(/^#?\/?/, '')
    .replace(/\?.*$/s, '')
    .split('/');
  return { page, path: decoded(rest.join('/')) };
}

/** The fragment for a page, and optionally a thing on it. */
export function addressOf(page: string, path = ''): string {
  return path === '' ? `#/${page}` : `#/${page}/${encodeURIComponent(path)}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
