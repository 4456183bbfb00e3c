import { z } from 'zod';
import { alarmSchema, subjectSchema } from './alarms/alarm.ts';
import { alarmPrioritySchema } from './alarms/alarm.ts';
import { commoditySchema, countyProfileSchema, mapFeatureKinds, roadClasses, unitKindSchema, zoneKinds } from './county/county.ts';
import { incidentSchema, incidentTypeSchema, milestoneSchema, recordEntrySchema } from './incidents/incident.ts';
import { frameKinds } from './live/frame.ts';
import { quantities } from './quantities.ts';
import type { Quantity } from './quantities.ts';

/**
 * Everything that the screen may ask of the engine, and everything that the engine tells it, declared once. The types, the checks at
 * the edge and both carriers (MessagePort and WebSocket) are derived from here: a new request is one entry and one handler.
 */
const position = z.tuple([z.number(), z.number()]);
const path = z.array(position);
const nothing = z.object({}).strict();
const quantitySchema = z.enum(Object.keys(quantities) as [Quantity, ...Quantity[]]);

/** `input` is checked on arrival in the engine; `output` types the answer. */
const call = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O): { input: I; output: O } => ({ input, output });

export const seriesSchema = z.object({
  deviceId: z.string(),
  quantity: quantitySchema,
  /** Ascending. A null value is a gap: never draw a line across it. */
  atMs: z.array(z.number()),
  value: z.array(z.number().nullable()),
  /** Lowest and highest within the point's step, where points were merged. */
  min: z.array(z.number().nullable()).optional(),
  max: z.array(z.number().nullable()).optional(),
  quality: z.array(z.number()),
});

export const detailSchema = z.object({
  subject: subjectSchema,
  title: z.string(),
  subtitle: z.string(),
  lon: z.number().optional(),
  lat: z.number().optional(),
  /** Present values with their quality and age. */
  facts: z.array(z.object({ label: z.string(), text: z.string(), quality: z.number().optional(), atMs: z.number().optional(), note: z.string().optional() })),
  /** Charts worth drawing for it, the first one opened. `typical` names a stored baseline to draw beside. */
  series: z.array(z.object({ deviceId: z.string(), quantity: quantitySchema, label: z.string(), asRate: z.boolean() })),
  /** Other things it belongs to: its feeder, its link, its route. */
  related: z.array(z.object({ subject: subjectSchema, label: z.string() })),
});
export type Detail = z.infer<typeof detailSchema>;

const searchHitSchema = z.object({ subject: subjectSchema, title: z.string(), detail: z.string(), lon: z.number().optional(), lat: z.number().optional() });
const incidentRef = { incidentId: z.string().min(1).max(100) };
const text = (most: number) => z.string().trim().min(1).max(most);

export const requests = {
  'county.profile': call(nothing, countyProfileSchema),
  'county.map': call(nothing, z.object({
    features: z.array(z.object({ kind: z.enum(mapFeatureKinds), name: z.string().optional(), rank: z.number().optional(), rings: z.array(path), point: position.optional() })),
    zones: z.array(z.object({ id: z.string(), kind: z.enum(zoneKinds), name: z.string(), meterCount: z.number(), outline: path, center: position })),
  })),
  'county.network': call(nothing, z.object({
    links: z.array(z.object({ id: z.string(), name: z.string(), roadClass: z.enum(roadClasses), freeFlowMps: z.number(), lanes: z.number(), path })),
    /** `linkIndex` is the place in `links`. */
    detectors: z.array(z.object({ id: z.string(), linkIndex: z.number(), lon: z.number(), lat: z.number() })),
  })),
  /** Columns instead of rows: there are tens of thousands. `zoneIndex` is the place in `county.map`'s zones. */
  'county.meters': call(nothing, z.object({ ids: z.array(z.string()), commodity: z.array(commoditySchema), lon: z.array(z.number()), lat: z.array(z.number()), zoneIndex: z.array(z.number()) })),
  'county.transit': call(nothing, z.object({
    routes: z.array(z.object({ id: z.string(), shortName: z.string(), longName: z.string(), color: z.string().optional(), shapes: z.array(path) })),
    stops: z.array(z.object({ id: z.string(), name: z.string(), lon: z.number(), lat: z.number() })),
  })),
  'county.units': call(nothing, z.object({ units: z.array(z.object({ id: z.string(), name: z.string(), kind: unitKindSchema })) })),
  /** At most `maxPoints` points; between them the minima and maxima are kept. `asRate` turns a counter into its consumption per hour. */
  'series.query': call(
    z.object({ deviceId: z.string().max(200), quantity: quantitySchema, fromMs: z.number(), toMs: z.number(), maxPoints: z.number().int().min(10).max(5000), asRate: z.boolean() }),
    seriesSchema,
  ),
  'vehicle.track': call(z.object({ vehicleId: z.string().max(200), fromMs: z.number(), toMs: z.number() }), z.object({ atMs: z.array(z.number()), lon: z.array(z.number()), lat: z.array(z.number()), delayS: z.array(z.number().nullable()) })),
  'entity.detail': call(z.object({ subject: subjectSchema }), detailSchema),
  search: call(z.object({ text: text(100) }), z.object({ hits: z.array(searchHitSchema) })),
  'unplaced.list': call(nothing, z.object({ devices: z.array(z.object({ id: z.string(), feed: z.string(), media: z.string(), lastAtMs: z.number(), values: z.number() })) })),
  'deadLetters.list': call(z.object({ limit: z.number().int().min(1).max(500) }), z.object({
    letters: z.array(z.object({ atMs: z.number(), feed: z.string(), topic: z.string(), reason: z.string(), payload: z.string(), bytes: z.number() })),
  })),
  'record.list': call(z.object({ limit: z.number().int().min(1).max(1000) }), z.object({ entries: z.array(recordEntrySchema) })),
  'alarm.acknowledge': call(z.object({ alarmId: z.string().max(200) }), nothing),
  'incident.open': call(z.object({
    type: incidentTypeSchema, priority: alarmPrioritySchema, title: text(200), place: z.string().max(200),
    lon: z.number().min(-180).max(180).optional(), lat: z.number().min(-90).max(90).optional(),
    alarmIds: z.array(z.string().max(200)).max(500), subject: subjectSchema.optional(),
  }), z.object({ incidentId: z.string() })),
  'incident.acknowledge': call(z.object(incidentRef), nothing),
  'incident.assign': call(z.object({ ...incidentRef, assignee: text(100) }), nothing),
  'incident.note': call(z.object({ ...incidentRef, text: text(4000) }), nothing),
  'incident.milestone': call(z.object({ ...incidentRef, milestone: milestoneSchema, atMs: z.number().optional() }), nothing),
  'incident.orderUnit': call(z.object({ ...incidentRef, unitId: z.string().max(100), order: z.enum(['go', 'standDown']) }), nothing),
  'incident.linkAlarm': call(z.object({ ...incidentRef, alarmId: z.string().max(200) }), nothing),
  'incident.resolve': call(z.object({ ...incidentRef, outcome: text(1000) }), nothing),
  'incident.reopen': call(z.object({ ...incidentRef, reason: text(1000) }), nothing),
} as const;

export type RequestName = keyof typeof requests;
export type RequestInput<N extends RequestName> = z.infer<(typeof requests)[N]['input']>;
export type RequestOutput<N extends RequestName> = z.infer<(typeof requests)[N]['output']>;

export const feedStateSchema = z.object({
  id: z.string(),
  name: z.string(),
  received: z.number(),
  refused: z.number(),
  perSecond: z.number(),
  /** Newest receipt; absent when nothing has come yet. */
  lastAtMs: z.number().optional(),
  /** `quiet`: longer without a message than the feed's limit. `unused`: never heard. */
  state: z.enum(['live', 'quiet', 'unused']),
});

export const figureSchema = z.object({
  /** See `figures` in shared/figures.ts for the one definition. */
  id: z.string(),
  label: z.string(),
  /** Null when there is no data to make it of. */
  value: z.number().nullable(),
  unit: z.string(),
  digits: z.number(),
  typical: z.number().optional(),
  low: z.number().optional(),
  high: z.number().optional(),
  /** Share of the data that should be there and was, 0..1. */
  present: z.number(),
  atMs: z.number(),
  isAbnormal: z.boolean(),
  /** The last two hours, oldest first; null is a gap. */
  spark: z.array(z.number().nullable()),
});
export type Figure = z.infer<typeof figureSchema>;

/** Streams of JSON. `isFull` means: what is not in the message no longer exists. */
export const streams = {
  /** Once a second, also while nothing else moves: its absence is the sign that the engine is gone. */
  vitals: z.object({
    nowMs: z.number(),
    /** Local speed of time; 1 but in accelerated runs. */
    clockSpeed: z.number(),
    broker: z.object({ state: z.enum(['connected', 'connecting', 'lost', 'refused']), url: z.string(), sinceMs: z.number(), reason: z.string().optional(), protocol: z.string().optional() }),
    feeds: z.array(feedStateSchema),
    store: z.object({ state: z.enum(['ok', 'slow', 'failed']), queue: z.number(), commitP95Ms: z.number(), /** Committed since the start. */ samples: z.number(), reason: z.string().optional() }),
    /** The disk of the data folder. `full`: telemetry is not kept until there is room. */
    disk: z.object({ state: z.enum(['ok', 'low', 'full']), freeBytes: z.number(), totalBytes: z.number() }),
    messagesPerSecond: z.number(),
    refusedTotal: z.number(),
    shedTotal: z.number(),
    unplaced: z.number(),
    /** Alarms raised of late, cleared ones too: the operator's load. */
    alarmLoad: z.object({ last10Min: z.number(), lastHour: z.number() }),
    loopDelayP99Ms: z.number(),
  }),
  alarms: z.object({ isFull: z.boolean(), changed: z.array(alarmSchema), removed: z.array(z.string()) }),
  incidents: z.object({ isFull: z.boolean(), changed: z.array(incidentSchema) }),
  figures: z.object({ figures: z.array(figureSchema) }),
  /** Names of the rows of the frames `vehicles` and `units`; an index, once given, stays. */
  vehicles: z.object({ isFull: z.boolean(), rows: z.array(z.object({ index: z.number(), id: z.string(), label: z.string(), mode: z.string(), routeId: z.string().optional(), routeName: z.string().optional(), headsign: z.string().optional() })) }),
  units: z.object({ isFull: z.boolean(), rows: z.array(z.object({ index: z.number(), id: z.string(), name: z.string(), kind: unitKindSchema, incidentId: z.string().optional() })) }),
  /** Citizens' reports and road messages that have a place. */
  reports: z.object({ isFull: z.boolean(), changed: z.array(z.object({ id: z.string(), kind: z.enum(['report', 'notice']), title: z.string(), text: z.string(), lon: z.number().optional(), lat: z.number().optional(), atMs: z.number() })) }),
  /** What happened to the system itself and must be told: a damaged cache set aside, a full disk. */
  notices: z.object({ notices: z.array(z.object({ id: z.string(), level: z.enum(['info', 'warning', 'error']), text: z.string(), atMs: z.number() })) }),
} as const;

export type StreamName = keyof typeof streams;
export type StreamMessage<S extends StreamName> = z.infer<(typeof streams)[S]>;
export const streamNames = Object.keys(streams) as StreamName[];

export const errorCodes = ['badInput', 'notFound', 'refused', 'unavailable', 'internal'] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** From the screen. Frames are sent only against credit: one a frame, given back after drawing. */
export const clientMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('request'), id: z.number().int().nonnegative(), name: z.enum(Object.keys(requests) as [RequestName, ...RequestName[]]), input: z.unknown() }),
  z.object({ type: z.literal('subscribe'), streams: z.array(z.enum(streamNames as [StreamName, ...StreamName[]])), frames: z.array(z.enum(frameKinds)) }),
  z.object({ type: z.literal('credit'), frames: z.number().int().min(1).max(100) }),
]);
export type ClientMessage = z.infer<typeof clientMessageSchema>;

/** To the screen, beside the binary frames of shared/live/frame.ts. */
export type ServerMessage =
  | { type: 'hello'; version: string; person: string; nowMs: number }
  | { type: 'answer'; id: number; output: unknown }
  | { type: 'error'; id: number; code: ErrorCode; message: string }
  | { [S in StreamName]: { type: 'stream'; stream: S; data: StreamMessage<S> } }[StreamName];

/**
 * One screen's line to the engine, whatever carries it. WebSocket carriers send messages as JSON text and frames as binary;
 * MessagePort carriers send both as they are.
 */
export type ContractPort = {
  send: (message: ServerMessage | ArrayBuffer) => void;
  /** Bytes handed over and not yet sent; 0 where the carrier cannot know. */
  bufferedBytes: () => number;
  onMessage: (listener: (message: unknown) => void) => void;
  onClose: (listener: () => void) => void;
  close: () => void;
};
