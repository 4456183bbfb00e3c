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
  /** What each point was made of; where samples are merged into one, it is one of `samples` still. */
  resolution: z.enum(['samples', 'quarterHour', 'hour', 'day']),
  /** Whose values they are: of a single detector those of its link are kept for years. */
  of: z.enum(['itself', 'link']),
  /** Ascending. A null value is a gap: never draw a line across it. */
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
  /** Charts worth drawing for it, the first one opened. `typical` names a stored baseline to draw beside. */
  series: z.array(z.object({ deviceId: z.string(), quantity: quantitySchema, label: z.string(), asRate: z.boolean() })),
  /** Other things it belongs to: its feeder, its link, its route. */
  related: z.array(z.object({ subject: subjectSchema, label: z.string() })),
});
export type Detail = z.infer<typeof detailSchema>;

/** Beside the things of the county: what people work on, themselves, and what they wrote. */
const foundKinds = [...subjectSchema.shape.kind.options, 'incident', 'alarm', 'person', 'entry'] as const;

const searchHitSchema = z.object({
  group: z.enum(['incident', 'alarm', 'county', 'person', 'log']),
  subject: z.object({ kind: z.enum(foundKinds), id: z.string() }),
  title: z.string(),
  detail: z.string(),
  lon: z.number().optional(),
  lat: z.number().optional(),
  /** When it was written, or begun. */
  atMs: z.number().optional(),
});

/** What is known of things and of their past. */
export const historyRequests = {
  /**
   * At most `maxPoints` points; between them the minima and maxima are kept. `asRate` turns a counter into its
   * consumption per hour. Where samples are gone, or the span is long, points are hours or days, as far as they are
   * kept.
   */
  'series.query': call(
    z.object({
      deviceId: z.string().max(200),
      quantity: quantitySchema,
      fromMs: z.number(),
      toMs: z.number(),
      maxPoints: z.number().int().min(10).max(5000),
      asRate: z.boolean(),
    }),
    seriesSchema,
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
  'entity.detail': call(z.object({ subject: subjectSchema }), detailSchema),
  /** Every word of the text must begin a word of a hit. */
  search: call(z.object({ text: text(100) }), z.object({ hits: z.array(searchHitSchema) })),
  'unplaced.list': call(
    nothing,
    z.object({
      devices: z.array(
        z.object({ id: z.string(), feed: z.string(), media: z.string(), lastAtMs: z.number(), values: z.number() }),
      ),
    }),
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
  ),
  /** What people did in a time, in lines, the oldest first. `isCut`: there is more. */
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
  'record.list': call(
    z.object({ limit: z.number().int().min(1).max(1000) }),
    z.object({ entries: z.array(logEntrySchema) }),
  ),
} as const;
