import type { RequestOutput } from '../../../shared/contract.ts';
import type { County } from '../../../shared/county/county.ts';

type Hit = RequestOutput<'search'>['hits'][number];
type Entry = { hit: Hit; words: string };

const MOST_HITS = 30;

const fold = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
const entry = (hit: Hit, ...more: string[]): Entry => ({ hit, words: fold([hit.title, hit.subject.id, hit.detail, ...more].join(' ')) });

/** One entry a road name and direction is enough: a street has dozens of links. */
function roadEntries(county: County): Entry[] {
  const byName = new Map(county.links.filter(({ name }) => name !== '').map((link) => [link.name, link]));
  return [...byName.values()].map((link) => {
    const [lon, lat] = link.path[Math.floor(link.path.length / 2)] ?? county.profile.center;
    return entry({ subject: { kind: 'link', id: link.id }, title: link.name, detail: `Road, ${link.roadClass}`, lon, lat });
  });
}

function entries(county: County): Entry[] {
  return [
    ...county.map.flatMap(({ kind, name, point }) =>
      kind === 'place' && name !== undefined && point !== undefined ? [entry({ subject: { kind: 'system', id: `place:${name}` }, title: name, detail: 'Place', lon: point[0], lat: point[1] })] : []),
    ...[...(county.timetable?.routes.values() ?? [])].map((route) => entry({ subject: { kind: 'route', id: route.id }, title: `Route ${route.shortName}`, detail: route.longName })),
    ...county.zones.map(({ id, kind, name, center }) => entry({ subject: { kind: kind === 'feeder' ? 'feeder' : 'zone', id }, title: name, detail: kind === 'feeder' ? 'Feeder' : 'Water zone', lon: center[0], lat: center[1] })),
    ...county.units.map(({ id, name, kind }) => entry({ subject: { kind: 'unit', id }, title: name, detail: `Unit, ${kind}` })),
    ...roadEntries(county),
    ...county.detectors.map(({ id, name, lon, lat }) => entry({ subject: { kind: 'detector', id }, title: id, detail: name ?? 'Traffic detector', lon, lat })),
    ...county.meters.map(({ id, commodity, address, lon, lat }) => entry({ subject: { kind: 'meter', id }, title: address ?? id, detail: `${commodity} meter ${id}`, lon, lat })),
  ];
}

/** Lower is better: the title begins with it, a word does, it is in there. */
function rank(words: string, wanted: string): number {
  const at = words.indexOf(wanted);
  if (at <= 0) return at === 0 ? 0 : 3;
  return words[at - 1] === ' ' ? 1 : 2;
}

/** Search over everything that the county knows, and over what `live` adds at the moment of the question (vehicles, alarms, incidents). */
export function createSearch(county: County, live: () => Hit[]): (text: string) => Hit[] {
  const known = entries(county);
  return (text) => {
    const wanted = fold(text).split(/\s+/).filter((word) => word !== '');
    const first = wanted[0];
    if (first === undefined) return [];
    const matches = [...live().map((hit) => entry(hit)), ...known].filter(({ words }) => wanted.every((word) => words.includes(word)));
    return matches.sort((a, b) => rank(a.words, first) - rank(b.words, first)).slice(0, MOST_HITS).map(({ hit }) => hit);
  };
}
