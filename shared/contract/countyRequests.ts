import { z } from 'zod';
import { alarmDomainInfoSchema } from '../alarms/alarmDomains.ts';
import {
  capabilitySchema,
  commoditySchema,
  countyProfileSchema,
  mapFeatureKinds,
  roadClasses,
  unitKindSchema,
  zoneKinds,
} from '../county/county.ts';
import { countyFaultSchema } from '../county/countyFault.ts';
import { timetableFeedSchema } from '../county/timetableFeed.ts';
import { timetableAdviceSchema } from '../transit/timetableAdvice.ts';
import { call, nothing } from '../commands/declare.ts';

const position = z.tuple([z.number(), z.number()]);
const path = z.array(position);

/** The requests about the county itself, which does not change while the engine runs. */
export const countyRequests = {
  'county.profile': call(nothing, countyProfileSchema, 'wall.show'),
  /** What was loaded from which folder, file by file in words, and what is wrong in the files. */
  'county.files': call(
    nothing,
    z.object({
      folder: z.string(),
      files: z.array(z.object({ name: z.string(), holds: z.string() })),
      faults: z.array(countyFaultSchema),
    }),
    'desk.administer',
  ),
  /** The alarm domains of this version, in the order in which screens list them. */
  'county.alarmDomains': call(nothing, z.object({ domains: z.array(alarmDomainInfoSchema) }), 'wall.show'),
  'county.map': call(
    nothing,
    z.object({
      features: z.array(
        z.object({
          kind: z.enum(mapFeatureKinds),
          name: z.string().optional(),
          rank: z.number().optional(),
          rings: z.array(path),
          point: position.optional(),
        }),
      ),
      zones: z.array(
        z.object({
          id: z.string(),
          kind: z.enum(zoneKinds),
          name: z.string(),
          meterCount: z.number(),
          outline: path,
          center: position,
        }),
      ),
    }),
    'wall.show',
  ),
  'county.network': call(
    nothing,
    z.object({
      links: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          roadClass: z.enum(roadClasses),
          freeFlowMps: z.number(),
          lanes: z.number(),
          path,
        }),
      ),
      /** `linkIndex` is the index in `links`. */
      detectors: z.array(z.object({ id: z.string(), linkIndex: z.number(), lon: z.number(), lat: z.number() })),
    }),
    'wall.show',
  ),
  /**
   * Columns instead of rows, because there are tens of thousands of meters. `zoneIndex` is the index in `county.map`'s
   * zones.
   */
  'county.meters': call(
    nothing,
    z.object({
      ids: z.array(z.string()),
      commodity: z.array(commoditySchema),
      lon: z.array(z.number()),
      lat: z.array(z.number()),
      zoneIndex: z.array(z.number()),
    }),
    'wall.show',
  ),
  'county.transit': call(
    nothing,
    z.object({
      routes: z.array(
        z.object({
          id: z.string(),
          shortName: z.string(),
          longName: z.string(),
          color: z.string().optional(),
          shapes: z.array(path),
        }),
      ),
      stops: z.array(z.object({ id: z.string(), name: z.string(), lon: z.number(), lat: z.number() })),
    }),
    'wall.show',
  ),
  /**
   * The GTFS feeds of the county's folder and what of them cannot be used. `today` is the day (YYYYMMDD) of the answer.
   */
  'county.timetable': call(
    nothing,
    z.object({ today: z.string(), feeds: z.array(timetableFeedSchema) }),
    'county.read',
  ),
  /** What the measured runs of the last six weeks say of the timetable. */
  'county.timetableAdvice': call(nothing, timetableAdviceSchema, 'county.read'),
  /** The proposed timetable as stop_times.txt of GTFS. Refused where nothing is proposed. */
  'county.proposedStopTimes': call(nothing, z.object({ base64: z.string() }), 'county.read'),
  /** `shift` is in minutes after local midnight, and absent where the unit is staffed around the clock. */
  'county.units': call(
    nothing,
    z.object({
      units: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          kind: unitKindSchema,
          base: z.string().optional(),
          capabilities: z.array(capabilitySchema),
          shift: z.object({ fromMin: z.number(), toMin: z.number() }).optional(),
        }),
      ),
    }),
    'wall.show',
  ),
} as const;
