import { z } from 'zod';

const id = z.string().max(1000);
/** The longest label of a vehicle, in characters. */
export const MOST_LABEL = 100;

/** Which run of the timetable: ids as in the county's GTFS feed, the service day as YYYYMMDD. */
const publicRunSchema = z.object({
  tripId: id,
  routeId: id,
  directionId: z.union([z.literal(0), z.literal(1)]),
  startDate: z.string().regex(/^\d{8}$/),
  /** When it starts as HH:MM:SS; only of trips that run several times a day by frequencies.txt. */
  startTime: z
    .string()
    .regex(/^\d\d+:\d\d:\d\d$/)
    .optional(),
  /** It runs by headway, and its start is no promise. */
  isByHeadway: z.boolean(),
});
/** Which run of the timetable is meant. */
export type PublicRun = z.infer<typeof publicRunSchema>;

/** A stop ahead; times are UTC ms, absent where the stop is skipped. */
const publicCallSchema = z.object({
  stopId: id,
  sequence: z.number().int().nonnegative(),
  arrivalMs: z.number().optional(),
  departureMs: z.number().optional(),
});
/** A stop ahead with what is expected there. */
export type PublicCall = z.infer<typeof publicCallSchema>;

const vehicleName = { vehicleId: id, label: z.string().max(MOST_LABEL).optional() };

/** Public transport as passengers may know it. Nothing in it is of a person. */
export const transitNowSchema = z.object({
  atMs: z.number(),
  /** Runs of which something is expected: a cancelled one has no calls, and the next run of a vehicle no vehicle. */
  trips: z
    .array(
      z.object({
        run: publicRunSchema,
        isCancelled: z.boolean(),
        vehicleId: vehicleName.vehicleId.optional(),
        label: vehicleName.label,
        atMs: z.number(),
        calls: z.array(publicCallSchema).max(1000),
      }),
    )
    .max(10_000),
  vehicles: z
    .array(
      z.object({
        ...vehicleName,
        run: publicRunSchema.optional(),
        lon: z.number().min(-180).max(180),
        lat: z.number().min(-90).max(90),
        headingDeg: z.number().min(0).max(360).optional(),
        speedMps: z.number().nonnegative().optional(),
        /** The stop that it is at or comes to next. */
        next: publicCallSchema.pick({ stopId: true, sequence: true }).optional(),
        atMs: z.number(),
      }),
    )
    .max(5000),
});
/** Public transport as passengers may know it. */
export type TransitNow = z.infer<typeof transitNowSchema>;
