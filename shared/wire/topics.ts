import { z } from 'zod';
import { unitStatuses } from '../base/values.ts';

/** What Beacon's own topics begin with. */
export const BEACON_PREFIX = 'beacon/v1';

const at = z.number().int().describe('when it was so, UTC epoch milliseconds');
const finite = z.number();
const lon = z.number().min(-180).max(180).describe('degrees, WGS84');
const lat = z.number().min(-90).max(90).describe('degrees, WGS84');

/** One publication period of a traffic detector. */
export const trafficMessageSchema = z.object({
  at,
  periodS: z.number().positive().max(86_400).describe('length of the period that ends at `at`'),
  count: z.number().int().nonnegative().describe('vehicles in the period, all lanes together'),
  speedMps: finite.nullable().describe('mean speed, m/s; `null` when nothing passed'),
  occupancy: finite.describe('share of time that the detector was covered, 0 to 1'),
  status: z.enum(['ok', 'warning', 'error']).optional().describe("the device's own verdict"),
});
export type TrafficMessage = z.infer<typeof trafficMessageSchema>;

/** The travel time between two points of a road: Bluetooth, toll gates, number plates, floating cars. */
export const segmentMessageSchema = z.object({
  at,
  travelS: z
    .number()
    .positive()
    .max(86_400)
    .nullable()
    .describe('mean travel time in seconds of the vehicles that arrived; `null` when none has'),
  count: z
    .number()
    .int()
    .nonnegative()
    .optional()
    .describe('vehicles that it was measured from; with 0 the travel time is a held one, and no measurement'),
});
export type SegmentMessage = z.infer<typeof segmentMessageSchema>;

/** Where a vehicle of public transport is. SI units, degrees clockwise from north, `occupancy` 0..1. */
export const vehicleMessageSchema = z.object({
  at,
  lon,
  lat,
  label: z.string().max(80).optional().describe('what is written on the vehicle'),
  speedMps: finite.nonnegative().optional().describe('m/s'),
  headingDeg: finite.min(0).max(360).optional().describe('clockwise from north'),
  delayS: finite.optional().describe('seconds, positive when late'),
  routeId: z.string().max(80).optional().describe('`route_id` of the timetable'),
  tripId: z.string().max(120).optional().describe('`trip_id` of the timetable'),
  occupancy: finite.min(0).max(1).optional().describe('share of places that are taken'),
});

/** Registers are cumulative. At least one number must be there. */
export const meterMessageSchema = z.object({
  at,
  registerKwh: finite.optional().describe('cumulative; at least one number must be there'),
  exportRegisterKwh: finite.optional().describe('cumulative energy fed in'),
  tariffs: z
    .record(z.string().max(40), finite)
    .optional()
    .describe('registers by the name of the tariff, kWh; added up where there is no register'),
  voltageV: finite.optional(),
  powerKw: finite.optional(),
  registerM3: finite.optional().describe('cumulative'),
  flowM3h: finite.optional(),
  pressureKpa: finite.optional(),
  quality: z
    .enum(['good', 'estimated', 'suspect'])
    .optional()
    .describe('`estimated`: computed, not read at the meter; `good` where it is absent'),
  flags: z
    .array(z.string().max(60))
    .max(20)
    .optional()
    .describe("the meter's whole present state, as `tamper`; absent when it has not said"),
});
export type MeterMessage = z.infer<typeof meterMessageSchema>;

/** The events that a meter can report. */
export const meterEvents = [
  'lastGasp',
  'powerRestored',
  'tamper',
  'reverseFlow',
  'leak',
  'burst',
  'batteryLow',
] as const;
/** An event that happened at a meter. */
export const meterEventMessageSchema = z.object({ at, event: z.enum(meterEvents) });

/** A reading of a water zone or of a feeder. */
export const zoneMessageSchema = z.object({
  at,
  inflowM3h: finite.optional().describe('of a water zone: inflow less outflow at its meters'),
  pressureKpa: finite.optional().describe('of a water zone: at its critical point'),
  powerKw: finite.optional().describe('of a feeder: load at the substation'),
  voltageV: finite.optional().describe('of a feeder: at the substation'),
  breaker: z.enum(['closed', 'open']).optional().describe('of a feeder'),
});
export type ZoneMessage = z.infer<typeof zoneMessageSchema>;

/** One quantity of a block: all columns have the same length, and null is a missing interval. */
const column = z.array(finite.nullable()).max(10_000);
/** Past readings at equal intervals, one column per quantity, all columns of one length. */
export const intervalsMessageSchema = z.object({
  from: z
    .number()
    .int()
    .describe('the time of the first value, UTC epoch milliseconds; value i is at `from + i × everyS`'),
  everyS: z.number().positive().max(86_400).describe('seconds'),
  quality: z
    .array(z.enum(['good', 'estimated', 'suspect']).nullable())
    .max(10_000)
    .optional()
    .describe('of each interval, for all columns; `good` where it is null or absent'),
  registerKwh: column.optional(),
  exportRegisterKwh: column.optional(),
  registerM3: column.optional(),
  voltageV: column.optional(),
  inflowM3h: column.optional(),
  pressureKpa: column.optional(),
  powerKw: column.optional(),
  speedMps: column.optional(),
  flowVph: column.optional(),
  occupancy: column.optional(),
});
export type IntervalsMessage = z.infer<typeof intervalsMessageSchema>;

/** Where a response unit is and what it does. */
export const unitMessageSchema = z.object({
  at,
  lon,
  lat,
  status: z.enum(unitStatuses).describe('`dispatched`: the order has reached it; `accepted`: its crew has taken it'),
  headingDeg: finite.min(0).max(360).optional().describe('clockwise from north'),
  speedMps: finite.nonnegative().optional().describe('m/s'),
  incident: z.string().max(100).optional().describe('the incident for which it is under way, as its order named it'),
});
export type UnitMessage = z.infer<typeof unitMessageSchema>;

/** A citizen's report. */
export const reportMessageSchema = z.object({
  at,
  category: z.string().min(1).max(60).describe('what it is about, as `water`'),
  text: z.string().max(2000).describe('in the words of the citizen'),
  lon: lon.optional(),
  lat: lat.optional(),
  address: z.string().max(200).optional(),
});
export type ReportMessage = z.infer<typeof reportMessageSchema>;

/**
 * The county clock of an accelerated run. `at` is the county's time when the message was sent; it runs at `speed` times
 * the wall clock.
 */
export const clockMessageSchema = z.object({
  at,
  speed: z.number().positive().max(10_000).describe('how many times as fast as the wall clock'),
});

/** An order from Beacon to a unit: to go to the scene of an incident, or to stand down. */
export const dispatchMessageSchema = z.object({
  at,
  incident: z.string().max(100).describe('the number of the incident'),
  order: z.enum(['go', 'standDown']).describe('drive to the place, or turn back'),
  lon: lon.optional(),
  lat: lat.optional(),
});
export type DispatchMessage = z.infer<typeof dispatchMessageSchema>;

/** One of Beacon's own topics: what is sent there, and everything that its documentation says. */
type TopicFacts<S extends z.ZodType> = {
  /** Below the prefix, with what varies in angle brackets. */
  path: string;
  /** The quality of service with which it is published, and with which Beacon subscribes to it. */
  qos: 0 | 1;
  schema: S;
  example: z.input<S>;
  /** In Markdown. */
  meaning: string;
};
const topic = <S extends z.ZodType>(facts: TopicFacts<S>): TopicFacts<S> => facts;

/**
 * Beacon's own topics, all JSON. Times are UTC epoch milliseconds (`at`), units stand in the names, positions are WGS84
 * degrees. Feeds, simulators and the page docs/topics.md take quality of service, examples and meaning from here.
 */
export const topics = {
  traffic: topic({
    path: 'traffic/<detectorId>',
    qos: 1,
    schema: trafficMessageSchema,
    example: { at: 1780315200000, periodS: 20, count: 6, speedMps: 14.2, occupancy: 0.12, status: 'ok' },
    meaning:
      "one period that ends at `at`: vehicles in the period, mean speed in m/s (`null` when nothing passed), share of time covered 0 to 1, the device's own verdict `ok`, `warning` or `error`",
  }),
  segment: topic({
    path: 'segment/<segmentId>',
    qos: 1,
    schema: segmentMessageSchema,
    example: { at: 1780315200000, travelS: 77, count: 12 },
    meaning:
      'the travel time between two points: mean seconds, and the vehicles that it was measured from (0: the last one, held)',
  }),
  vehicle: topic({
    path: 'vehicle/<vehicleId>',
    qos: 0,
    schema: vehicleMessageSchema,
    example: {
      at: 1780315200000,
      lon: -93.2,
      lat: 44.1,
      speedMps: 9.5,
      headingDeg: 270,
      delayS: 90,
      routeId: '4',
      tripId: '4-0710',
      label: '214',
      occupancy: 0.4,
    },
    meaning: 'a transit vehicle; delay in seconds, positive when late; heading clockwise from north',
  }),
  meter: topic({
    path: 'meter/<meterId>',
    qos: 1,
    schema: meterMessageSchema,
    example: { at: 1780315200000, registerKwh: 12345.6, voltageV: 121.3, flags: [] },
    meaning:
      "a reading: `registerKwh`, `exportRegisterKwh`, `tariffs` (registers by the name of the tariff, kWh, added up where there is no register), `voltageV`, `powerKw`, `registerM3`, `flowM3h`, `pressureKpa`, at least one; `quality` `good`, `estimated` or `suspect`; `flags` is the meter's whole present state",
  }),
  meterEvent: topic({
    path: 'meter/<meterId>/event',
    qos: 1,
    schema: meterEventMessageSchema,
    example: { at: 1780315200000, event: 'lastGasp' },
    meaning: meterEvents.map((event) => `\`${event}\``).join(', '),
  }),
  zone: topic({
    path: 'zone/<zoneId>',
    qos: 1,
    schema: zoneMessageSchema,
    example: { at: 1780315200000, inflowM3h: 41.5, pressureKpa: 420 },
    meaning:
      'a district metered area: net inflow, pressure at its critical point; a feeder: `powerKw`, `voltageV`, `breaker` `closed` or `open`',
  }),
  intervals: topic({
    path: '<traffic, meter or zone>/<id>/intervals',
    qos: 1,
    schema: intervalsMessageSchema,
    example: { from: 1780272000000, everyS: 900, registerM3: [812.4, 812.5, null, 812.9] },
    meaning:
      'past readings at equal intervals, the first at `from`; `null` is a missing one; names as above, and `flowVph` (vehicles an hour); `quality` is a list of `good`, `estimated` or `suspect` for each interval',
  }),
  unit: topic({
    path: 'unit/<unitId>',
    qos: 1,
    schema: unitMessageSchema,
    example: { at: 1780315200000, lon: -93.2, lat: 44.1, status: 'enRoute', incident: '2026-0042' },
    meaning:
      'a response unit: `available`, `dispatched` (the order has reached it), `accepted` (its crew has taken it), `enRoute`, `onScene`, `returning`, `offDuty`',
  }),
  report: topic({
    path: 'report/<reportId>',
    qos: 1,
    schema: reportMessageSchema,
    example: {
      at: 1780315200000,
      category: 'water',
      text: 'Water on the road',
      lon: -93.2,
      lat: 44.1,
      address: '1 Main St',
    },
    meaning: "a citizen's report; the place may be missing",
  }),
  clock: topic({
    path: 'clock',
    qos: 0,
    schema: clockMessageSchema,
    example: { at: 1780315200000, speed: 60 },
    meaning: 'retained; the time of an accelerated county',
  }),
  dispatch: topic({
    path: 'dispatch/<unitId>',
    qos: 1,
    schema: dispatchMessageSchema,
    example: { at: 1780315200000, incident: '2026-0042', order: 'go', lon: -93.2, lat: 44.1 },
    meaning: 'from Beacon to a unit, not retained: `go` or `standDown`; no acceptance within 60 s raises an alarm',
  }),
};
/** The name of one of Beacon's own topics. */
export type TopicName = keyof typeof topics;

/** The topic with its placeholders filled in, in their order: `topicOf('intervals', 'meter', 'W1')`. */
export function topicOf(name: TopicName, ...parts: readonly string[]): string {
  let next = 0;
  return `${BEACON_PREFIX}/${topics[name].path.replace(/<[^>]+>/g, () => parts[next++] ?? '')}`;
}
