import type { County } from '../../../../shared/county/county.ts';
import type { Hit } from '../kit/Domain.ts';

/** Zones and meters. */
export function utilitiesHits({ zones, meters }: County): Hit[] {
  return [
    ...zones.map(({ id, kind, name, center: [lon, lat] }): Hit => {
      const isFeeder = kind === 'feeder';
      const subject = { kind: isFeeder ? 'feeder' : 'zone', id } as const;
      return { group: 'county', subject, title: name, detail: isFeeder ? 'Feeder' : 'Water zone', lon, lat };
    }),
    ...meters.map(({ id, commodity, address, lon, lat }): Hit => {
      const subject = { kind: 'meter', id } as const;
      return { group: 'county', subject, title: address ?? id, detail: `${commodity} meter ${id}`, lon, lat };
    }),
  ];
}
