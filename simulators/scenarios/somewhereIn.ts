import type { Random } from '../random/Random.ts';
import type { World } from '../world/World.ts';

/** A random meter of a zone, by index. Throws a RangeError where the zone has none. */
export function somewhereIn(world: World, zone: number, random: Random): number {
  return random.pick(metersIn(world, zone));
}

/** The indexes of a zone's meters. */
export function metersIn(world: World, zone: number): number[] {
  const meters: number[] = [];
  world.meterZone.forEach((own, meter) => {
    if (own === zone) meters.push(meter);
  });
  return meters;
}
