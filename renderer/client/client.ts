import type {
  ReplayState,
  RequestInput,
  RequestName,
  RequestOutput,
  ServerMessage,
  StreamMessage,
  StreamName,
} from '../../shared/contract/contract.ts';
import { streamNames } from '../../shared/contract/contract.ts';
import { decodeFrame, frameKinds } from '../../shared/live/frame.ts';
import type { Frame, FrameKind } from '../../shared/live/frame.ts';
import type { ScreenPerson } from '../../shared/people/person.ts';
import { createStore } from '../ui/store.ts';
import type { Readable, Store } from '../ui/store.ts';
import type { Carrier, Received } from './carrier.ts';
import { mergeStream } from './mergeStream.ts';
import type { StreamState } from './mergeStream.ts';
import { RequestError } from './RequestError.ts';

/** React is notified of stream changes at most this often. */
const PUBLISH_EVERY_MS = 250;
/**
 * The engine sends something every second; a connection that has been silent for this long is dead, whatever its
 * carrier reports.
 */
const SILENCE_LIMIT_MS = 10_000;
/**
 * A check of the line that comes this late means that this screen itself was held up: what the engine sent meanwhile is
 * still waiting to be read.
 */
const HELD_UP_MS = 2000;
/** How many frames may be under way at once. */
const FRAME_CREDITS = 2;

export type Connection = {
  state: 'connecting' | 'open' | 'lost';
  /** When the connection came into this state, in engine time; undefined before the first contact. */
  sinceMs: number | undefined;
  /** When anything last came over the line, on the scale of `performance.now()`; undefined before the first contact. */
  lastHeardAtMs: number | undefined;
  /** The person at this screen, as last reported by the engine. */
  person: ScreenPerson | undefined;
  /** The screen locks itself after this many minutes without a key press or a pointer movement; 0 means never. */
  idleLockMinutes: number;
  version: string;
};

export type Client = {
  /** Rejects with a `RequestError`; never waits for a connection while none is open. */
  request: <N extends RequestName>(name: N, input: RequestInput<N>) => Promise<RequestOutput<N>>;
  /** The merged state of a stream; undefined until its first message. */
  stream: <S extends StreamName>(name: S) => Readable<StreamState[S] | undefined>;
  connection: Readable<Connection>;
  /** Called with every frame of the kind; its columns are valid only during the call. Returns the unsubscriber. */
  onFrame: <K extends FrameKind>(kind: K, listener: (frame: Frame<K>) => void) => () => void;
  /**
   * Called whenever the engine accepts the connection of this screen, the first time or again: the frames known so far
   * may come from an earlier run of the engine.
   */
  onGreeting: (listener: () => void) => () => void;
  /** Called when the engine has another county than the one that this screen was drawn with. */
  onOtherCounty: (listener: () => void) => () => void;
  /**
   * Called when the engine says who is at this screen. `asked` means that the engine does not know yet, and waits for a
   * session secret or a display's token.
   */
  onPerson: (listener: (person: ScreenPerson | 'asked' | undefined) => void) => () => void;
  /** Forgets everything that was known on behalf of the person who was at this screen. */
  forget: () => void;
  /** The engine's time, extrapolated between its messages; undefined before the first one. */
  nowMs: () => number | undefined;
  /** The speed of the engine's time relative to wall-clock time. */
  clockSpeed: () => number;
  /** The time of the picture: the engine's time, or that of the replay on a screen that shows the past. */
  pictureMs: () => number | undefined;
  /** The speed of the picture's time relative to wall-clock time; 0 while the picture stands still. */
  pictureSpeed: () => number;
  /** The replay that this screen shows, as last reported by the engine; undefined while the screen is live. */
  replay: () => ReplayState | undefined;
  /** Called when the picture becomes that of another time: the contents of earlier frames are no longer valid. */
  onPicture: (listener: () => void) => () => void;
  start: () => void;
  stop: () => void;
};

/** Measures durations only, never the time of day: see `performance.now()`. */
export type Ticker = { monotonicMs: () => number; every: (ms: number, run: () => void) => () => void };

type Waiting = { resolve: (output: never) => void; reject: (error: RequestError) => void };

class LiveClient implements Client {
  readonly #carrier: Carrier;
  readonly #ticker: Ticker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #latest = new Map<StreamName, unknown>();
  readonly #published = new Map<StreamName, Store<unknown>>(
    streamNames.map((name) => [name, createStore<unknown>(undefined)]),
  );
  readonly #connection = createStore<Connection>({
    state: 'connecting',
    sinceMs: undefined,
    lastHeardAtMs: undefined,
    person: undefined,
    idleLockMinutes: 0,
    version: '',
  });
  readonly #frameListeners = new Map<FrameKind, Set<(frame: Frame<never>) => void>>(
    frameKinds.map((kind) => [kind, new Set()]),
  );
  readonly #greetingListeners = new Set<() => void>();
  readonly #personListeners = new Set<(person: ScreenPerson | 'asked' | undefined) => void>();
  readonly #pictureListeners = new Set<() => void>();
  readonly #otherCountyListeners = new Set<() => void>();
  /** The stamp of the county with which the screen was drawn. */
  #county: string | undefined;
  #nextId = 1;
  /** True once the engine has accepted this line. */
  #isIn = false;
  #clock: { engineMs: number; monotonicMs: number; speed: number } | undefined;
  #replay: { state: ReplayState; monotonicMs: number } | undefined;
  #lastHeardAtMs: number | undefined;
  #lookedAtMs = Number.NEGATIVE_INFINITY;
  #stopTicking = (): void => undefined;

  constructor(carrier: Carrier, ticker: Ticker) {
    this.#carrier = carrier;
    this.#ticker = ticker;
  }

  readonly connection: Readable<Connection> = this.#connection;

  start = (): void => {
    this.#stopTicking = this.#ticker.every(PUBLISH_EVERY_MS, () => {
      this.#publish();
      this.#watchSilence();
    });
    this.#carrier.start({ onOpen: this.#opened, onMessage: this.#received, onClose: this.#closed });
  };

  stop = (): void => {
    this.#stopTicking();
    this.#carrier.stop();
  };

  request = <N extends RequestName>(name: N, input: RequestInput<N>): Promise<RequestOutput<N>> => {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      if (!this.#carrier.send({ type: 'request', id, name, input }))
        reject(new RequestError('disconnected', 'There is no connection to the engine.'));
      else this.#waiting.set(id, { resolve, reject });
    });
  };

  stream = <S extends StreamName>(name: S): Readable<StreamState[S] | undefined> =>
    this.#published.get(name) as Readable<StreamState[S] | undefined>;

  onFrame = <K extends FrameKind>(kind: K, listener: (frame: Frame<K>) => void): (() => void) => {
    const listeners = this.#frameListeners.get(kind) as unknown as Set<(frame: Frame<K>) => void>;
    listeners.add(listener);
    return () => listeners.delete(listener);
  };

  onGreeting = (listener: () => void): (() => void) => {
    this.#greetingListeners.add(listener);
    return () => this.#greetingListeners.delete(listener);
  };

  onOtherCounty = (listener: () => void): (() => void) => {
    this.#otherCountyListeners.add(listener);
    return () => this.#otherCountyListeners.delete(listener);
  };

  onPerson = (listener: (person: ScreenPerson | 'asked' | undefined) => void): (() => void) => {
    this.#personListeners.add(listener);
    return () => this.#personListeners.delete(listener);
  };

  forget = (): void => {
    this.#latest.clear();
    for (const store of this.#published.values()) store.set(undefined);
    if (this.#replay !== undefined) {
      this.#replay = undefined;
      for (const listener of [...this.#pictureListeners]) listener();
    }
    this.#setConnection({ person: undefined, idleLockMinutes: 0 });
  };

  nowMs = (): number | undefined => {
    if (this.#clock === undefined) return undefined;
    return this.#clock.engineMs + (this.#ticker.monotonicMs() - this.#clock.monotonicMs) * this.#clock.speed;
  };

  clockSpeed = (): number => this.#clock?.speed ?? 1;

  onPicture = (listener: () => void): (() => void) => {
    this.#pictureListeners.add(listener);
    return () => this.#pictureListeners.delete(listener);
  };

  replay = (): ReplayState | undefined => this.#replay?.state;

  pictureSpeed = (): number => {
    if (this.#replay === undefined) return this.clockSpeed();
    const { state, speed, isBehind } = this.#replay.state;
    return state === 'playing' && !isBehind ? speed : 0;
  };

  pictureMs = (): number | undefined => {
    if (this.#replay === undefined) return this.nowMs();
    return this.#replay.state.atMs + (this.#ticker.monotonicMs() - this.#replay.monotonicMs) * this.pictureSpeed();
  };

  readonly #opened = (): void => {
    this.#lastHeardAtMs = this.#ticker.monotonicMs();
    this.#carrier.send({ type: 'subscribe', streams: streamNames, frames: frameKinds });
    this.#carrier.send({ type: 'credit', frames: FRAME_CREDITS });
  };

  readonly #closed = (): void => {
    for (const { reject } of this.#waiting.values())
      reject(new RequestError('disconnected', 'The connection to the engine broke before it answered.'));
    this.#waiting.clear();
    const { state } = this.#connection.get();
    if (state === 'open') this.#setConnection({ state: 'lost', sinceMs: this.nowMs() });
  };

  readonly #received = (message: Received): void => {
    this.#lastHeardAtMs = this.#ticker.monotonicMs();
    if (message instanceof ArrayBuffer) this.#receivedFrame(message);
    else this.#receivedMessage(message);
  };

  #receivedFrame(buffer: ArrayBuffer): void {
    try {
      const frame = decodeFrame(buffer);
      for (const listener of this.#frameListeners.get(frame.kind) ?? []) listener(frame as Frame<never>);
    } finally {
      this.#carrier.send({ type: 'credit', frames: 1 });
    }
  }

  #noteCounty(stamp: string | undefined): void {
    const isOther = this.#county !== undefined && stamp !== undefined && stamp !== this.#county;
    this.#county = stamp ?? this.#county;
    if (isOther) for (const listener of [...this.#otherCountyListeners]) listener();
  }

  #receivedMessage(message: ServerMessage): void {
    switch (message.type) {
      case 'hello':
        this.#noteCounty(message.county);
        this.#setClock(message.nowMs, this.clockSpeed());
        this.#setConnection({ state: 'open', sinceMs: message.nowMs, version: message.version });
        this.#isIn = false;
        if (message.person === undefined) this.#publishPerson('asked');
        else this.#letIn(message.person, 0);
        return;
      case 'person':
        if (message.person !== undefined) this.#letIn(message.person, message.idleLockMinutes);
        else {
          this.#isIn = false;
          this.forget();
          this.#publishPerson(undefined);
        }
        return;
      case 'answer':
        this.#take(message.id)?.resolve(message.output as never);
        return;
      case 'error':
        this.#take(message.id)?.reject(new RequestError(message.code, message.message));
        return;
      case 'stream':
        if (message.stream === 'vitals') this.#setTimes(message.data);
        this.#merge(message.stream, message.data);
        return;
      default:
        message satisfies never;
    }
  }

  #letIn(person: ScreenPerson, idleLockMinutes: number): void {
    this.#setConnection({ person, idleLockMinutes });
    const isNew = !this.#isIn;
    this.#isIn = true;
    if (isNew) for (const listener of [...this.#greetingListeners]) listener();
    this.#publishPerson(person);
  }

  #publishPerson(person: ScreenPerson | 'asked' | undefined): void {
    for (const listener of [...this.#personListeners]) listener(person);
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }

  #merge<S extends StreamName>(name: S, message: StreamMessage<S>): void {
    const isFirst = !this.#latest.has(name);
    this.#latest.set(name, mergeStream(name, this.#latest.get(name) as StreamState[S] | undefined, message));
    if (isFirst) this.#publish();
  }

  #setClock(engineMs: number, speed: number): void {
    this.#clock = { engineMs, monotonicMs: this.#ticker.monotonicMs(), speed };
  }

  #setTimes({ nowMs, clockSpeed, replay }: StreamMessage<'vitals'>): void {
    this.#setClock(nowMs, clockSpeed);
    const isOther =
      replay?.id !== this.#replay?.state.id ||
      (replay?.state === 'loading') !== (this.#replay?.state.state === 'loading');
    this.#replay = replay === undefined ? undefined : { state: replay, monotonicMs: this.#ticker.monotonicMs() };
    if (isOther) for (const listener of [...this.#pictureListeners]) listener();
  }

  #setConnection(change: Partial<Connection>): void {
    this.#connection.set({ ...this.#connection.get(), lastHeardAtMs: this.#lastHeardAtMs, ...change });
  }

  #publish(): void {
    for (const [name, state] of this.#latest) this.#published.get(name)?.set(state);
    const { state, lastHeardAtMs } = this.#connection.get();
    // A resolution of one second is enough for an age on screen, and spares React three redraws in four.
    const heardMs = this.#lastHeardAtMs;
    if (state === 'open' && heardMs !== undefined && heardMs - (lastHeardAtMs ?? -Infinity) >= 1000)
      this.#setConnection({});
  }

  #watchSilence(): void {
    const atMs = this.#ticker.monotonicMs();
    const wasHeldUp = atMs - this.#lookedAtMs > HELD_UP_MS;
    this.#lookedAtMs = atMs;
    if (wasHeldUp || this.#lastHeardAtMs === undefined || atMs - this.#lastHeardAtMs < SILENCE_LIMIT_MS) return;
    this.#lastHeardAtMs = atMs;
    this.#carrier.renew();
  }
}

const browserTicker: Ticker = {
  monotonicMs: () => performance.now(),
  every: (ms, run) => {
    const id = window.setInterval(run, ms);
    return () => window.clearInterval(id);
  },
};

/** Makes the screen's side of the contract. Only tests pass another `ticker`. */
export function createClient(carrier: Carrier, ticker: Ticker = browserTicker): Client {
  return new LiveClient(carrier, ticker);
}
