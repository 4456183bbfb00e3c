import { MINUTE_MS } from '../world/LocalTime.ts';
import type { CitizenReport, Plan } from './Scenario.ts';

const DEAD_SHARE = 0.04;
const LOSS_MS = MINUTE_MS;
const DEAF_MS = 12 * 60 * MINUTE_MS;

/** A cabinet fails: some detectors that stand next to each other fall silent and stay so for an hour. */
export const planDeadDetectors: Plan = ({ world, random }, fromMs) => {
  const count = Math.max(2, Math.round(world.detectors.length * DEAD_SHARE));
  const first = random.integer(0, Math.max(0, world.detectors.length - count));
  const dead = new Set(Array.from({ length: Math.min(count, world.detectors.length) }, (_, i) => first + i));
  const site = world.detectors[first];
  if (site === undefined) return [];
  const toMs = fromMs + 60 * MINUTE_MS;
  const subjectIds = [...dead].map((detector) => world.detectors[detector]?.id ?? '');
  return [
    {
      fromMs,
      toMs,
      deadDetectors: dead,
      truth: {
        scenario: 'deadDetectors',
        kind: 'deadDetectors',
        subjectKind: 'detector',
        subjectIds,
        lon: site.lon,
        lat: site.lat,
        fromMs,
        toMs,
      },
    },
  ];
};

/**
 * The county is cut off from the broker: nothing arrives for a minute, then the messages that the devices kept arrive
 * late.
 */
export const planBrokerLoss: Plan = ({ world }, fromMs) => {
  const [lon, lat] = world.profile.center;
  const toMs = fromMs + LOSS_MS;
  return [
    {
      fromMs,
      toMs,
      isSilent: true,
      truth: {
        scenario: 'brokerLoss',
        kind: 'brokerLoss',
        subjectKind: 'broker',
        subjectIds: [],
        lon,
        lat,
        fromMs,
        toMs,
      },
    },
  ];
};

/**
 * The first unit of each kind receives no orders for half a day, as if its data radio were off: it still drives about
 * and reports its position.
 */
export const planNoAnswer: Plan = ({ world }, fromMs) => {
  const deafUnits = new Set(
    world.units.flatMap(({ kind }, index) =>
      world.units.findIndex((unit) => unit.kind === kind) === index ? [index] : [],
    ),
  );
  const [lon, lat] = world.profile.center;
  const toMs = fromMs + DEAF_MS;
  const subjectIds = [...deafUnits].map((unit) => world.units[unit]?.id ?? '');
  return [
    {
      fromMs,
      toMs,
      deafUnits,
      truth: { scenario: 'noAnswer', kind: 'deafUnits', subjectKind: 'unit', subjectIds, lon, lat, fromMs, toMs },
    },
  ];
};

const wishes: readonly { category: string; text: string }[] = [
  { category: 'pothole', text: 'Deep pothole in the right lane, two cars with flat tires already.' },
  { category: 'streetlight', text: 'Street light out at the corner since last week.' },
  { category: 'signal', text: 'Traffic light is stuck on red for the side street.' },
  { category: 'water', text: 'The water is brownish this morning.' },
  { category: 'debris', text: 'A tree branch lies across half the road.' },
  { category: 'flooding', text: 'The storm drain is blocked, a puddle reaches the sidewalk.' },
  { category: 'signal', text: 'The crosswalk button does not do anything.' },
  { category: 'transit', text: 'The bus shelter glass is broken.' },
  { category: 'power', text: 'Lights flicker every few minutes.' },
  { category: 'debris', text: 'Mattress on the roadside, half in the lane.' },
];

/** Citizens report what they see in front of their houses, every ten minutes or so. */
export const planReports: Plan = ({ world, random }, fromMs) => {
  const homes = world.meters.filter(({ address }) => address !== undefined);
  if (homes.length === 0) return [];
  const reports: CitizenReport[] = [];
  for (let atMs = fromMs; atMs < fromMs + 45 * MINUTE_MS; atMs += random.between(8, 14) * MINUTE_MS) {
    const { lon, lat, address = '' } = random.pick(homes);
    reports.push({ atMs: Math.round(atMs + 1000), ...random.pick(wishes), lon, lat, address });
  }
  const { lon, lat } = reports[0] ?? { lon: 0, lat: 0 };
  const toMs = fromMs + 46 * MINUTE_MS;
  return [
    {
      fromMs,
      toMs,
      reports,
      truth: {
        scenario: 'reports',
        kind: 'citizenReports',
        subjectKind: 'place',
        subjectIds: reports.map(({ address = '' }) => address),
        lon,
        lat,
        fromMs,
        toMs,
      },
    },
  ];
};
