import { z } from 'zod';
import { topicRefusalSchema } from '../base/topicRefusal.ts';
import { alarmSchema } from '../alarms/alarm.ts';
import { alarmLoadSchema } from '../alarms/alarmLoad.ts';
import { heldPositionSchema } from '../alarms/positions.ts';
import { deskStateSchema } from '../desk/deskState.ts';
import { unitKindSchema } from '../county/county.ts';
import { sentOrderSchema } from '../dispatch/sentOrder.ts';
import { incidentSchema } from '../incidents/incident.ts';
import { frameKinds } from '../live/frame.ts';
import { citizenCommands } from '../citizens/commands/citizenCommands.ts';
import { serviceRequestSchema } from '../citizens/serviceRequest.ts';
import type { DeskAccess } from '../commands/declare.ts';
import type { Permission } from '../people/permissions.ts';
import type { ScreenPerson } from '../people/person.ts';
import { billRequests } from './billRequests.ts';
import { alarmRequests } from './alarmRequests.ts';
import { countyRequests } from './countyRequests.ts';
import { deskRequests } from './deskRequests.ts';
import { displayRequests } from './displayRequests.ts';
import { dispatchRequests } from './dispatchRequests.ts';
import { historyRequests } from './historyRequests.ts';
import { impactRequests } from './impactRequests.ts';
import { incidentRequests } from './incidentRequests.ts';
import { peopleCommands } from '../people/commands/peopleCommands.ts';
import { proposalCommands } from '../proposals/commands/proposalCommands.ts';
import { proposalSchema } from '../proposals/proposal.ts';
import { shiftRequests, shiftsSchema } from './shiftRequests.ts';
import { timeRequests } from './timeRequests.ts';
import { transitBoardSchema } from '../transit/transitBoard.ts';

/**
 * Everything that a screen may ask of the engine, and everything that the engine publishes to it, declared once. The
 * types, the checks at the edge and both carriers (MessagePort and WebSocket) are derived from here: a new request is
 * one entry in its group and one handler. What writes to the log is declared with its event beside its subject, in
 * `shared/<subject>/commands/`.
 */
export const requests = {
  ...countyRequests,
  ...historyRequests,
  ...alarmRequests,
  ...incidentRequests,
  ...timeRequests,
  ...billRequests,
  ...peopleCommands,
  ...shiftRequests,
  ...dispatchRequests,
  ...deskRequests,
  ...displayRequests,
  ...proposalCommands,
  ...citizenCommands,
  ...impactRequests,
} as const;

/** The name of a request, such as `series.query`. */
export type RequestName = keyof typeof requests;
/** The input of a request, as the engine receives it after the check. */
export type RequestInput<N extends RequestName> = z.infer<(typeof requests)[N]['input']>;
/** The answer to a request. */
export type RequestOutput<N extends RequestName> = z.infer<(typeof requests)[N]['output']>;

/**
 * The state of one feed: how many messages it took and refused since the engine started, and when its newest one came
 * (UTC ms).
 */
export const feedStateSchema = z.object({
  id: z.string(),
  name: z.string(),
  received: z.number(),
  refused: z.number(),
  perSecond: z.number(),
  /** Newest receipt of a message that could be read; absent when none has come yet. */
  lastAtMs: z.number().optional(),
  /** When its newest value was measured, at most the present; absent when none has come yet. */
  dataAtMs: z.number().optional(),
  /**
   * `quiet`: it has been without a message that could be read for longer than the feed's limit. `unused`: there was
   * none yet.
   */
  state: z.enum(['live', 'quiet', 'unused']),
  /** It sends all the time, so what it shows is as old as its newest value; others send when something happens. */
  isSteady: z.boolean(),
  /** The county's files name devices of it. */
  isExpected: z.boolean(),
});

/** The present value of one figure of the county, with its usual value and its course. SI units, UTC ms. */
export const figureSchema = z.object({
  /** See `figures` in shared/figures.ts for the one definition. */
  id: z.string(),
  label: z.string(),
  /** Null where there is no data to compute it from. */
  value: z.number().nullable(),
  unit: z.string(),
  digits: z.number(),
  typical: z.number().optional(),
  low: z.number().optional(),
  high: z.number().optional(),
  /** How much of the data that should be there was there, 0..1. */
  present: z.number(),
  /**
   * The feeds that it is computed from, with the time (UTC ms) of each one's newest value, absent before the first. The
   * figure is as old as the oldest of them.
   */
  sources: z.array(
    z.object({
      feed: z.string(),
      name: z.string(),
      atMs: z.number().optional(),
      /** It was heard once, and not for longer than the feed's limit. */
      isSilent: z.boolean(),
    }),
  ),
  isAbnormal: z.boolean(),
  /**
   * On which side of normal an abnormal figure is. `part`: what is abnormal is a part of the county, and the figure as
   * a whole is on the other side of its usual value, or has none.
   */
  deviation: z.enum(['above', 'below', 'part']).optional(),
  /** The last two hours, oldest first; null is a gap. */
  spark: z.array(z.number().nullable()),
});
export type Figure = z.infer<typeof figureSchema>;

/**
 * The state of its replay, as the engine publishes it to a screen that shows the past, so that the screen can mark
 * itself.
 */
export const replaySchema = z.object({
  /** The number of the picture: where it changes, nothing that was shown before still holds. */
  id: z.number(),
  /** The time of the picture. */
  atMs: z.number(),
  /** The speed that was asked for, in county seconds per second; 0 stands still. */
  speed: z.number(),
  /**
   * `loading`: the picture is being put together, and nothing of the county is shown. `failed`: it could not be put
   * together, for `reason`.
   */
  state: z.enum(['loading', 'standing', 'playing', 'failed']),
  /** Usual values are still being learnt: alarms that compare with them may be missing. */
  isLearning: z.boolean(),
  /** The engine cannot play as fast as was asked, and plays as fast as it can. */
  isBehind: z.boolean(),
  /** The store has nothing of this time. */
  isEmpty: z.boolean(),
  reason: z.string().optional(),
});
/** The state of the replay of one screen that shows the past. */
export type ReplayState = z.infer<typeof replaySchema>;

const stream = <M extends z.ZodType>(needs: Permission, message: M): DeskAccess & { message: M } => ({
  audience: 'desk',
  needs,
  message,
});

/** Who gets the frames of shared/live/frame.ts. Single meters are blurred without the permission `household.read`. */
export const frameAccess: DeskAccess = { audience: 'desk', needs: 'wall.show' };

/** The streams of JSON messages. `isFull`: what is not in the message no longer exists. */
export const streams = {
  /** Sent once per second, also while nothing else moves: where it stays away, the engine is gone. */
  vitals: stream(
    'wall.show',
    z.object({
      nowMs: z.number(),
      /** The speed of the county clock; 1 except in accelerated runs. */
      clockSpeed: z.number(),
      broker: z.object({
        state: z.enum(['connected', 'connecting', 'lost', 'refused']),
        url: z.string(),
        sinceMs: z.number(),
        reason: z.string().optional(),
        protocol: z.string().optional(),
        /** Topics that the broker does not let Beacon read or write, those of the desk among them. */
        refused: z.array(topicRefusalSchema).optional(),
      }),
      feeds: z.array(feedStateSchema),
      /** What an administrator should change although everything works. */
      warnings: z.array(z.string()).optional(),
      store: z.object({
        state: z.enum(['ok', 'slow', 'failed']),
        queue: z.number(),
        commitP95Ms: z.number(),
        /** Samples committed since the start. */ samples: z.number(),
        reason: z.string().optional(),
      }),
      /** The disk of the data folder. `full`: no telemetry is kept until space is free again. */
      disk: z.object({ state: z.enum(['ok', 'low', 'full']), freeBytes: z.number(), totalBytes: z.number() }),
      messagesPerSecond: z.number(),
      refusedTotal: z.number(),
      shedTotal: z.number(),
      unplaced: z.number(),
      /** Values that were refused because too many devices of their feed are in no register. */
      unplacedRefused: z.number(),
      /** Alarms raised recently, cleared ones included, at the operating position that has the most. */
      alarmLoad: z.object({ last10Min: z.number(), lastHour: z.number() }),
      loopDelayP99Ms: z.number(),
      /** Only on a screen that shows the past. All other fields of this message are about the present. */
      replay: replaySchema.optional(),
    }),
  ),
  alarms: stream(
    'wall.show',
    z.object({ isFull: z.boolean(), changed: z.array(alarmSchema), removed: z.array(z.string()) }),
  ),
  /**
   * The alarms that the rules find in the replayed data at the time of the picture. Who acknowledged them is not known
   * there, nor what was raised long before. Empty on a live screen.
   */
  alarmsThen: stream(
    'county.read',
    z.object({ isFull: z.boolean(), changed: z.array(alarmSchema), removed: z.array(z.string()) }),
  ),
  /** Who holds which operating position; the whole list, whenever something in it changes. */
  positions: stream('wall.show', z.object({ positions: z.array(heldPositionSchema) })),
  /**
   * The load of each operating position (see shared/alarms/alarmFigures.ts); the whole list, every few seconds where
   * something in it has changed.
   */
  alarmLoad: stream('wall.show', z.object({ loads: z.array(alarmLoadSchema) })),
  incidents: stream('wall.show', z.object({ isFull: z.boolean(), changed: z.array(incidentSchema) })),
  /** The newest order of each unit that was given at this workstation; the whole list each time. */
  orders: stream('county.read', z.object({ orders: z.array(sentOrderSchema) })),
  /** Alarms that belong together and are not in one incident yet, the most urgent first; the whole list each time. */
  proposals: stream('county.read', z.object({ proposals: z.array(proposalSchema) })),
  figures: stream('wall.show', z.object({ figures: z.array(figureSchema) })),
  /** The names of the rows of the frames `vehicles` and `units`; an index that was given once stays the same. */
  vehicles: stream(
    'wall.show',
    z.object({
      isFull: z.boolean(),
      rows: z.array(
        z.object({
          index: z.number(),
          id: z.string(),
          label: z.string(),
          mode: z.string(),
          routeId: z.string().optional(),
          routeName: z.string().optional(),
          headsign: z.string().optional(),
        }),
      ),
    }),
  ),
  /** The trips in trouble, the worst first, and the service of each route; the whole board whenever it changes. */
  transit: stream('county.read', transitBoardSchema),
  units: stream(
    'wall.show',
    z.object({
      isFull: z.boolean(),
      rows: z.array(
        z.object({
          index: z.number(),
          id: z.string(),
          name: z.string(),
          kind: unitKindSchema,
          incidentId: z.string().optional(),
        }),
      ),
    }),
  ),
  /** Citizens' reports and road messages that have a place. */
  reports: stream(
    'wall.show',
    z.object({
      isFull: z.boolean(),
      changed: z.array(
        z.object({
          id: z.string(),
          kind: z.enum(['report', 'notice']),
          title: z.string(),
          text: z.string(),
          lon: z.number().optional(),
          lat: z.number().optional(),
          atMs: z.number(),
        }),
      ),
    }),
  ),
  /** What citizens asked for: all open requests and the newest closed ones. */
  serviceRequests: stream('county.read', z.object({ isFull: z.boolean(), changed: z.array(serviceRequestSchema) })),
  /** The shifts of the control room, newest first; sent whenever something in them changes. */
  shift: stream('county.read', shiftsSchema),
  /** The workstations that share the log, as this workstation sees them. */
  desk: stream('county.read', deskStateSchema),
  /** What happened to the system itself and people must know: a damaged cache was set aside, the disk is full. */
  notices: stream(
    'wall.show',
    z.object({
      notices: z.array(
        z.object({ id: z.string(), level: z.enum(['info', 'warning', 'error']), text: z.string(), atMs: z.number() }),
      ),
    }),
  ),
} as const;

/** The name of a stream, such as `vitals`. */
export type StreamName = keyof typeof streams;
/** A message of a stream. */
export type StreamMessage<S extends StreamName> = z.infer<(typeof streams)[S]['message']>;
/** The names of all streams. */
export const streamNames = Object.keys(streams) as StreamName[];

/** The streams that belong to the picture of the county: on a screen that shows the past they come from the replay. */
export const pastStreams = [
  'figures',
  'vehicles',
  'transit',
  'units',
  'reports',
  'alarmsThen',
] as const satisfies StreamName[];
/** The name of a stream that comes from the replay on a screen that shows the past. */
export type PastStream = (typeof pastStreams)[number];

/**
 * Why a request failed. `refused`: not allowed, or not possible now. `unavailable`: it may work later. `internal`: a
 * fault of Beacon.
 */
export const errorCodes = ['badInput', 'notFound', 'refused', 'unavailable', 'internal'] as const;
/** One of the reasons for which a request fails. */
export type ErrorCode = (typeof errorCodes)[number];

/**
 * A message from the screen. The engine sends frames only against credit: one credit per frame, which the screen
 * returns after drawing.
 */
export const clientMessageSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('request'),
    id: z.number().int().nonnegative(),
    name: z.enum(Object.keys(requests) as [RequestName, ...RequestName[]]),
    input: z.unknown(),
  }),
  z.object({
    type: z.literal('subscribe'),
    streams: z.array(z.enum(streamNames as [StreamName, ...StreamName[]])),
    frames: z.array(z.enum(frameKinds)),
  }),
  z.object({ type: z.literal('credit'), frames: z.number().int().min(1).max(100) }),
]);
export type ClientMessage = z.infer<typeof clientMessageSchema>;

/** A message to the screen, beside the binary frames of shared/live/frame.ts. */
export type ServerMessage =
  /**
   * Where `person` is absent, the screen gets nothing until somebody has signed in. `county`: a stamp of the county's
   * files; a screen that was drawn with other ones must be drawn again.
   */
  | { type: 'hello'; version: string; county?: string; person?: ScreenPerson; nowMs: number }
  /**
   * Somebody signed in or out, or has another name or role now. `idleLockMinutes`: the screen locks itself after so
   * many minutes without a key or a pointer; 0 never.
   */
  | { type: 'person'; person?: ScreenPerson; idleLockMinutes: number }
  | { type: 'answer'; id: number; output: unknown }
  | { type: 'error'; id: number; code: ErrorCode; message: string }
  | { [S in StreamName]: { type: 'stream'; stream: S; data: StreamMessage<S> } }[StreamName];

/**
 * The connection of one screen to the engine, whatever carries it. WebSocket carriers send messages as JSON text and
 * frames as binary; MessagePort carriers send both as they are.
 */
export type ContractPort = {
  /** May throw where the message cannot be carried. */
  send: (message: ServerMessage | ArrayBuffer) => void;
  /** Bytes that were handed over and are not sent yet; 0 where the carrier cannot know. */
  bufferedBytes: () => number;
  onMessage: (listener: (message: unknown) => void) => void;
  onClose: (listener: () => void) => void;
  close: () => void;
  /**
   * Called with the name of the person or display that signed in, and with undefined when nobody is there any more. A
   * carrier that unknown peers can reach gives them less room.
   */
  admit?: (name: string | undefined) => void;
};
