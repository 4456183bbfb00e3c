import type { County } from '../../../shared/county/county.ts';
import type { Hit } from './hit.ts';
import { rowOf } from './hit.ts';
import type { SearchRow } from '../store/store.ts';

/** "L00399" is looked for as 399 too. */
const idWords = (id: string): string => {
  const number = /\p{L}0*(\d+)$/u.exec(id)?.[1];
  return number === undefined ? id : `${id} ${number}`;
};

const thing = (hit: Omit<Hit, 'group'>): SearchRow =>
  rowOf({ ...hit, group: 'county' }, `${hit.detail} ${idWords(hit.subject.id)}`);

/** One row a road name and direction is enough: a street has dozens of links. */
function roads(county: County): SearchRow[] {
  const byName = new Map(county.links.filter(({ name }) => name !== '').map((link) => [link.name, link]));
  return [...byName.values()].map((link) => {
    const [lon, lat] = link.path[Math.floor(link.path.length / 2)] ?? county.profile.center;
    return thing({
      subject: { kind: 'link', id: link.id },
      title: link.name,
      detail: `Road, ${link.roadClass}`,
      lon,
      lat,
    });
  });
}

/** Everything that the county's files name, what is looked for most first. */
export function countyRows(county: County): SearchRow[] {
  return [
    ...county.map.flatMap(({ kind, name, point }) =>
      kind === 'place' && name !== undefined && point !== undefined
        ? [
            thing({
              subject: { kind: 'system', id: `place:${name}` },
              title: name,
              detail: 'Place',
              lon: point[0],
              lat: point[1],
            }),
          ]
        : [],
    ),
    ...[...(county.timetable?.routes.values() ?? [])].map((route) =>
      thing({ subject: { kind: 'route', id: route.id }, title: `Route ${route.shortName}`, detail: route.longName }),
    ),
    ...county.zones.map(({ id, kind, name, center: [lon, lat] }) =>
      thing({
        subject: { kind: kind === 'feeder' ? 'feeder' : 'zone', id },
        title: name,
        detail: kind === 'feeder' ? 'Feeder' : 'Water zone',
        lon,
        lat,
      }),
    ),
    ...county.units.map(({ id, name, kind }) =>
      thing({ subject: { kind: 'unit', id }, title: name, detail: `Unit, ${kind}` }),
    ),
    ...roads(county),
    ...county.detectors.map(({ id, name, lon, lat }) =>
      thing({ subject: { kind: 'detector', id }, title: id, detail: name ?? 'Traffic detector', lon, lat }),
    ),
    ...county.meters.map(({ id, commodity, address, lon, lat }) =>
      thing({ subject: { kind: 'meter', id }, title: address ?? id, detail: `${commodity} meter ${id}`, lon, lat }),
    ),
  ];
}
