import { distanceM } from '../../../shared/base/geometry/distanceM.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { useLive, useNow, useStream } from '../../client/hooks.ts';
import type { UnitChoice } from './unitChoices.ts';
import { sortUnits } from './unitChoices.ts';

/** Every unit with its status and distance to the incident, updated once per second. */
export function useUnitChoices({ lon, lat, unitIds, type }: Incident): UnitChoice[] {
  const { tables } = useLive();
  const roster = useStream('units');
  useNow(1000);
  const distance = (row: number): number | undefined => {
    const [unitLon, unitLat] = [tables.units.motion.drawn[2 * row], tables.units.motion.drawn[2 * row + 1]];
    if (
      lon === undefined ||
      lat === undefined ||
      unitLon === undefined ||
      unitLat === undefined ||
      !tables.units.rows.includes(row)
    )
      return undefined;
    return distanceM(lon, lat, unitLon, unitLat);
  };
  return sortUnits(
    [...(roster?.values() ?? [])].map((unit) => ({
      ...unit,
      status: tables.units.state(unit.index).status,
      distanceM: distance(unit.index),
      isOrdered: unitIds.includes(unit.id),
    })),
    type,
  );
}
