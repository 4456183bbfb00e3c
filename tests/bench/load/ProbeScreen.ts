import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { ClientMessage, ServerMessage } from '../../../shared/contract.ts';
import { decodeFrame } from '../../../shared/live/frame.ts';

/** Frames that a screen may be ahead, as the application's own client grants them. */
const CREDIT = 2;

/** A screen without a picture at an engine's WebSocket: it takes frames of meters and vehicles, and tells when a vehicle was shown with a time of its own. */
export class ProbeScreen {
  readonly #socket: WebSocket;
  /** Vehicles' places in their frames, by id. */
  readonly #rows = new Map<number, string>();
  /** A vehicle was seen in a frame with this time of measurement. */
  onVehicle: (id: string, seenAtMs: number) => void = () => undefined;

  constructor(url: string) {
    this.#socket = new WebSocket(`${url.replace('http', 'ws')}/contract`);
    this.#socket.binaryType = 'arraybuffer';
    this.#socket.on('message', (data: ArrayBuffer | Buffer, isBinary) => {
      if (isBinary) this.#takeFrame(data as ArrayBuffer);
      else this.#takeMessage(JSON.parse(Buffer.from(data as ArrayBuffer).toString()) as ServerMessage);
    });
  }

  async open(): Promise<void> {
    await once(this.#socket, 'open');
    this.#send({ type: 'subscribe', streams: ['vehicles'], frames: ['vehicles', 'meters'] });
    this.#send({ type: 'credit', frames: CREDIT });
  }

  close(): void {
    this.#socket.terminate();
  }

  #send(message: ClientMessage): void {
    this.#socket.send(JSON.stringify(message));
  }

  #takeMessage(message: ServerMessage): void {
    if (message.type !== 'stream' || message.stream !== 'vehicles') return;
    for (const { index, id } of message.data.rows) this.#rows.set(index, id);
  }

  #takeFrame(bytes: ArrayBuffer): void {
    const frame = decodeFrame(bytes);
    this.#send({ type: 'credit', frames: 1 });
    if (frame.kind !== 'vehicles') return;
    const { index, seenAtMs } = frame.columns as { index: Uint32Array; seenAtMs: Float64Array };
    for (let at = 0; at < frame.count; at++) this.onVehicle(this.#rows.get(index[at] ?? -1) ?? '', seenAtMs[at] ?? Number.NaN);
  }
}
