import { z } from 'zod';

/** What can be wrong with a trip. */
export const tripTroubles = [
  'missed',
  'cancelled',
  'late',
  'latePullOut',
  'early',
  'bunched',
  'gap',
  'offRoute',
  'skips',
] as const;
/** One of the troubles of a trip. */
export type TripTrouble = (typeof tripTroubles)[number];

/** A trip in trouble: what is wrong with it now, and what follows. */
export const troubledTripSchema = z.object({
  /** Stays the same for the same trouble of the same trip. */
  id: z.string(),
  trouble: z.enum(tripTroubles),
  /** How long the passengers that it concerns wait longer than promised, seconds; troubles are sorted by it. */
  waitS: z.number(),
  routeId: z.string(),
  routeName: z.string(),
  headsign: z.string().optional(),
  /** When it leaves its first stop by the timetable, UTC ms. */
  departsMs: z.number().optional(),
  vehicleId: z.string().optional(),
  vehicleLabel: z.string().optional(),
  /** What is wrong, in words. */
  what: z.string(),
  /** What follows from it, in words. */
  follows: z.string(),
});
export type TroubledTrip = z.infer<typeof troubledTripSchema>;

/** The service of a route now; counts of vehicles and trips. */
export const routeServiceSchema = z.object({
  routeId: z.string(),
  routeName: z.string(),
  vehicles: z.number(),
  /** Trips that the timetable has under way. */
  scheduled: z.number(),
  /** Vehicles with a known delay, and how many of them are on time; of routes that run by headway there are none. */
  judged: z.number(),
  onTime: z.number(),
  /** The longest headway now beside the scheduled one, seconds; absent on routes that are not frequent. */
  longestHeadwayS: z.number().optional(),
  scheduledHeadwayS: z.number().optional(),
  /** How many there are, also where the list of trips has only the worst. */
  troubles: z.number(),
});
export type RouteService = z.infer<typeof routeServiceSchema>;

/** The 500 worst trips in trouble, the worst first, and the service of each route. */
export const transitBoardSchema = z.object({ trips: z.array(troubledTripSchema), routes: z.array(routeServiceSchema) });
export type TransitBoard = z.infer<typeof transitBoardSchema>;
