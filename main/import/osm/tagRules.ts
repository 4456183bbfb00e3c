import type { mapFeatureKinds, roadClasses, Unit } from '../../../shared/county/county.ts';
import type { Tags } from './decodeBlock.ts';

type MapKind = (typeof mapFeatureKinds)[number];
/** What a kind of road is taken for where its tags say nothing: class, speed limit, and whether it is open to cars. */
type RoadKind = { roadClass: (typeof roadClasses)[number]; limitKmh: number; isForCars: boolean };

const road = (roadClass: RoadKind['roadClass'], limitKmh: number, isForCars = true): RoadKind => ({
  roadClass,
  limitKmh,
  isForCars,
});

/** The values of `highway` that vehicles drive on (https://wiki.openstreetmap.org/wiki/Key:highway). */
const roadKinds: ReadonlyMap<string, RoadKind> = new Map([
  ['motorway', road('freeway', 110)],
  ['motorway_link', road('ramp', 60)],
  ['trunk', road('arterial', 90)],
  ['trunk_link', road('ramp', 50)],
  ['primary', road('arterial', 80)],
  ['primary_link', road('arterial', 50)],
  ['secondary', road('arterial', 70)],
  ['secondary_link', road('arterial', 50)],
  ['tertiary', road('collector', 60)],
  ['tertiary_link', road('collector', 50)],
  ['unclassified', road('local', 50)],
  ['residential', road('local', 40)],
  ['living_street', road('local', 15)],
  ['service', road('local', 20)],
  ['road', road('local', 40)],
  ['track', road('local', 15, false)],
  ['pedestrian', road('local', 10, false)],
  ['busway', road('local', 50, false)],
  ['bus_guideway', road('local', 50, false)],
  ['emergency_access', road('local', 20, false)],
]);

/** The kind of a road; undefined for what is no road, and for the areas of squares. */
export function roadKindOf(tags: Tags): RoadKind | undefined {
  return tags.get('area') === 'yes' ? undefined : roadKinds.get(tags.get('highway') ?? '');
}

const areaKinds: readonly (readonly [key: string, values: readonly string[], kind: MapKind])[] = [
  ['natural', ['water'], 'water'],
  ['waterway', ['riverbank', 'dock'], 'water'],
  ['landuse', ['reservoir', 'basin'], 'water'],
  ['natural', ['wood'], 'wood'],
  ['landuse', ['forest'], 'wood'],
  ['leisure', ['park', 'golf_course', 'nature_reserve'], 'park'],
  ['landuse', ['recreation_ground', 'village_green', 'cemetery'], 'park'],
  ['landuse', ['residential', 'commercial', 'industrial', 'retail'], 'builtUp'],
  ['boundary', ['administrative'], 'boundary'],
];

/** What an area is on the base map; undefined for what it does not draw. */
export function areaKindOf(tags: Tags): MapKind | undefined {
  return areaKinds.find(([key, values]) => values.includes(tags.get(key) ?? ''))?.[2];
}

/** Whether a line is a river of the base map. Streams are too many. */
export const isRiver = (tags: Tags): boolean => ['river', 'canal'].includes(tags.get('waterway') ?? '');

const placeRanks: ReadonlyMap<string, number> = new Map([
  ['city', 3],
  ['town', 2],
  ['village', 1],
  ['suburb', 1],
  ['hamlet', 0],
]);

/** The rank of a place on the base map; undefined for what is none or has no name. */
export function placeRankOf(tags: Tags): number | undefined {
  return tags.has('name') ? placeRanks.get(tags.get('place') ?? '') : undefined;
}

const stationKinds: ReadonlyMap<string, Unit['kind']> = new Map([
  ['fire_station', 'fire'],
  ['police', 'police'],
  ['ambulance_station', 'ambulance'],
  ['hospital', 'ambulance'],
]);

/** The kind of units that have their base at a station; undefined for what is none. */
export function stationKindOf(tags: Tags): Unit['kind'] | undefined {
  return stationKinds.get(tags.get('amenity') ?? '') ?? stationKinds.get(tags.get('emergency') ?? '');
}

/** Barriers that nothing passes, and those that only response vehicles can open. */
const solidBarriers = new Set([
  'block',
  'jersey_barrier',
  'wall',
  'debris',
  'log',
  'stile',
  'kissing_gate',
  'turnstile',
]);
const openableBarriers = new Set(['bollard', 'chain', 'cycle_barrier']);
const closedWords = new Set(['no', 'private', 'agricultural', 'forestry', 'emergency', 'psv', 'bus']);

/** Whom a node on a road keeps out: nobody (undefined), all but response vehicles, or everybody. */
export function barrierOf(tags: Tags): 'openable' | 'solid' | undefined {
  const barrier = tags.get('barrier');
  if (barrier === undefined) return undefined;
  const word = ['motorcar', 'motor_vehicle', 'vehicle', 'access'].map((key) => tags.get(key)).find(Boolean);
  if (word !== undefined) return closedWords.has(word) ? 'openable' : undefined;
  if (solidBarriers.has(barrier)) return 'solid';
  // A gate without a word on who may pass stands open more often than not; a bollard never does.
  return openableBarriers.has(barrier) ? 'openable' : undefined;
}
