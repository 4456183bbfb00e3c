import { pastStreams } from '../../../shared/contract/contract.ts';
import type {
  PastStream,
  ReplayState,
  RequestInput,
  RequestName,
  RequestOutput,
  StreamMessage,
  StreamName,
} from '../../../shared/contract/contract.ts';
import type { FrameKind } from '../../../shared/live/frame.ts';
import type { RunningReplay, StartReplay } from '../replay/createReplays.ts';
import type { TimeRequest } from '../base/Handlers.ts';
import { RequestError } from '../base/RequestError.ts';

type SessionTimeOptions = {
  startReplay: StartReplay;
  send: <S extends StreamName>(stream: S, data: StreamMessage<S>) => void;
  /** Called when another picture is shown: everything that earlier frames said is void. */
  onPicture: () => void;
  /** Called when the replay's state must be sent at once. */
  onState: () => void;
};

const pastNames: ReadonlySet<StreamName> = new Set(pastStreams);
export const isPastStream = (stream: StreamName): stream is PastStream => pastNames.has(stream);
export const isTimeRequest = (name: RequestName): name is TimeRequest => name.startsWith('time.');

/** Keeps which time one screen shows: the live county, or a replay of its own. */
export class SessionTime {
  readonly #options: SessionTimeOptions;
  #replay: RunningReplay | undefined;

  constructor(options: SessionTimeOptions) {
    this.#options = options;
  }

  /** Undefined on a live screen. */
  get state(): ReplayState | undefined {
    return this.#replay?.state;
  }

  get isPast(): boolean {
    return this.#replay !== undefined;
  }

  /** Answers a request about time. */
  answer(name: TimeRequest, input: RequestInput<TimeRequest>): RequestOutput<TimeRequest> {
    if (name === 'time.live') this.goLive();
    else if (name === 'time.travel') this.#travel(input as RequestInput<'time.travel'>);
    else if (this.#replay === undefined)
      throw new RequestError('refused', 'This screen is live: go to a past time first.');
    else this.#replay.setSpeed((input as RequestInput<'time.speed'>).speed);
    return {};
  }

  /**
   * Answers another request from the past, where its answer differs there; throws a RequestError where it is refused.
   */
  answerInPast(name: RequestName, input: unknown, isCommand: boolean): RequestOutput<'entity.detail'> | undefined {
    if (this.#replay === undefined) return undefined;
    if (isCommand) throw new RequestError('refused', 'This screen shows the past. Go back to live to do this.');
    if (name !== 'entity.detail') return undefined;
    const { subject } = input as RequestInput<'entity.detail'>;
    const detail = this.#replay.detail(subject);
    if (detail === undefined)
      throw new RequestError('notFound', `Nothing was known of ${subject.kind} ${subject.id} then.`);
    return detail;
  }

  frame(kind: FrameKind, cursor: number): { bytes: ArrayBuffer; cursor: number } | undefined {
    return this.#replay?.frame(kind, cursor);
  }

  stream(name: PastStream): StreamMessage<PastStream> | undefined {
    return this.#replay?.stream(name);
  }

  goLive(): void {
    if (this.#replay === undefined) return;
    this.end();
    this.#options.onPicture();
  }

  end(): void {
    this.#replay?.end();
    this.#replay = undefined;
  }

  #travel({ atMs, speed }: RequestInput<'time.travel'>): void {
    const { startReplay, send, onPicture, onState } = this.#options;
    // When the new time is refused, the screen stays where it is.
    const next = startReplay({
      atMs,
      speed,
      replaces: this.#replay,
      send,
      onState,
      onReady: onPicture,
      onPresent: () => this.goLive(),
    });
    this.#replay = next;
    onPicture();
  }
}
