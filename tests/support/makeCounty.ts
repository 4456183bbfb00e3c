import { createRegistry } from '../../main/engine/registry/createRegistry.ts';
import type { Registry } from '../../main/engine/registry/Registry.ts';
import type { County, Detector, Link, Meter, Timetable, Zone } from '../../shared/county/county.ts';
import type { Quantity } from '../../shared/base/quantities.ts';
import type { Quality } from '../../shared/base/quality.ts';
import type { Sample } from '../../shared/base/values.ts';

/** A county with only what a test needs, on the meridian of Greenwich, in UTC. */
export function makeCounty(parts: Partial<County> = {}): { county: County; registry: Registry } {
  const county: County = {
    profile: {
      id: 'test',
      name: 'Test County',
      timeZone: 'UTC',
      displayUnits: 'metric',
      population: 1000,
      bounds: [-1, -1, 1, 1],
      center: [0, 0],
      nominalVoltageV: 230,
      simulated: true,
    },
    map: [],
    links: [],
    zones: [],
    detectors: [],
    meters: [],
    units: [],
    feeds: {},
    ...parts,
  };
  return { county, registry: createRegistry(county) };
}

/** One straight road to the east in links of 1 km, each with a detector. */
export function makeRoad(count: number, roadClass: Link['roadClass'] = 'freeway'): Pick<County, 'links' | 'detectors'> {
  const links = Array.from({ length: count }, (_, i): Link => ({
    id: `L${i}`,
    name: 'I-94 E',
    roadClass,
    fromNode: `n${i}`,
    toNode: `n${i + 1}`,
    lengthM: 1000,
    freeFlowMps: 30,
    lanes: 2,
    capacityVph: 4000,
    path: [
      [i * 0.01, 0],
      [(i + 1) * 0.01, 0],
    ],
  }));
  const detectors = links.map(({ id }, i): Detector => ({
    id: `D${i}`,
    linkId: id,
    lon: i * 0.01,
    lat: 0,
    lanes: 2,
    periodS: 30,
  }));
  return { links, detectors };
}

export const makeZone = (id: string, kind: Zone['kind'], meterCount: number): Zone => ({
  id,
  kind,
  name: id,
  meterCount,
  outline: [],
  center: [0, 0],
});

/** Meters of one zone; every five electricity meters share a transformer. */
export function makeMeters(count: number, commodity: Meter['commodity'], zoneId: string): Meter[] {
  return Array.from({ length: count }, (_, i): Meter => ({
    id: `${zoneId}-${i}`,
    commodity,
    lon: 0,
    lat: 0,
    zoneId,
    premiseId: undefined,
    customerClass: 'singleFamily',
    transformerId: commodity === 'electricity' ? `T${Math.floor(i / 5)}` : undefined,
  }));
}

export const sampleOf = (
  deviceId: string,
  quantity: Quantity,
  value: number,
  atMs: number,
  quality: Quality = 'good',
): Sample => ({ kind: 'sample', deviceId, quantity, value, atMs, quality });

/**
 * One route to the east with a stop every kilometre, a trip every `headwayS` from `firstS` on, two minutes from stop to
 * stop.
 */
export function makeTimetable({ trips = 6, headwayS = 600, firstS = 8 * 3600, stops = 11 } = {}): Timetable {
  const lonOf = (i: number): number => i * 0.009;
  const stopList = Array.from({ length: stops }, (_, i) => ({ id: `S${i}`, name: `Stop ${i}`, lon: lonOf(i), lat: 0 }));
  const tripList = Array.from({ length: trips }, (_, t) => ({
    id: `T${t}`,
    routeId: 'R1',
    serviceId: 'all',
    directionId: 0 as const,
    headsign: 'East',
    shapeId: 'shape',
    stopTimes: stopList.map(({ id }, i) => ({
      stopId: id,
      sequence: i + 1,
      arrivalS: firstS + t * headwayS + i * 120,
      departureS: firstS + t * headwayS + i * 120,
      isTimepoint: true,
    })),
  }));
  return {
    timeZone: 'UTC',
    stops: new Map(stopList.map((stop) => [stop.id, stop])),
    routes: new Map([['R1', { id: 'R1', shortName: '1', longName: 'Main Street', shapes: [] }]]),
    trips: new Map(tripList.map((trip) => [trip.id, trip])),
    shapes: new Map([['shape', stopList.map(({ lon, lat }): [number, number] => [lon, lat])]]),
    runsOn: () => true,
    frequencies: new Map(),
  };
}

/** A small seeded generator of numbers in 0..1 (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
