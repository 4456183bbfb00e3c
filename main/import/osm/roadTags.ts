import type { Link } from '../../../shared/county/county.ts';
import type { Tags } from './decodeBlock.ts';
import { roadKindOf } from './tagRules.ts';

type Direction = 'forward' | 'backward';
/** What a link takes from the tags of its way. */
type RoadFacts = Pick<
  Link,
  'name' | 'roadClass' | 'freeFlowMps' | 'lanes' | 'capacityVph' | 'access' | 'speedLimitMps'
>;

const KMH = 1 / 3.6;
const MPH = 0.44704;
const KNOT = 0.514444;
/** Empty streets with crossings are driven at about this share of the limit. */
const STREET_SHARE = 0.9;
/** The most that is driven where there is no limit, or the limit is absurd. */
const FASTEST_MPS = 130 * KMH;
const SLOWEST_MPS = 2;
const MOST_LANES = 8;
const LANE_VPH = { freeway: 2100, ramp: 1600, arterial: 1200, collector: 900, local: 600 } as const satisfies Record<
  Link['roadClass'],
  number
>;

const ONE_WAY = new Set(['yes', 'true', '1']);
const ONE_WAY_BACK = new Set(['-1', 'reverse']);

/** The directions in which a road is driven (https://wiki.openstreetmap.org/wiki/Key:oneway). */
export function directionsOf(tags: Tags): readonly Direction[] {
  const word = tags.get('oneway:motor_vehicle') ?? tags.get('oneway');
  if (word !== undefined && ONE_WAY.has(word)) return ['forward'];
  if (word !== undefined && ONE_WAY_BACK.has(word)) return ['backward'];
  const isImplied =
    ['roundabout', 'circular'].includes(tags.get('junction') ?? '') ||
    ['motorway', 'motorway_link'].includes(tags.get('highway') ?? '');
  return isImplied && word !== 'no' ? ['forward'] : ['forward', 'backward'];
}

const OPEN = new Set(['yes', 'permissive', 'designated', 'official', 'public']);
const ONLY_TO_A_PLACE = new Set(['private', 'destination', 'customers', 'delivery', 'permit', 'residents']);
const BUSES = new Set(['psv', 'bus']);

/** Who may drive on a road: the most exact key counts (https://wiki.openstreetmap.org/wiki/Key:access). */
export function accessOf(tags: Tags): Link['access'] {
  const word = ['motorcar', 'motor_vehicle', 'vehicle', 'access'].map((key) => tags.get(key)).find(Boolean);
  const isForBuses = BUSES.has(word ?? '') || OPEN.has(tags.get('bus') ?? tags.get('psv') ?? '');
  const isBusway = ['busway', 'bus_guideway'].includes(tags.get('highway') ?? '');
  if (word !== undefined && OPEN.has(word)) return undefined;
  if (word !== undefined && ONLY_TO_A_PLACE.has(word)) return 'destination';
  if (word !== undefined || roadKindOf(tags)?.isForCars === false)
    return isForBuses || (isBusway && word === undefined) ? 'bus' : 'emergency';
  return undefined;
}

/** A limit in m/s; undefined where the tag says nothing that has a number, as `signals`. */
export function speedOf(text: string | undefined): number | undefined {
  if (text === 'none') return FASTEST_MPS;
  if (text === 'walk') return 7 * KMH;
  const [, digits, unit] = /^(\d+(?:\.\d+)?)\s*(mph|knots|km\/h|kmh|kph)?$/.exec(text?.trim() ?? '') ?? [];
  if (digits === undefined) return undefined;
  const mps = Number(digits) * (unit === 'mph' ? MPH : unit === 'knots' ? KNOT : KMH);
  return mps >= SLOWEST_MPS ? Math.min(mps, FASTEST_MPS) : undefined;
}

function lanesOf(tags: Tags, direction: Direction, isOneWay: boolean): number {
  const whole = (text: string | undefined): number | undefined => {
    const number = Number(text);
    return text !== undefined && Number.isInteger(number) && number > 0 ? Math.min(number, MOST_LANES) : undefined;
  };
  const own = whole(tags.get(`lanes:${direction}`));
  const all = whole(tags.get('lanes'));
  if (own !== undefined) return own;
  if (all !== undefined) return isOneWay ? all : Math.max(1, Math.floor(all / 2));
  return tags.get('highway') === 'motorway' ? 2 : 1;
}

/** The name that people use: the number of a freeway, and the name of a street. */
function nameOf(tags: Tags, roadClass: Link['roadClass']): string {
  const ref = tags.get('ref')?.split(';')[0]?.trim();
  const name = tags.get('name')?.trim();
  const destination = tags.get('destination:ref') ?? tags.get('destination');
  const usual = roadClass === 'freeway' ? (ref ?? name) : (name ?? ref);
  return usual ?? (roadClass === 'ramp' && destination !== undefined ? `ramp to ${destination.split(';')[0]}` : '');
}

const rounded = (value: number): number => Math.round(value * 100) / 100;

/** What the tags of a road say of one of its directions; undefined for what is no road. */
export function factsOf(tags: Tags, direction: Direction, isOneWay: boolean): RoadFacts | undefined {
  const kind = roadKindOf(tags);
  if (kind === undefined) return undefined;
  const { roadClass } = kind;
  const limitMps = speedOf(tags.get(`maxspeed:${direction}`)) ?? speedOf(tags.get('maxspeed'));
  const assumedMps = limitMps ?? kind.limitKmh * KMH;
  const lanes = lanesOf(tags, direction, isOneWay);
  const access = accessOf(tags);
  return {
    name: nameOf(tags, roadClass),
    roadClass,
    freeFlowMps: rounded(Math.max(SLOWEST_MPS, roadClass === 'freeway' ? assumedMps : assumedMps * STREET_SHARE)),
    lanes,
    capacityVph: lanes * LANE_VPH[roadClass],
    ...(access !== undefined && { access }),
    ...(limitMps !== undefined && { speedLimitMps: rounded(limitMps) }),
  };
}
