import { z } from 'zod';
import { accessFault } from '../../../shared/contract/accessFault.ts';
import {
  clientMessageSchema,
  frameAccess,
  pastStreams,
  requests,
  streamNames,
  streams,
} from '../../../shared/contract/contract.ts';
import type {
  ClientMessage,
  ContractPort,
  RequestInput,
  RequestName,
  RequestOutput,
  ServerMessage,
  StreamMessage,
  StreamName,
} from '../../../shared/contract/contract.ts';
import type { FrameKind } from '../../../shared/live/frame.ts';
import { lackingSentence, may } from '../../../shared/people/permissions.ts';
import type { Person, ScreenPerson } from '../../../shared/people/person.ts';
import type { Log } from '../base/engine.ts';
import type { StartReplay } from '../replay/createReplays.ts';
import type { Handlers, SeatRequest, TimeRequest } from '../base/Handlers.ts';
import { RequestError } from '../base/RequestError.ts';
import { withoutHouseholds } from './withoutHouseholds.ts';
import { isSeatRequest } from './SessionSeat.ts';
import type { Seat } from './SessionSeat.ts';
import { isPastStream, isTimeRequest, SessionTime } from './SessionTime.ts';

/** What a session reads from: the engine's side of the contract. */
export type SessionSources = {
  version: string;
  handlers: Handlers;
  nowMs: () => number;
  /** The whole of a stream, for a screen that has just connected. */
  snapshot: (stream: StreamName) => StreamMessage<StreamName>;
  /** The encoded rows that changed since the cursor, or undefined when nothing did. */
  frame: (kind: FrameKind, cursor: number) => { bytes: ArrayBuffer; cursor: number } | undefined;
  startReplay: StartReplay;
  /** Whether a device measures a single household. */
  isHousehold: (deviceId: string) => boolean;
  log: Log;
};

/** The contract that this carrier serves. */
const AUDIENCE = 'desk';
/** Limits each kind of frame to ten per second. */
const FRAME_INTERVAL_MS = 95;
/** A screen whose unread data exceeds this gets no more frames until it has caught up (back-pressure). */
const MOST_BUFFERED_BYTES = 2_000_000;
const MOST_CREDIT = 100;
/**
 * How many requests of one screen may be under way at once; more are refused, so that none can fill the engine's
 * memory.
 */
const MOST_REQUESTS = 64;

/**
 * One screen. Where nobody is signed in, it gets only what is needed to sign in. Everything that arrives is checked
 * here, at the edge, before anything else sees it.
 */
export class Session {
  readonly #port: ContractPort;
  readonly #sources: SessionSources;
  readonly #seat: Seat;
  readonly #time: SessionTime;
  #streams = new Set<StreamName>();
  #frames: { kind: FrameKind; cursor: number; sentAtMs: number }[] = [];
  #credit = 0;
  #underWay = 0;
  #isGreeted = false;
  /** The person that was last reported to the screen. */
  #person: ScreenPerson | undefined;

  /**
   * `openSeat` gets a function that it must call when another person sits at the screen, or the same one with other
   * rights.
   */
  constructor(port: ContractPort, sources: SessionSources, openSeat: (onChange: () => void) => Seat) {
    this.#port = port;
    this.#sources = sources;
    this.#seat = openSeat(() => this.#personChanged());
    this.#time = new SessionTime({
      startReplay: sources.startReplay,
      send: (stream, data) => this.#sendIfWanted(stream, data),
      onPicture: () => this.#showAnew(),
      onState: () => this.#sendIfWanted('vitals', this.#whole('vitals')),
    });
    port.onMessage((message) => this.#receive(message));
    this.#person = this.#seat.person;
    this.#isGreeted = true;
    this.#send({
      type: 'hello',
      version: sources.version,
      ...(this.#person !== undefined && { person: this.#person }),
      nowMs: sources.nowMs(),
    });
  }

  /** Checks whether the person at the screen still has the right to it. */
  review(): void {
    this.#seat.review();
  }

  /**
   * Publishes what happens in the live county. A screen that shows the past gets only what is not part of the county's
   * picture.
   */
  publish<S extends StreamName>(stream: S, data: StreamMessage<S>): void {
    if (stream === 'vitals') this.#sendIfWanted('vitals', this.#withReplay(data as StreamMessage<'vitals'>));
    else if (!this.#time.isPast || !isPastStream(stream)) this.#sendIfWanted(stream, data);
  }

  /** Sends the frames that are due, as far as the screen's credit and connection allow. */
  pump(): void {
    if (accessFault(frameAccess, this.#person, AUDIENCE) !== undefined) return;
    const atMs = performance.now();
    // The one that waited longest goes first, so that a busy kind does not starve the others.
    const due = this.#frames
      .filter(({ sentAtMs }) => atMs - sentAtMs >= FRAME_INTERVAL_MS)
      .sort((a, b) => a.sentAtMs - b.sentAtMs);
    for (const each of due) {
      if (this.#credit === 0 || this.#port.bufferedBytes() > MOST_BUFFERED_BYTES) return;
      const next = (this.#time.isPast ? this.#time : this.#sources).frame(each.kind, each.cursor);
      each.sentAtMs = atMs;
      if (next === undefined) continue;
      each.cursor = next.cursor;
      this.#credit--;
      this.#port.send(each.kind === 'meters' && !this.#seesHouseholds ? withoutHouseholds(next.bytes) : next.bytes);
    }
  }

  close(): void {
    this.#port.close();
  }

  /** Must be called when the screen is gone. */
  ended(): void {
    this.#time.end();
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
        void this.#answer(message.id, message.name, message.input);
        return;
      case 'subscribe':
        this.#subscribe(message.streams, message.frames);
        return;
      case 'credit':
        this.#credit = Math.min(this.#credit + message.frames, MOST_CREDIT);
        this.pump();
        return;
      default:
        message satisfies never;
    }
  }

  #subscribe(streams: readonly StreamName[], frames: readonly FrameKind[]): void {
    const fresh = streamNames.filter((name) => streams.includes(name) && !this.#streams.has(name));
    this.#streams = new Set(streams);
    this.#frames = [...new Set(frames)].map(
      (kind) => this.#frames.find((each) => each.kind === kind) ?? { kind, cursor: 0, sentAtMs: 0 },
    );
    for (const stream of fresh) this.#sendIfWanted(stream, this.#whole(stream));
    this.pump();
  }

  /** A person who signs in gets the whole picture; nothing of a person who leaves stays on the screen. */
  #personChanged(): void {
    if (!this.#isGreeted) return;
    const [before, now] = [this.#person, this.#seat.person];
    this.#person = now;
    this.#send({
      type: 'person',
      ...(now !== undefined && { person: now }),
      idleLockMinutes: this.#seat.idleLockMinutes,
    });
    if (now === undefined) this.#time.end();
    // Another role may see more.
    else if (before?.role !== now.role) this.#showAll();
  }

  #showAll(): void {
    for (const stream of streamNames) this.#sendIfWanted(stream, this.#whole(stream));
    this.#frames = this.#frames.map(({ kind }) => ({ kind, cursor: 0, sentAtMs: 0 }));
    this.pump();
  }

  /** Sends another picture: its time first, then the whole of it. */
  #showAnew(): void {
    for (const stream of ['vitals', ...pastStreams] as const) this.#sendIfWanted(stream, this.#whole(stream));
    this.#frames = this.#frames.map(({ kind }) => ({ kind, cursor: 0, sentAtMs: 0 }));
    this.pump();
  }

  #whole<S extends StreamName>(stream: S): StreamMessage<S> {
    const ofPast = isPastStream(stream) ? this.#time.stream(stream) : undefined;
    const whole = (ofPast ?? this.#sources.snapshot(stream)) as StreamMessage<S>;
    return stream === 'vitals' ? (this.#withReplay(whole as StreamMessage<'vitals'>) as StreamMessage<S>) : whole;
  }

  #withReplay(vitals: StreamMessage<'vitals'>): StreamMessage<'vitals'> {
    const replay = this.#time.state;
    return replay === undefined ? vitals : { ...vitals, replay };
  }

  async #answer(id: number, name: RequestName, input: unknown): Promise<void> {
    if (this.#underWay >= MOST_REQUESTS) {
      this.#send({
        type: 'error',
        id,
        code: 'unavailable',
        message: 'Too many requests at once. Try again in a moment.',
      });
      return;
    }
    this.#underWay++;
    try {
      this.#send({ type: 'answer', id, output: await this.#call(name, input) });
      this.#seat.settle();
      if (requests[name].isCommand) this.#seat.noteActive();
    } catch (error) {
      this.#send(this.#explain(id, name, error));
    } finally {
      this.#underWay--;
    }
  }

  async #call<N extends RequestName>(name: N, input: unknown): Promise<RequestOutput<N>> {
    // Who may not ask learns nothing from what is wrong with the question.
    const person = isSeatRequest(name) ? undefined : this.#admitted(name);
    const checked = requests[name].input.safeParse(input);
    if (!checked.success) throw new RequestError('badInput', `${name}: ${z.prettifyError(checked.error)}`);
    if (isSeatRequest(name))
      return (await this.#seat.answer(name, checked.data as RequestInput<SeatRequest>)) as RequestOutput<N>;
    this.#demandHousehold(name, checked.data);
    if (isTimeRequest(name))
      return this.#time.answer(name, checked.data as RequestInput<TimeRequest>) as RequestOutput<N>;
    const ofPast = this.#time.answerInPast(name, checked.data, requests[name].isCommand);
    if (ofPast !== undefined) return ofPast as RequestOutput<N>;
    const handle = this.#sources.handlers[name as Exclude<N, TimeRequest | SeatRequest>] as (
      input: RequestInput<N>,
      person: Person,
    ) => RequestOutput<N> | Promise<RequestOutput<N>>;
    // What a display may ask for is the same for everybody: those handlers do not look at the person.
    return await handle(checked.data as RequestInput<N>, person as Person);
  }

  /** Returns the person at the screen; throws a RequestError where that person may not make this request. */
  #admitted(name: RequestName): ScreenPerson {
    const person = this.#person;
    const fault = accessFault(requests[name], person, AUDIENCE);
    if (fault !== undefined || person === undefined) throw new RequestError('refused', fault ?? 'Sign in first.');
    return person;
  }

  #demandHousehold(name: RequestName, input: unknown): void {
    const declared = requests[name];
    const deviceId = 'householdDevice' in declared ? declared.householdDevice(input as never) : undefined;
    if (deviceId === undefined || this.#person === undefined || this.#seesHouseholds) return;
    if (this.#sources.isHousehold(deviceId))
      throw new RequestError('refused', lackingSentence(this.#person, 'household.read'));
  }

  get #seesHouseholds(): boolean {
    return this.#person !== undefined && may(this.#person.role, 'household.read');
  }

  #explain(id: number, name: RequestName, error: unknown): ServerMessage {
    if (error instanceof RequestError) return { type: 'error', id, code: error.code, message: error.message };
    this.#sources.log('error', `The request ${name} failed.`, {
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
    return { type: 'error', id, code: 'internal', message: 'The engine could not do this. The cause is in its log.' };
  }

  #sendIfWanted<S extends StreamName>(stream: S, data: StreamMessage<S>): void {
    if (this.#streams.has(stream) && accessFault(streams[stream], this.#person, AUDIENCE) === undefined)
      this.#send({ type: 'stream', stream, data } as ServerMessage);
  }

  #send(message: ServerMessage): void {
    this.#port.send(message);
  }
}
