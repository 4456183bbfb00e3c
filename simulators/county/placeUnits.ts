import type { Unit } from '../../shared/county/county.ts';
import { add, type Plane } from '../geometry/plane.ts';
import type { Random } from '../random/Random.ts';
import type { Land } from './makeLand.ts';

/** In the order in which a growing county gets them: the call sign and its kind. */
const roster: readonly [Unit['kind'], string][] = [
  ['police', 'Patrol'], ['fire', 'Engine'], ['ambulance', 'Medic'], ['tow', 'Tow'], ['waterCrew', 'Water'], ['lineCrew', 'Line'], ['roadCrew', 'Road'],
  ['police', 'Patrol'], ['ambulance', 'Medic'], ['lineCrew', 'Line'], ['police', 'Patrol'], ['fire', 'Engine'], ['waterCrew', 'Water'], ['tow', 'Tow'],
  ['police', 'Patrol'], ['roadCrew', 'Road'], ['fire', 'Engine'], ['ambulance', 'Medic'],
];

/** Response units at bases in the seat and the towns. */
export function placeUnits(land: Land, plane: Plane, random: Random): Unit[] {
  const bases = land.places.filter(({ kind }) => kind === 'seat' || kind === 'town');
  const serial = new Map<string, number>();
  return Array.from({ length: land.sizes.units }, (_, i) => {
    const [kind, call] = roster[i % roster.length] ?? ['police', 'Patrol'];
    const number = (serial.get(call) ?? 0) + 1;
    serial.set(call, number);
    const base = i < 7 ? bases[0] : bases[(i * 2) % bases.length];
    const [baseLon, baseLat] = plane.toLonLat(add(base?.center ?? [0, 0], [random.between(-350, 350), random.between(-350, 350)]));
    return { id: `${call.toUpperCase()}-${number}`, kind, name: `${call} ${number}`, baseLon, baseLat };
  });
}
