import { z } from 'zod';
import type { Position } from '../alarms/positions.ts';
import type { VehicleMode } from '../base/values.ts';
import type { Account, Tariffs } from './accounts.ts';
import type { TimetableFeed } from './timetableFeed.ts';

/**
 * A county as a folder of plain files, and what the engine and the screen make of it.
 *
 *     county.json      profile                      detectors.csv   traffic detectors and their links
 *     map.geojson      water, woods, places          meters.csv      every known meter and its premise
 *     network.geojson  road links                    units.csv       response units
 *     zones.geojson    water zones and feeders       feeds.json      units and places of outside streams (optional)
 *     turns.csv        forbidden turns (optional)   segments.csv     stretches with measured travel times (optional)
 *     gtfs/ or gtfs.zip  the timetable (optional)
 *     pages/           what the assistant of the portal quotes (optional; see docs/portal.md)
 *     accounts.csv     customers' accounts and their meters (optional; see accounts.ts)
 *     tariffs.json     prices, and when billing periods begin (optional)
 *     positions.json   operating positions and the alarm domains that belong to each (optional; see
 *                      shared/alarms/positions.ts)
 *
 * Positions are WGS84 degrees, lengths metres, speeds m/s. The CSV files have a header row with the field names below.
 */
const id = z.string().min(1).max(120);
const lon = z.number().min(-180).max(180);
const lat = z.number().min(-90).max(90);
/** The text of a CSV cell as a number; an empty cell is an error, because the number is needed. */
const cell = z.string().trim().min(1).transform(Number).pipe(z.number());
/** An optional number of a CSV row: an empty cell says nothing. */
const optionalText = z
  .string()
  .optional()
  .transform((text) => (text === undefined || text.trim() === '' ? undefined : Number(text)));
const optionalNumber = optionalText.pipe(z.number().positive().optional());
/** An optional day of a CSV row, as its beginning in UTC. */
const optionalDay = z
  .string()
  .regex(/^\s*(\d{4}-\d{2}-\d{2})?\s*$/, 'write a day as 2026-05-31')
  .refine((text) => text.trim() === '' || !Number.isNaN(Date.parse(text.trim())), 'there is no such day')
  .transform((text) => (text.trim() === '' ? undefined : Date.parse(text.trim())))
  .optional();
const optionalId = z
  .string()
  .optional()
  .transform((text) => (text === undefined || text === '' ? undefined : text));

/** `county.json`: what the county is called, where it lies, and in which time zone and units it is shown. */
export const countyProfileSchema = z.object({
  id: id.describe('stays the same for ever: a data folder belongs to one county'),
  name: z.string().min(1).describe('as screens and reports write it'),
  timeZone: z.string().min(1).describe('IANA name, as `America/Chicago`; all local times are shown in it'),
  displayUnits: z.enum(['us', 'metric']).describe('mph and gallons, or km/h and litres'),
  population: z.number().int().nonnegative().describe('people'),
  bounds: z.tuple([lon, lat, lon, lat]).describe('west, south, east, north in degrees'),
  center: z.tuple([lon, lat]).describe('longitude and latitude where the map opens'),
  nominalVoltageV: z.number().positive().describe('volts at a meter, as 120 or 230'),
  voltageLowPu: z
    .number()
    .min(0.5)
    .max(1)
    .optional()
    .describe('lowest voltage as a share of nominal; without it 0.95 (ANSI C84.1), from 200 V on 0.9 (EN 50160)'),
  voltageHighPu: z
    .number()
    .min(1)
    .max(1.5)
    .optional()
    .describe('highest voltage as a share of nominal; without it 1.05, from 200 V on 1.1'),
  voltageHoldS: z
    .number()
    .nonnegative()
    .optional()
    .describe('seconds that a voltage must be out of its limits to count; without it 120, from 200 V on 600'),
  simulated: z.boolean().describe('`true` marks every screen as a simulation; `false` for a real county'),
});
export type CountyProfile = z.infer<typeof countyProfileSchema>;

/** The classes of roads. */
export const roadClasses = ['freeway', 'ramp', 'arterial', 'collector', 'local'] as const;
/** The properties of a road link in `network.geojson`. */
export const linkPropertiesSchema = z.object({
  id: id.describe('detectors name it as `linkId`'),
  name: z.string().describe('of the road; both directions have the same'),
  roadClass: z.enum(roadClasses).describe('how the road is drawn and judged'),
  fromNode: id.describe('where the link begins; links that meet there name the same node'),
  toNode: id.describe('where the link ends'),
  lengthM: z.number().positive().describe('metres along the road'),
  freeFlowMps: z.number().positive().describe('metres per second on an empty road: km/h divided by 3.6, mph by 2.237'),
  lanes: z.number().int().positive().describe('of this direction'),
  capacityVph: z.number().positive().describe('vehicles per hour over all lanes of this direction'),
  speedLimitMps: z.number().positive().optional().describe('metres per second that the law allows'),
  access: z
    .enum(['destination', 'bus', 'emergency'])
    .optional()
    .describe(
      'who may drive there, if not everybody: `destination` only to a place on it, `bus` buses, `emergency` nobody; response vehicles always',
    ),
});
/** One direction of one road between two nodes; a two-way road has two links. */
export type Link = z.infer<typeof linkPropertiesSchema> & { path: [number, number][] };

/** A row of `turns.csv`: links that may not be driven one after the other. */
export const turnRowSchema = z.object({
  links: z
    .string()
    .transform((text) => text.trim().split(/\s+/))
    .pipe(z.array(id).min(2))
    .describe('ids of links that meet, with blanks between: who has driven all but the last may not drive on to it'),
  reason: z.string().optional().describe('why, as `no left turn`'),
});
/** A turn that the law forbids; response vehicles are exempt. */
export type Turn = z.infer<typeof turnRowSchema>;

/**
 * The kinds of zones: `dma` is a district metered area of the water network, `feeder` one of the electricity network.
 */
export const zoneKinds = ['dma', 'feeder'] as const;
/** The properties of a water zone or feeder in `zones.geojson`. */
export const zonePropertiesSchema = z.object({
  id: id.describe('meters name it as `zoneId`'),
  kind: z.enum(zoneKinds).describe('`dma` for water, `feeder` for electricity'),
  name: z.string().describe('as screens write it'),
  meterCount: z
    .number()
    .int()
    .nonnegative()
    .describe('meters that the zone should have, for the share of data present'),
});
/** A district metered area of the water network or a feeder of the electricity network. `outline` is the outer ring. */
export type Zone = z.infer<typeof zonePropertiesSchema> & { outline: [number, number][]; center: [number, number] };

/** The kinds of things that the base map draws. */
export const mapFeatureKinds = ['water', 'river', 'wood', 'park', 'builtUp', 'boundary', 'place'] as const;
/** The properties of a feature of the base map in `map.geojson`. */
export const mapFeaturePropertiesSchema = z.object({
  kind: z.enum(mapFeatureKinds).describe('a `place` is a point, a `river` a line, all others are areas'),
  name: z.string().optional().describe('written on the map'),
  rank: z.number().optional().describe('larger is more important: a county seat 3, a town 2, a village or quarter 1'),
});

/**
 * A row of `detectors.csv`: a traffic detector, the link and lanes that it measures, and its publication period in
 * seconds.
 */
export const detectorRowSchema = z.object({
  id: id.describe('as in the topic `beacon/v1/traffic/<id>`'),
  linkId: id.describe('a link of `network.geojson`'),
  lon: cell.pipe(lon).describe('degrees east, negative in the west'),
  lat: cell.pipe(lat).describe('degrees north'),
  lanes: cell.pipe(z.number().int().positive()).describe('lanes that it measures'),
  periodS: cell.pipe(z.number().positive()).describe('seconds between two of its messages'),
  name: z.string().optional().describe('as screens write it'),
});
/** A traffic detector of the county. */
export type Detector = z.infer<typeof detectorRowSchema>;

/** A row of `segments.csv`: a stretch of road whose travel time is measured, and its links. */
export const segmentRowSchema = z.object({
  id: id.describe('as in the topic `beacon/v1/segment/<id>`'),
  links: z
    .string()
    .transform((text) => text.trim().split(/\s+/))
    .pipe(z.array(id).min(1))
    .describe('its links in the order of driving, with blanks between'),
  lengthM: optionalNumber.describe('metres between the two points; those of its links where empty'),
  periodS: optionalNumber.describe('seconds between two of its messages; 300 where empty'),
  name: z.string().optional().describe('as screens write it'),
});
/** A stretch of road whose travel time is measured from one end to the other. */
export type Segment = z.infer<typeof segmentRowSchema>;

/** What a meter measures. */
export const commoditySchema = z.enum(['electricity', 'water']);
export type Commodity = z.infer<typeof commoditySchema>;
/** The class of a meter's customer, by which the rules for leaks differ (see shared/utilities/continuousFlow.ts). */
export const customerClassSchema = z.enum(['singleFamily', 'multiFamily', 'commercial', 'industrial', 'institutional']);
/** A row of `meters.csv`: a meter, where it is, and the zone, transformer and premise that it belongs to. */
export const meterRowSchema = z.object({
  id: id.describe('as in the topic `beacon/v1/meter/<id>`, or the id of an outside stream such as `ert:44448439`'),
  commodity: commoditySchema.describe('what it measures'),
  lon: cell.pipe(lon).describe('degrees east, negative in the west'),
  lat: cell.pipe(lat).describe('degrees north'),
  zoneId: id.describe('the DMA of a water meter, the feeder of an electricity meter, in `zones.geojson`'),
  transformerId: optionalId.describe('the distribution transformer of an electricity meter'),
  premiseId: optionalId.describe('meters of one premise name the same'),
  customerClass: customerClassSchema.describe('by which the rules for leaks differ'),
  address: z.string().optional().describe('as screens write it'),
  digits: optionalText
    .pipe(z.number().int().min(3).max(12).optional())
    .describe('digits of the register before the decimal point: where it rolls over'),
  multiplier: optionalNumber.describe('what its reads are multiplied by, as of a current transformer; 1 where empty'),
  resolution: optionalNumber.describe('kWh or m³ that the last digit counts; learned from the reads where empty'),
  phases: optionalText
    .pipe(z.number().int().min(1).max(3).optional())
    .describe('phases that are connected at an electricity meter'),
  maxFlowM3h: optionalNumber.describe(
    'm³/h that a water meter of this size can pass; the bound of its class where empty',
  ),
  fuseA: optionalNumber.describe(
    'amperes of the main fuse of an electricity meter; the bound of its class where empty',
  ),
  collector: z.string().optional().describe('the radio collector that reads it'),
  installed: optionalDay.describe('day on which it was put in, as `2026-05-31`: its register begins anew'),
  removed: optionalDay.describe('day on which it was taken away; later reads are doubted'),
});
/** An electricity or water meter of the county. */
export type Meter = z.infer<typeof meterRowSchema>;

/** The kinds of response units. */
export const unitKindSchema = z.enum(['police', 'fire', 'ambulance', 'tow', 'waterCrew', 'lineCrew', 'roadCrew']);
/** The capabilities that units have and incidents need. */
export const capabilitySchema = z.enum([
  'lawEnforcement',
  'trafficControl',
  'fireFighting',
  'rescue',
  'hazmat',
  'firstAid',
  'advancedCare',
  'towing',
  'heavyTowing',
  'waterRepair',
  'powerRepair',
  'roadRepair',
  'debrisRemoval',
]);
/**
 * A capability of a unit; an incident needs capabilities, not kinds of units. `advancedCare` is a crew with a
 * paramedic.
 */
export type Capability = z.infer<typeof capabilitySchema>;

/**
 * When a unit is staffed, in minutes after local midnight. Where `toMin` is before `fromMin` the shift ends after
 * midnight; where both are equal it lasts a whole day from then on.
 */
export type UnitShift = { fromMin: number; toMin: number };
/** A response unit of the county and its base (WGS84 degrees). */
export type Unit = {
  id: string;
  kind: z.infer<typeof unitKindSchema>;
  name: string;
  baseLon: number;
  baseLat: number;
  /** What its base is called. */
  base?: string;
  /** Absent: what units of its kind usually can (`usualCapabilities`). */
  capabilities?: Capability[];
  /** Absent: staffed around the clock. */
  shift?: UnitShift;
};

const shiftCell = z
  .string()
  .trim()
  .regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/, 'write a shift as 06:00-18:00')
  .transform((text): UnitShift => {
    const [fromMin = 0, toMin = 0] = text
      .split('-')
      .map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3)));
    return { fromMin, toMin };
  });
const emptyCell = z.literal('').optional();
/** The columns of `units.csv`, as they are written. */
export const unitColumnsSchema = z.object({
  id: id.describe('as in the topic `beacon/v1/unit/<id>`'),
  kind: unitKindSchema.describe('what it is'),
  name: z.string().describe('as screens write it'),
  baseLon: cell.pipe(lon).describe('degrees east of its base, negative in the west'),
  baseLat: cell.pipe(lat).describe('degrees north of its base'),
  base: z.string().optional().describe('what its base is called'),
  capabilities: z
    .union([
      emptyCell,
      z
        .string()
        .transform((text) => text.trim().split(/\s+/))
        .pipe(z.array(capabilitySchema)),
    ])
    .describe('what it can do, with blanks between the words; empty: what units of its kind usually can'),
  shift: z
    .union([emptyCell, shiftCell])
    .describe('when it is staffed, local time, as `06:00-18:00`; empty: around the clock'),
});
/**
 * A row of `units.csv`. `capabilities`: words separated by blanks; `shift`: local times as 06:00-18:00. Both, and
 * `base`, may be left out.
 */
export const unitRowSchema = unitColumnsSchema.transform(({ base, capabilities, shift, ...unit }): Unit => ({
  ...unit,
  ...(base !== undefined && base !== '' && { base }),
  ...(typeof capabilities === 'object' && { capabilities }),
  ...(typeof shift === 'object' && { shift }),
}));

/** What units of each kind can do, where the county's file does not say. */
export const usualCapabilities = {
  police: ['lawEnforcement', 'trafficControl', 'firstAid'],
  fire: ['fireFighting', 'rescue', 'firstAid'],
  ambulance: ['firstAid', 'advancedCare'],
  tow: ['towing'],
  waterCrew: ['waterRepair'],
  lineCrew: ['powerRepair'],
  roadCrew: ['roadRepair', 'debrisRemoval', 'trafficControl'],
} as const satisfies Record<Unit['kind'], readonly Capability[]>;

/** A traffic station of Digitraffic, in `feeds.json`. */
export const stationSchema = z.object({
  id: z.number().int().describe('as in the topic `tms-v2/<id>/…`'),
  name: z.string().describe('as screens write it'),
  lon: lon.describe('degrees east, negative in the west'),
  lat: lat.describe('degrees north'),
  linkId: z.string().optional().describe('the link of direction 1; direction 2 is on the link beside it'),
  freeFlowMps: z.number().optional().describe('metres per second on an empty road'),
});
/** A sensor of Digitraffic, in `feeds.json`. */
export const sensorSchema = z.object({
  id: z.number().int().describe('as in the topic `tms-v2/<station>/<id>`'),
  name: z.string().describe('as the source writes it, as `OHITUKSET_5MIN_LIUKUVA_SUUNTA1`'),
  unit: z.string().describe('as the source writes it: `km/h`, `kpl/h`, `***`'),
});
/** A device of another stream, in `feeds.json`: its place, and for a bare counter how much one count is. */
export const feedDeviceSchema = z.object({
  id: id.describe("with the feed's prefix, as `ert:44448439` or `wmbus:33225544`"),
  name: z.string().optional().describe('as screens write it'),
  lon: lon.optional().describe('degrees east, negative in the west'),
  lat: lat.optional().describe('degrees north'),
  commodity: commoditySchema
    .optional()
    .describe('what it measures; with a place and a zone it is a meter like all others'),
  zoneId: z.string().optional().describe('its zone of `zones.geojson`'),
  customerClass: customerClassSchema.optional().describe('as in `meters.csv`'),
  count: z
    .object({ quantity: z.enum(['registerKwh', 'registerM3', 'gasM3']), perCount: z.number().positive() })
    .optional()
    .describe('for a bare counter: which quantity it counts, and how many kWh or m³ one count is'),
});
/** The quantity of a Sparkplug metric, in `feeds.json`, where the county knows better than the metric's name. */
export const sparkplugMetricSchema = z.object({
  metric: z.string().describe('its name in the birth message'),
  quantity: z.string().describe('a quantity of [feeds.json](topics.md#feedsjson)'),
  factor: z.number().describe("turns the metric's number into the quantity's unit"),
});

/**
 * `feeds.json`: what outside streams do not say themselves, namely places and units of their stations, sensors and
 * counters.
 */
export const feedsRegistrySchema = z.object({
  digitraffic: z.object({ stations: z.array(stationSchema), sensors: z.array(sensorSchema) }).optional(),
  devices: z.array(feedDeviceSchema).optional(),
  sparkplug: z.array(sparkplugMetricSchema).optional(),
});
export type FeedsRegistry = z.infer<typeof feedsRegistrySchema>;

/** A stop of public transport (GTFS stops.txt); WGS84 degrees. */
export type Stop = { id: string; name: string; lon: number; lat: number };
/** A route of public transport (GTFS routes.txt); `color` is RRGGBB as in the timetable. */
export type Route = {
  id: string;
  shortName: string;
  longName: string;
  color?: string;
  /** The kind of vehicle; absent where the feed names a kind that Beacon has no word for. */
  mode?: VehicleMode;
  /** One line per distinct shape. */
  shapes: [number, number][][];
};
/**
 * A stop of a trip (GTFS stop_times.txt). Seconds count from noon minus 12 h of the service day, and may exceed 24 h.
 */
export type StopTime = {
  stopId: string;
  sequence: number;
  arrivalS: number;
  departureS: number;
  isTimepoint: boolean;
  distanceM?: number;
};
/** One run of a vehicle along a route (GTFS trips.txt), with its stops in order. */
export type Trip = {
  id: string;
  routeId: string;
  serviceId: string;
  directionId: 0 | 1;
  blockId?: string;
  headsign?: string;
  shapeId?: string;
  stopTimes: StopTime[];
};
/**
 * A span of the service day, in seconds, in which a trip runs every `headwayS`: at exactly these times where it
 * `isExact`, otherwise as the headway allows (GTFS frequencies.txt).
 */
export type Frequency = { fromS: number; toS: number; headwayS: number; isExact?: true };
/** The timetable of the county, read from GTFS; the maps are by id. */
export type Timetable = {
  timeZone: string;
  stops: Map<string, Stop>;
  routes: Map<string, Route>;
  trips: Map<string, Trip>;
  shapes: Map<string, [number, number][]>;
  /** The first and the last day (YYYYMMDD) on which any service can run; absent where no calendar gives one. */
  firstDay?: string;
  lastDay?: string;
  /** Whether a service runs on a day (YYYYMMDD). */
  runsOn: (serviceId: string, day: string) => boolean;
  /** Trips that have a headway instead of times: windows by trip id. */
  frequencies: Map<string, Frequency[]>;
  /** How the ids of several feeds became unique; absent where there is one feed, whose ids are as they are. */
  names?: TimetableNames;
};
/**
 * Ids of several feeds in one timetable: those of an agency have its prefix (`town:R1`), and a trip that several of an
 * agency's timetables have is kept under an id of its own for each.
 */
export type TimetableNames = {
  prefixes: readonly string[];
  /** The ids of all versions of a trip, by the id that the agency gives it, with the prefix. */
  versions: ReadonlyMap<string, readonly string[]>;
};

/** A feature of the base map. Rings are positions [lon, lat]. */
export type MapFeature = z.infer<typeof mapFeaturePropertiesSchema> & {
  rings: [number, number][][];
  point?: [number, number];
};

/** The whole county as the engine holds it. */
export type County = {
  profile: CountyProfile;
  map: MapFeature[];
  links: Link[];
  /** Absent where no turn is forbidden. */
  turns?: Turn[];
  zones: Zone[];
  detectors: Detector[];
  /** Absent where no travel times are measured. */
  segments?: Segment[];
  meters: Meter[];
  units: Unit[];
  feeds: FeedsRegistry;
  positions?: readonly Position[];
  /** Who is billed for which meters, and what use costs; both are needed for bills. */
  accounts?: readonly Account[];
  tariffs?: Tariffs;
  timetable?: Timetable;
  /** The GTFS feeds of its folder, also those that are not used. */
  timetableFeeds?: TimetableFeed[];
};
