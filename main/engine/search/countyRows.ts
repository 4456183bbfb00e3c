import type { County } from '../../../shared/county/county.ts';
import type { Hit } from './hit.ts';
import { rowOf } from './hit.ts';
import type { SearchRow } from '../store/store.ts';

/** People search for "L00399" as 399, too. */
const idWords = (id: string): string => {
  const number = /\p{L}0*(\d+)$/u.exec(id)?.[1];
  return number === undefined ? id : `${id} ${number}`;
};

const thing = (hit: Omit<Hit, 'group'>): SearchRow =>
  rowOf({ ...hit, group: 'county' }, `${hit.detail} ${idWords(hit.subject.id)}`);

/** Places of the base map, and the things that domains hand over. Kinds with few things come first. */
export function countyRows({ map }: Pick<County, 'map'>, ofDomains: readonly Hit[]): SearchRow[] {
  const places = map.flatMap(({ kind, name, point }) => {
    if (kind !== 'place' || name === undefined || point === undefined) return [];
    const [lon, lat] = point;
    return [thing({ subject: { kind: 'system', id: `place:${name}` }, title: name, detail: 'Place', lon, lat })];
  });
  const kinds = [...Map.groupBy(ofDomains, ({ subject }) => subject.kind).values()];
  return [...places, ...kinds.sort((a, b) => a.length - b.length).flatMap((hits) => hits.map(thing))];
}
