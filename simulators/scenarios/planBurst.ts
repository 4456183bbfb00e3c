import { MINUTE_MS } from '../world/LocalTime.ts';
import type { Plan, Scenario } from './Scenario.ts';
import { somewhereIn } from './somewhereIn.ts';

/** A main breaks: within a minute inflow jumps and pressure falls, until the valves are shut. */
export const planBurst: Plan = ({ world, random }, fromMs) => {
  const areas = world.zones.flatMap((zone, index) => (zone.kind === 'dma' && zone.meterCount > 0 ? [index] : []));
  if (areas.length === 0) return [];
  const large = areas
    .toSorted((a, b) => (world.zones[b]?.meterCount ?? 0) - (world.zones[a]?.meterCount ?? 0))
    .slice(0, Math.ceil(areas.length * 0.7));
  const area = random.pick(large);
  const shutMs = fromMs + random.between(28, 34) * MINUTE_MS;
  const toMs = shutMs + 3 * MINUTE_MS;
  const breakM3h = Math.max(14, (world.zones[area]?.meterCount ?? 0) * 0.03) * random.between(0.9, 1.3);
  const lostKpa = random.between(95, 140);
  const share = (atMs: number): number =>
    Math.min(1, Math.max(0, (atMs - fromMs) / 50_000), Math.max(0, (toMs - atMs) / (toMs - shutMs)));
  const meter = world.meters[somewhereIn(world, area, random)];
  const place = {
    lon: meter?.lon ?? 0,
    lat: meter?.lat ?? 0,
    ...(meter?.address === undefined ? {} : { address: meter.address }),
  };
  const scenario: Scenario = {
    fromMs,
    toMs,
    truth: {
      scenario: 'burst',
      kind: 'waterMainBurst',
      subjectKind: 'zone',
      subjectIds: [world.zones[area]?.id ?? ''],
      lon: place.lon,
      lat: place.lat,
      fromMs,
      toMs: shutMs,
    },
    water: (zone, atMs) =>
      zone === area && atMs >= fromMs
        ? { extraM3h: breakM3h * share(atMs), lostKpa: lostKpa * share(atMs) }
        : undefined,
    reports: [
      {
        atMs: fromMs + 70_000,
        category: 'water',
        text: 'Water is coming up through the pavement and running down the street.',
        ...place,
      },
      {
        atMs: fromMs + 6 * MINUTE_MS,
        category: 'water',
        text: 'Hardly any pressure in the house since a few minutes.',
        ...place,
      },
    ],
  };
  return [scenario];
};
