import type { RequestOutput } from '../../../shared/contract/contract.ts';
import type { SearchRow } from '../store/store.ts';

export type Hit = RequestOutput<'search'>['hits'][number];

/** A hit as the index keeps it; its title, its id and `words` are what it is found by. */
export function rowOf(hit: Hit, words: string, key = `${hit.group} ${hit.subject.kind}:${hit.subject.id}`): SearchRow {
  return { key, group: hit.group, title: hit.title, words, atMs: hit.atMs ?? 0, hit: JSON.stringify(hit) };
}
