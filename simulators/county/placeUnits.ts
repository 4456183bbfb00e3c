import { usualCapabilities, type Unit, type UnitShift } from '../../shared/county/county.ts';
import { add, type Plane } from '../geometry/plane.ts';
import type { Random } from '../random/Random.ts';
import type { Land } from './makeLand.ts';

/** Kind and call sign of the units, in the order in which a growing county gets them. */
const roster: readonly [Unit['kind'], string][] = [
  ['police', 'Patrol'],
  ['fire', 'Engine'],
  ['ambulance', 'Medic'],
  ['tow', 'Tow'],
  ['waterCrew', 'Water'],
  ['lineCrew', 'Line'],
  ['roadCrew', 'Road'],
  ['police', 'Patrol'],
  ['ambulance', 'Medic'],
  ['lineCrew', 'Line'],
  ['police', 'Patrol'],
  ['fire', 'Engine'],
  ['waterCrew', 'Water'],
  ['tow', 'Tow'],
  ['police', 'Patrol'],
  ['roadCrew', 'Road'],
  ['fire', 'Engine'],
  ['ambulance', 'Medic'],
];

const hours = (from: number, to: number): UnitShift => ({ fromMin: from * 60, toMin: to * 60 });
/** The shifts of the second unit of a kind and those after it; the first is staffed around the clock. */
const shifts = {
  police: [hours(6, 18), hours(18, 6), hours(14, 2)],
  fire: [hours(7, 7)],
  ambulance: [hours(8, 20), hours(20, 8)],
  tow: [hours(7, 19)],
  waterCrew: [hours(7, 15)],
  lineCrew: [hours(7, 15)],
  roadCrew: [hours(6, 14)],
} as const satisfies Record<Unit['kind'], readonly UnitShift[]>;

/** Some units of a kind have more capabilities than the others, and every third ambulance has no paramedic. */
function capabilitiesOf(kind: Unit['kind'], number: number): Unit['capabilities'] {
  if (kind === 'fire' && number === 1) return [...usualCapabilities.fire, 'hazmat'];
  if (kind === 'tow' && number === 1) return [...usualCapabilities.tow, 'heavyTowing'];
  return kind === 'ambulance' && number % 3 === 0 ? ['firstAid'] : undefined;
}

/** Places the response units at bases in the seat and the towns. */
export function placeUnits(land: Land, plane: Plane, random: Random): Unit[] {
  const bases = land.places.filter(({ kind }) => kind === 'seat' || kind === 'town');
  const serial = new Map<string, number>();
  return Array.from({ length: land.sizes.units }, (_, i) => {
    const [kind, call] = roster[i % roster.length] ?? ['police', 'Patrol'];
    const number = (serial.get(call) ?? 0) + 1;
    serial.set(call, number);
    const base = i < 7 ? bases[0] : bases[(i * 2) % bases.length];
    const capabilities = capabilitiesOf(kind, number);
    const shift = number === 1 ? undefined : shifts[kind][(number - 2) % shifts[kind].length];
    const [baseLon, baseLat] = plane.toLonLat(
      add(base?.center ?? [0, 0], [random.between(-350, 350), random.between(-350, 350)]),
    );
    return {
      id: `${call.toUpperCase()}-${number}`,
      kind,
      name: `${call} ${number}`,
      baseLon,
      baseLat,
      base: base?.name ?? '',
      ...(capabilities && { capabilities }),
      ...(shift && { shift }),
    };
  });
}
