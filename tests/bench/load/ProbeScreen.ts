import { once } from 'node:events';
import { WebSocket } from 'ws';
import type {
  ClientMessage,
  RequestInput,
  RequestName,
  RequestOutput,
  ServerMessage,
  StreamMessage,
  StreamName,
} from '../../../shared/contract/contract.ts';
import { decodeFrame } from '../../../shared/live/frame.ts';
import { signIn } from '../../support/signIn.ts';

/** How many frames the engine may send ahead, as the application's own client grants them. */
const CREDIT = 2;

/**
 * A screen without a picture at an engine's WebSocket: it takes frames of meters and vehicles, and reports when a
 * vehicle was shown with a given time, and what it receives of alarms.
 */
export class ProbeScreen {
  readonly #socket: WebSocket;
  /** Ids of vehicles by their row in the frames. */
  readonly #rows = new Map<number, string>();
  readonly #waiting = new Map<number, (output: unknown) => void>();
  /** Called when a frame shows a vehicle with this time of measurement. */
  onVehicle: (id: string, seenAtMs: number) => void = () => undefined;
  /** Called when alarms changed, if the screen asked for them. */
  onAlarms: (changed: StreamMessage<'alarms'>['changed']) => void = () => undefined;
  readonly #streams: StreamName[];

  constructor(url: string, streams: StreamName[] = ['vehicles']) {
    this.#streams = streams;
    this.#socket = new WebSocket(`${url.replace('http', 'ws')}/contract`);
    this.#socket.binaryType = 'arraybuffer';
    this.#socket.on('message', (data: ArrayBuffer | Buffer, isBinary) => {
      if (isBinary) this.#takeFrame(data as ArrayBuffer);
      else this.#takeMessage(JSON.parse(Buffer.from(data as ArrayBuffer).toString()) as ServerMessage);
    });
  }

  /** `token` lets a display in; without it a person signs in, which takes as long as checking a password. */
  async open(token?: string): Promise<void> {
    await once(this.#socket, 'open');
    if (token === undefined) await this.#signIn();
    else await this.ask('people.showToken', { token });
    this.#send({ type: 'subscribe', streams: this.#streams, frames: ['vehicles', 'meters'] });
    this.#send({ type: 'credit', frames: CREDIT });
  }

  async #signIn(): Promise<void> {
    const enter =
      (request: 'people.signIn' | 'people.setUp') =>
      async (name: string, password: string): Promise<boolean> => {
        const { mustChangePassword = false } = await this.ask(request, { name, password, screen: 'probe' });
        return mustChangePassword;
      };
    const choosePassword = async (oldPassword: string, newPassword: string): Promise<void> => {
      await this.ask('people.changePassword', { oldPassword, newPassword });
    };
    await signIn(this.ask, { signIn: enter('people.signIn'), setUp: enter('people.setUp'), choosePassword }, 'Viewer');
  }

  close(): void {
    this.#socket.terminate();
  }

  /**
   * Sends a request. A screen that was opened without a token acts as the first administrator, unless the county is the
   * demonstration.
   */
  readonly ask = <N extends RequestName>(name: N, input: RequestInput<N>): Promise<RequestOutput<N>> => {
    const id = this.#waiting.size + 1;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve as (output: unknown) => void);
      this.#send({ type: 'request', id, name, input });
    });
  };

  #send(message: ClientMessage): void {
    this.#socket.send(JSON.stringify(message));
  }

  #takeMessage(message: ServerMessage): void {
    if (message.type === 'answer') this.#waiting.get(message.id)?.(message.output);
    if (message.type === 'error') throw new Error(message.message);
    if (message.type !== 'stream') return;
    if (message.stream === 'alarms') this.onAlarms(message.data.changed);
    if (message.stream === 'vehicles') for (const { index, id } of message.data.rows) this.#rows.set(index, id);
  }

  #takeFrame(bytes: ArrayBuffer): void {
    const frame = decodeFrame(bytes);
    this.#send({ type: 'credit', frames: 1 });
    if (frame.kind !== 'vehicles') return;
    const { index, seenAtMs } = frame.columns as { index: Uint32Array; seenAtMs: Float64Array };
    for (let at = 0; at < frame.count; at++)
      this.onVehicle(this.#rows.get(index[at] ?? -1) ?? '', seenAtMs[at] ?? Number.NaN);
  }
}
