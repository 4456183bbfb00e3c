import { z } from 'zod';
import type { CountyMs } from '../../../shared/base/clock.ts';
import { accessFault } from '../../../shared/contract/accessFault.ts';
import {
  clientMessageSchema,
  frameAccess,
  pastStreams,
  streamNames,
  streams,
} from '../../../shared/contract/contract.ts';
import type {
  ClientMessage,
  ContractPort,
  ServerMessage,
  StreamMessage,
  StreamName,
} from '../../../shared/contract/contract.ts';
import type { FrameKind } from '../../../shared/live/frame.ts';
import { may } from '../../../shared/people/permissions.ts';
import type { ScreenPerson } from '../../../shared/people/person.ts';
import type { Log } from '../base/engine.ts';
import type { StartReplay } from '../replay/createReplays.ts';
import type { Handlers } from '../base/Handlers.ts';
import { RequestTurns } from './RequestTurns.ts';
import { AUDIENCE, SessionCalls } from './SessionCalls.ts';
import type { Seat } from './SessionSeat.ts';
import { isPastStream, SessionTime } from './SessionTime.ts';
import { StreamOutbox } from './StreamOutbox.ts';
import { streamWithoutHouseholds, withoutHouseholds } from './withoutHouseholds.ts';

/** What a session reads from: the engine's side of the contract. */
export type SessionSources = {
  version: string;
  /** A stamp of the county's files. */
  countyStamp?: string;
  handlers: Handlers;
  nowMs: () => CountyMs;
  /** The whole of a stream, for a screen that has just connected. */
  snapshot: (stream: StreamName) => StreamMessage<StreamName>;
  /** The encoded rows that changed since the cursor, or undefined when nothing did. */
  frame: (kind: FrameKind, cursor: number) => { bytes: ArrayBuffer; cursor: number } | undefined;
  startReplay: StartReplay;
  /** Whether a device measures a single household. */
  isHousehold: (deviceId: string) => boolean;
  /** Shared by all screens; a session without it shares the loop with nobody. */
  turns?: RequestTurns;
  log: Log;
};

type Subscribe = Extract<ClientMessage, { type: 'subscribe' }>;

/** Limits each kind of frame to ten per second. */
const FRAME_INTERVAL_MS = 95;
/** A screen whose unread data exceeds this gets no more frames until it has caught up (back-pressure). */
const MOST_BUFFERED_BYTES = 2_000_000;
const MOST_CREDIT = 100;
/** Pieces of snapshots that one screen gets per cycle, so that none holds up the loop. */
const PIECES_PER_PUMP = 8;

/**
 * One screen. Where nobody is signed in, it gets only what is needed to sign in. Everything that arrives is checked
 * here, at the edge, before anything else sees it.
 */
export class Session {
  readonly #port: ContractPort;
  readonly #sources: SessionSources;
  readonly #seat: Seat;
  readonly #time: SessionTime;
  readonly #calls: SessionCalls;
  readonly #outbox: StreamOutbox;
  #streams = new Set<StreamName>();
  #frames: { kind: FrameKind; cursor: number; sentAtMs: number }[] = [];
  #credit = 0;
  /** What the screen wants, where its turn has not come yet. */
  #subscription: Subscribe | undefined;
  #isGreeted = false;
  #isOver = false;
  /** The person that was last reported to the screen. */
  #person: ScreenPerson | undefined;

  /**
   * `openSeat` gets a function that it must call when another person sits at the screen, or the same one with other
   * rights.
   */
  constructor(port: ContractPort, sources: SessionSources, openSeat: (onChange: () => void) => Seat) {
    this.#port = port;
    this.#sources = sources;
    this.#seat = openSeat(() => this.#guarded(() => this.#personChanged()));
    this.#time = new SessionTime({
      startReplay: sources.startReplay,
      send: (stream, data) => this.#guarded(() => this.#sendIfWanted(stream, data)),
      onPicture: () => this.#guarded(() => this.#showAnew()),
      onState: () => this.#guarded(() => this.#sendWhole('vitals')),
    });
    this.#calls = new SessionCalls({
      ...sources,
      turns: sources.turns ?? new RequestTurns(),
      port,
      seat: this.#seat,
      time: this.#time,
      person: () => this.#person,
      send: (message) => this.#send(message),
      fail: (error) => this.#fail(error),
    });
    this.#outbox = new StreamOutbox(
      (stream, data) => this.#send({ type: 'stream', stream, data } as ServerMessage),
      (stream) => this.#whole(stream),
    );
    port.onMessage((message) => this.#guarded(() => this.#receive(message)));
    this.#person = this.#seat.person;
    this.#isGreeted = true;
    port.admit?.(this.#person?.name);
    this.#send({
      type: 'hello',
      version: sources.version,
      ...(sources.countyStamp !== undefined && { county: sources.countyStamp }),
      ...(this.#person !== undefined && { person: this.#person }),
      nowMs: sources.nowMs(),
    });
  }

  /** The person at the screen, where somebody is signed in. */
  get person(): ScreenPerson | undefined {
    return this.#person;
  }

  /** Checks whether the person at the screen still has the right to it. */
  review(): void {
    this.#guarded(() => this.#seat.review());
  }

  /**
   * Publishes what happens in the live county. A screen that shows the past gets only what is not part of the county's
   * picture.
   */
  publish<S extends StreamName>(stream: S, data: StreamMessage<S>): void {
    this.#guarded(() => {
      if (stream === 'vitals') this.#sendIfWanted('vitals', this.#withReplay(data as StreamMessage<'vitals'>));
      else if (!this.#time.isPast || !isPastStream(stream)) this.#sendIfWanted(stream, data);
    });
  }

  /** Sends the frames that are due, and what waits of snapshots, as far as the screen's credit and connection allow. */
  pump(): void {
    this.#guarded(() => {
      if (this.#person === undefined) return;
      let pieces = 0;
      this.#outbox.pump(() => pieces++ < PIECES_PER_PUMP && this.#hasRoom());
      this.#sendFrames();
    });
  }

  /** `reason` is for the log. */
  close(reason?: string): void {
    if (this.#isOver) return;
    if (reason !== undefined) this.#sources.log('warn', `The screen of ${this.#who()} was closed: ${reason}.`);
    this.ended();
    this.#port.close();
  }

  /** Must be called when the screen is gone. */
  ended(): void {
    this.#isOver = true;
    this.#outbox.clear();
    this.#calls.end();
    this.#time.end();
  }

  /** Runs work for this screen; an exception ends this session and nothing else. */
  #guarded(work: () => void): void {
    if (this.#isOver) return;
    try {
      work();
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    if (this.#isOver) return;
    this.#sources.log('error', `The session of ${this.#who()} failed and is closed: ${String(error)}`, {
      stack: error instanceof Error ? error.stack : '',
    });
    this.close();
  }

  #who(): string {
    return this.#person?.name ?? 'nobody';
  }

  #seesHouseholds(): boolean {
    return this.#person !== undefined && may(this.#person.role, 'household.read');
  }

  /** What the person at the screen may see of a message. */
  #seen<S extends StreamName>(stream: S, message: StreamMessage<S>): StreamMessage<S> {
    return this.#seesHouseholds() ? message : streamWithoutHouseholds(stream, message);
  }

  #hasRoom(): boolean {
    return this.#port.bufferedBytes() <= MOST_BUFFERED_BYTES;
  }

  #sendFrames(): void {
    if (accessFault(frameAccess, this.#person, AUDIENCE) !== undefined) return;
    const atMs = performance.now();
    // The one that waited longest goes first, so that a busy kind does not starve the others.
    const due = this.#frames
      .filter(({ sentAtMs }) => atMs - sentAtMs >= FRAME_INTERVAL_MS)
      .sort((a, b) => a.sentAtMs - b.sentAtMs);
    for (const each of due) {
      if (this.#credit === 0 || !this.#hasRoom()) return;
      const next = (this.#time.isPast ? this.#time : this.#sources).frame(each.kind, each.cursor);
      each.sentAtMs = atMs;
      if (next === undefined) continue;
      each.cursor = next.cursor;
      this.#credit--;
      this.#port.send(each.kind === 'meters' && !this.#seesHouseholds() ? withoutHouseholds(next.bytes) : next.bytes);
    }
  }

  #receive(raw: unknown): void {
    const message = clientMessageSchema.safeParse(raw);
    if (message.success) {
      this.#obey(message.data);
      return;
    }
    // A request that is not understood still gets its answer, so that the screen does not wait for ever.
    const id = z.object({ id: z.number().int().nonnegative() }).safeParse(raw);
    if (id.success)
      this.#send({
        type: 'error',
        id: id.data.id,
        code: 'badInput',
        message: 'The engine does not know this request.',
      });
  }

  #obey(message: ClientMessage): void {
    switch (message.type) {
      case 'request':
        this.#calls.ask(message);
        return;
      case 'subscribe':
        this.#subscribeInTurn(message);
        return;
      case 'credit':
        this.#credit = Math.min(this.#credit + message.frames, MOST_CREDIT);
        this.pump();
        return;
      default:
        message satisfies never;
    }
  }

  /** Whole streams cost time, so they wait for their turn; of several subscriptions the last one counts. */
  #subscribeInTurn(message: Subscribe): void {
    const isDue = this.#subscription !== undefined;
    this.#subscription = message;
    if (isDue) return;
    this.#calls.inTurn(() =>
      this.#guarded(() => {
        const wanted = this.#subscription;
        this.#subscription = undefined;
        if (wanted !== undefined) this.#subscribe(wanted);
      }),
    );
  }

  #subscribe({ streams, frames }: Subscribe): void {
    const fresh = streamNames.filter((name) => streams.includes(name) && !this.#streams.has(name));
    this.#streams = new Set(streams);
    this.#outbox.keep(this.#streams);
    this.#frames = [...new Set(frames)].map(
      (kind) => this.#frames.find((each) => each.kind === kind) ?? { kind, cursor: 0, sentAtMs: 0 },
    );
    for (const stream of fresh) this.#sendWhole(stream);
    this.pump();
  }

  /** A person who signs in gets the whole picture; nothing of a person who leaves stays on the screen. */
  #personChanged(): void {
    if (!this.#isGreeted) return;
    const [before, now] = [this.#person, this.#seat.person];
    this.#person = now;
    this.#port.admit?.(now?.name);
    this.#send({
      type: 'person',
      ...(now !== undefined && { person: now }),
      idleLockMinutes: this.#seat.idleLockMinutes,
    });
    if (now === undefined) {
      this.#outbox.clear();
      this.#time.end();
      // Another role may see more.
    } else if (before?.role !== now.role) this.#showAll();
  }

  #showAll(): void {
    for (const stream of streamNames) this.#sendWhole(stream);
    this.#frames = this.#frames.map(({ kind }) => ({ kind, cursor: 0, sentAtMs: 0 }));
    this.pump();
  }

  /** Sends another picture: its time first, then the whole of it. */
  #showAnew(): void {
    for (const stream of ['vitals', ...pastStreams] as const) this.#sendWhole(stream);
    this.#frames = this.#frames.map(({ kind }) => ({ kind, cursor: 0, sentAtMs: 0 }));
    this.pump();
  }

  #whole<S extends StreamName>(stream: S): StreamMessage<S> {
    const ofPast = isPastStream(stream) ? this.#time.stream(stream) : undefined;
    const whole = this.#seen(stream, (ofPast ?? this.#sources.snapshot(stream)) as StreamMessage<S>);
    return stream === 'vitals' ? (this.#withReplay(whole as StreamMessage<'vitals'>) as StreamMessage<S>) : whole;
  }

  #withReplay(vitals: StreamMessage<'vitals'>): StreamMessage<'vitals'> {
    const replay = this.#time.state;
    return replay === undefined ? vitals : { ...vitals, replay };
  }

  #isWanted(stream: StreamName): boolean {
    return this.#streams.has(stream) && accessFault(streams[stream], this.#person, AUDIENCE) === undefined;
  }

  #sendWhole(stream: StreamName): void {
    if (this.#isWanted(stream)) this.#outbox.sendWhole(stream);
  }

  #sendIfWanted<S extends StreamName>(stream: S, data: StreamMessage<S>): void {
    if (this.#isWanted(stream)) this.#outbox.publish(stream, this.#seen(stream, data));
  }

  #send(message: ServerMessage): void {
    this.#port.send(message);
  }
}
