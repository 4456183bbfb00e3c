import type { Condition } from '../alarms/condition.ts';
import type { ZoneState } from './ZoneState.ts';

/** Name, subject and place of a zone for a condition: "Feeder F07", "Zone North". */
export function whereIs({ zone }: ZoneState): Pick<Condition, 'subject' | 'place' | 'lon' | 'lat'> & { name: string } {
  const isFeeder = zone.kind === 'feeder';
  const word = isFeeder ? 'Feeder' : 'Zone';
  const name = /feeder|zone|dma|district/i.test(zone.name) ? zone.name : `${word} ${zone.name}`;
  return { name, subject: { kind: isFeeder ? 'feeder' : 'zone', id: zone.id }, place: name, lon: zone.center[0], lat: zone.center[1] };
}
