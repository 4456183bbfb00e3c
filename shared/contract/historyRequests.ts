import { z } from 'zod';
import { subjectSchema } from '../alarms/alarm.ts';
import { quantities } from '../base/quantities.ts';
import type { Quantity } from '../base/quantities.ts';
import { logEntrySchema } from '../record/logEntry.ts';
import { call, nothing, text } from '../commands/declare.ts';

const quantitySchema = z.enum(Object.keys(quantities) as [Quantity, ...Quantity[]]);

const seriesSchema = z.object({
  deviceId: z.string(),
  quantity: quantitySchema,
  /** What each point was computed from; where samples were merged into one point, it is still `samples`. */
  resolution: z.enum(['samples', 'quarterHour', 'hour', 'day']),
  /**
   * Whose values they are: for years only a link's values are kept, so an old value of a single detector is that of its
   * link.
   */
  of: z.enum(['itself', 'link']),
  /** Times, ascending. A null value is a gap: never draw a line across it. */
  atMs: z.array(z.number()),
  value: z.array(z.number().nullable()),
  /** Lowest and highest within the point's step, where points were merged. */
  min: z.array(z.number().nullable()).optional(),
  max: z.array(z.number().nullable()).optional(),
  quality: z.array(z.number()),
});

const detailSchema = z.object({
  subject: subjectSchema,
  title: z.string(),
  subtitle: z.string(),
  lon: z.number().optional(),
  lat: z.number().optional(),
  /** Present values with their quality and age. */
  facts: z.array(
    z.object({
      label: z.string(),
      text: z.string(),
      quality: z.number().optional(),
      atMs: z.number().optional(),
      note: z.string().optional(),
    }),
  ),
  /** Charts that are worth drawing for it; the first one is open at the beginning. */
  series: z.array(
    z.object({
      deviceId: z.string(),
      quantity: quantitySchema,
      label: z.string(),
      asRate: z.boolean(),
      /** There is a forecast of it, which `series.forecast` gives. */
      hasForecast: z.boolean().optional(),
    }),
  ),
  /** Other things it belongs to: its feeder, its link, its route. */
  related: z.array(z.object({ subject: subjectSchema, label: z.string() })),
});
export type Detail = z.infer<typeof detailSchema>;

/** What a search finds: things of the county, what people work on, people themselves, and what they wrote. */
const foundKinds = [...subjectSchema.shape.kind.options, 'incident', 'alarm', 'person', 'entry'] as const;

const searchHitSchema = z.object({
  group: z.enum(['incident', 'alarm', 'county', 'person', 'log']),
  subject: z.object({ kind: z.enum(foundKinds), id: z.string() }),
  title: z.string(),
  detail: z.string(),
  lon: z.number().optional(),
  lat: z.number().optional(),
  /** When it was written, or when it began. */
  atMs: z.number().optional(),
});

/** Work that needs no operator, and so is no alarm: a meter to visit, a customer to inform. */
const workItemSchema = z.object({
  subject: subjectSchema,
  /** The device as people call it. */
  title: z.string(),
  /** Where, in words; the zone where there is no address. */
  place: z.string(),
  lon: z.number().optional(),
  lat: z.number().optional(),
  /** Since when, UTC ms; absent where it is not known. */
  sinceMs: z.number().optional(),
  reason: z.string(),
  /** What is to be done. */
  task: z.string(),
});
export type WorkItem = z.infer<typeof workItemSchema>;

const seriesInput = z.object({
  deviceId: z.string().max(200),
  quantity: quantitySchema,
  fromMs: z.number(),
  toMs: z.number(),
  maxPoints: z.number().int().min(10).max(5000),
  asRate: z.boolean(),
});
const detailInput = z.object({ subject: subjectSchema });
/** What no household's meter measures. */
const trafficQuantities: ReadonlySet<Quantity> = new Set([
  'speedMps',
  'flowVph',
  'occupancyRatio',
  'travelS',
  'vehicleCount',
  'delayS',
]);

/**
 * The requests about the state of things and their past. `householdDevice`: the device whose values the answer would
 * give; where it is a single household's meter, the request takes the permission `household.read`, too.
 */
export const historyRequests = {
  /**
   * Values of a series, at most `maxPoints` points; where points are merged, the minima and maxima between them are
   * kept. `asRate` turns a counter into its consumption per hour. Where samples are deleted already, or the span is
   * long, points are hours or days, as far as these are kept.
   */
  'series.query': {
    ...call(seriesInput, seriesSchema),
    householdDevice: ({ deviceId, quantity }: z.infer<typeof seriesInput>): string | undefined =>
      trafficQuantities.has(quantity) ? undefined : deviceId,
  },
  /**
   * The expected values of a series and the band in which four of five such values lie: the inflow (m³/h) of a water
   * zone or the load (kW) of a feeder by hours, at most two days; speed and flow at a traffic detector, by five minutes
   * for an hour. Empty where there is too little history.
   */
  'series.forecast': call(
    z.object({ deviceId: z.string().max(200), quantity: quantitySchema }),
    z.object({
      /** Each value is the mean of so long a time from its `atMs` on; 0: it is that of the moment. */
      stepMs: z.number(),
      /** UTC ms, ascending. */
      atMs: z.array(z.number()),
      value: z.array(z.number()),
      low: z.array(z.number()),
      high: z.array(z.number()),
    }),
    'county.read',
  ),
  'vehicle.track': call(
    z.object({ vehicleId: z.string().max(200), fromMs: z.number(), toMs: z.number() }),
    z.object({
      atMs: z.array(z.number()),
      lon: z.array(z.number()),
      lat: z.array(z.number()),
      delayS: z.array(z.number().nullable()),
    }),
  ),
  'entity.detail': {
    ...call(detailInput, detailSchema),
    householdDevice: ({ subject: { kind, id } }: z.infer<typeof detailInput>): string | undefined =>
      kind === 'meter' ? id : undefined,
  },
  /** Searches; every word of the text must be the beginning of a word of the hit. */
  search: call(z.object({ text: text(100) }), z.object({ hits: z.array(searchHitSchema) })),
  /** What is to be done at the county's devices and calls no operator, the most serious first. */
  'work.list': call(nothing, z.object({ items: z.array(workItemSchema), total: z.number() }), 'household.read'),
  'unplaced.list': call(
    nothing,
    z.object({
      devices: z.array(
        z.object({
          id: z.string(),
          feed: z.string(),
          media: z.string(),
          /** Why it has no place on the screen. */
          reason: z.string(),
          lastAtMs: z.number(),
          values: z.number(),
        }),
      ),
    }),
    'system.read',
  ),
  'deadLetters.list': call(
    z.object({ limit: z.number().int().min(1).max(500) }),
    z.object({
      letters: z.array(
        z.object({
          atMs: z.number(),
          feed: z.string(),
          topic: z.string(),
          reason: z.string(),
          payload: z.string(),
          bytes: z.number(),
        }),
      ),
    }),
    'system.read',
  ),
  /** What people did in a period, one line each, oldest first. `isCut`: there are more lines than these. */
  'record.between': call(
    z.object({ fromMs: z.number(), toMs: z.number() }),
    z.object({
      lines: z.array(
        z.object({
          id: z.string(),
          atMs: z.number(),
          actor: z.string(),
          text: z.string(),
          incidentId: z.string().optional(),
        }),
      ),
      isCut: z.boolean(),
    }),
  ),
  /** Entries of the log without verifiers, keys and the hashes of secrets, which stand as `REMOVED_SECRET`. */
  'record.list': call(
    z.object({ limit: z.number().int().min(1).max(1000) }),
    z.object({ entries: z.array(logEntrySchema) }),
    'record.read',
  ),
} as const;
