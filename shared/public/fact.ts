import { z } from 'zod';
import { incidentKinds } from '../citizens/incidentKinds.ts';

/** The kinds of facts, the most important first. */
export const factKinds = ['danger', 'outage', 'water', 'closure', 'service', 'incident'] as const;
/** One of these kinds. */
export type FactKind = (typeof factKinds)[number];

/** The longest name of a road, a zone or a route, in characters; a longer one is cut. */
export const MOST_NAME = 200;
/** The most points of a line; of a finer one some are left out. */
export const MOST_LINE_POINTS = 1000;
/** Below this number of customers, no number is published: it could be a single home. */
export const FEWEST_CUSTOMERS = 5;

/**
 * One thing that the county publishes. It consists of names of the county's map and of numbers, from which each
 * language has its template, and of the text that a person released. Times are UTC ms, places [lon, lat] in degrees.
 */
export const factSchema = z.object({
  id: z.string().max(200),
  kind: z.enum(factKinds),
  /** What kind of incident it is about. */
  incident: z.enum(incidentKinds),
  /** Names of roads, zones and routes. */
  roads: z.array(z.string().max(MOST_NAME)).max(300),
  zone: z.string().max(MOST_NAME).optional(),
  routes: z.array(z.string().max(MOST_NAME)).max(300),
  /** Of a service alert: the ids of its routes in the timetable. */
  routeIds: z.array(z.string().max(MOST_NAME)).max(300).optional(),
  /** Customers without service; 0 stands for fewer than five. */
  customers: z.number().int().nonnegative().optional(),
  /** What a person released, in the language in which it was written. */
  text: z.string().max(2000).optional(),
  /** Where it is: one place, or the line of a closed road. */
  line: z.array(z.tuple([z.number(), z.number()])).max(MOST_LINE_POINTS),
  sinceMs: z.number(),
  /** When the control room last said something about it. */
  changedAtMs: z.number(),
  /** When it should be over, where that is known. */
  untilMs: z.number().optional(),
});
/** One thing that the county publishes. */
export type Fact = z.infer<typeof factSchema>;

/** The order in which people read facts: the most important kind first, then many customers, then the newest. */
export const compareFacts = (a: Fact, b: Fact): number =>
  factKinds.indexOf(a.kind) - factKinds.indexOf(b.kind) ||
  (b.customers ?? 0) - (a.customers ?? 0) ||
  b.changedAtMs - a.changedAtMs ||
  (a.id < b.id ? -1 : 1);
