import { z } from 'zod';

/**
 * Beacon's own topics, all JSON. Times are UTC epoch milliseconds (`at`), units stand in the names, positions are WGS84
 * degrees.
 *
 *     beacon/v1/traffic/<detectorId>            QoS 0   one period of a traffic detector
 *     beacon/v1/vehicle/<vehicleId>             QoS 0   a transit vehicle's position
 *     beacon/v1/meter/<meterId>                 QoS 1   a meter reading
 *     beacon/v1/meter/<meterId>/event           QoS 1   last gasp, power restored, tamper …
 *     beacon/v1/zone/<zoneId>                   QoS 1   inflow and pressure of a district metered area, load of a feeder
 *     beacon/v1/<traffic|meter|zone>/<id>/intervals  QoS 1  a block of past readings at equal intervals
 *     beacon/v1/unit/<unitId>                   QoS 1   a response unit's position and status
 *     beacon/v1/report/<reportId>               QoS 1   a citizen's report
 *     beacon/v1/clock                           QoS 0   retained; the time of an accelerated county
 *     beacon/v1/dispatch/<unitId>               QoS 1   from Beacon to a unit
 */
export const BEACON_PREFIX = 'beacon/v1';

const at = z.number().int();
const finite = z.number();
const lon = z.number().min(-180).max(180);
const lat = z.number().min(-90).max(90);

export const trafficMessageSchema = z.object({
  at,
  /** Length of the period that ends at `at`. */
  periodS: z.number().positive().max(86_400),
  /** Vehicles in the period, all lanes together. */
  count: z.number().int().nonnegative(),
  /** Mean speed; null when nothing passed. */
  speedMps: finite.nullable(),
  /** Share of time that the detector was covered, 0..1. */
  occupancy: finite,
  /** The device's own verdict. */
  status: z.enum(['ok', 'warning', 'error']).optional(),
});
export type TrafficMessage = z.infer<typeof trafficMessageSchema>;

export const vehicleMessageSchema = z.object({
  at,
  lon,
  lat,
  label: z.string().max(80).optional(),
  speedMps: finite.nonnegative().optional(),
  headingDeg: finite.min(0).max(360).optional(),
  /** Positive when late. */
  delayS: finite.optional(),
  routeId: z.string().max(80).optional(),
  tripId: z.string().max(120).optional(),
  occupancy: finite.min(0).max(1).optional(),
});

/** Registers are cumulative. At least one number must be there. */
export const meterMessageSchema = z.object({
  at,
  registerKwh: finite.optional(),
  voltageV: finite.optional(),
  powerKw: finite.optional(),
  registerM3: finite.optional(),
  flowM3h: finite.optional(),
  pressureKpa: finite.optional(),
  /** `estimated`: made by the head-end, not read. */
  quality: z.enum(['good', 'estimated', 'suspect']).optional(),
  /** The meter's whole present status, e.g. ["tamper"]; absent when it has not said. */
  flags: z.array(z.string().max(60)).max(20).optional(),
});
export type MeterMessage = z.infer<typeof meterMessageSchema>;

export const meterEvents = [
  'lastGasp',
  'powerRestored',
  'tamper',
  'reverseFlow',
  'leak',
  'burst',
  'batteryLow',
] as const;
export const meterEventMessageSchema = z.object({ at, event: z.enum(meterEvents) });

export const zoneMessageSchema = z.object({
  at,
  /** A district metered area: inflow less outflow at its meters, and pressure at its critical point. */
  inflowM3h: finite.optional(),
  pressureKpa: finite.optional(),
  /** A feeder: load and voltage at the substation, and its breaker. */
  powerKw: finite.optional(),
  voltageV: finite.optional(),
  breaker: z.enum(['closed', 'open']).optional(),
});
export type ZoneMessage = z.infer<typeof zoneMessageSchema>;

/** The names that may stand in a block, of one length; null is a missing interval. */
const column = z.array(finite.nullable()).max(10_000);
export const intervalsMessageSchema = z.object({
  /** The time of the first value; value i belongs to `from + i × everyS`. */
  from: at,
  everyS: z.number().positive().max(86_400),
  registerKwh: column.optional(),
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

/** `dispatched`: the order has reached the unit; `accepted`: its crew has taken it. */
export const unitStatusWords = [
  'available',
  'dispatched',
  'accepted',
  'enRoute',
  'onScene',
  'returning',
  'offDuty',
] as const;
export const unitMessageSchema = z.object({
  at,
  lon,
  lat,
  status: z.enum(unitStatusWords),
  headingDeg: finite.min(0).max(360).optional(),
  speedMps: finite.nonnegative().optional(),
  incident: z.string().max(100).optional(),
});
export type UnitMessage = z.infer<typeof unitMessageSchema>;

export const reportMessageSchema = z.object({
  at,
  category: z.string().min(1).max(60),
  text: z.string().max(2000),
  lon: lon.optional(),
  lat: lat.optional(),
  address: z.string().max(200).optional(),
});
export type ReportMessage = z.infer<typeof reportMessageSchema>;

/** `at` is the county's time when it was sent, running at `speed` times the wall's. */
export const clockMessageSchema = z.object({ at, speed: z.number().positive().max(10_000) });

export const dispatchMessageSchema = z.object({
  at,
  incident: z.string().max(100),
  order: z.enum(['go', 'standDown']),
  lon: lon.optional(),
  lat: lat.optional(),
});
export type DispatchMessage = z.infer<typeof dispatchMessageSchema>;
