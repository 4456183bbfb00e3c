import type { Condition } from '../kit/Condition.ts';
import type { ZoneState } from './ZoneState.ts';

/** The name of a zone ("Feeder F07", "Zone North"), and its subject and place for a condition. */
export function whereIs({ zone }: ZoneState): {
  name: string;
  at: Pick<Condition, 'subject' | 'place' | 'lon' | 'lat'>;
} {
  const isFeeder = zone.kind === 'feeder';
  const name = /feeder|zone|dma|district/i.test(zone.name) ? zone.name : `${isFeeder ? 'Feeder' : 'Zone'} ${zone.name}`;
  return {
    name,
    at: {
      subject: { kind: isFeeder ? 'feeder' : 'zone', id: zone.id },
      place: name,
      lon: zone.center[0],
      lat: zone.center[1],
    },
  };
}
