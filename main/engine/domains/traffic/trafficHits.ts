import type { County, Link } from '../../../../shared/county/county.ts';
import type { Hit } from '../kit/Domain.ts';

function roadHit(link: Link, center: readonly [number, number]): Hit {
  const [lon, lat] = link.path[Math.floor(link.path.length / 2)] ?? center;
  return {
    group: 'county',
    subject: { kind: 'link', id: link.id },
    title: link.name,
    detail: `Road, ${link.roadClass}`,
    lon,
    lat,
  };
}

/** Roads and detectors. One hit per road name is enough: a street has dozens of links. */
export function trafficHits({ links, detectors, profile }: County): Hit[] {
  const byName = new Map(links.filter(({ name }) => name !== '').map((link) => [link.name, link]));
  return [
    ...[...byName.values()].map((link) => roadHit(link, profile.center)),
    ...detectors.map(({ id, name, lon, lat }): Hit => {
      const subject = { kind: 'detector', id } as const;
      return { group: 'county', subject, title: id, detail: name ?? 'Traffic detector', lon, lat };
    }),
  ];
}
