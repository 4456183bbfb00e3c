import { once } from 'node:events';
import type { MqttClient } from 'mqtt';
import { WebSocket } from 'ws';
import type { ServerMessage } from '../../../shared/contract/contract.ts';
import { firstAdministrator } from '../../support/signIn.ts';

/** The engine sends a pulse this often. */
const PULSE_MS = 1000;
const SIGN_IN_LIMIT_MS = 60_000;

async function openSocket(url: string): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/contract`);
  socket.on('error', () => undefined);
  await once(socket, 'open');
  return socket;
}

/** Sends a request as the first one of a socket, and resolves when it is answered; rejects with the engine's words. */
async function ask(socket: WebSocket, name: string, input: object): Promise<void> {
  const id = 1;
  const answered = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`No answer to ${name}.`)), SIGN_IN_LIMIT_MS);
    socket.once('close', () => reject(new Error(`The connection broke at ${name}.`)));
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) return;
      const message = JSON.parse(data.toString()) as ServerMessage;
      if (!('id' in message) || message.id !== id) return;
      clearTimeout(timer);
      if (message.type === 'error') reject(new Error(message.message));
      else resolve();
    });
  });
  socket.send(JSON.stringify({ type: 'request', id, name, input }));
  await answered;
}

const account = { ...firstAdministrator, screen: 'honest' };

/** Opens a screen and signs in, as a person does, and returns how long it took; a failure counts as the limit. */
export async function signInS(url: string): Promise<number> {
  const startedMs = performance.now();
  try {
    const socket = await openSocket(url);
    await ask(socket, 'people.signIn', account);
    socket.terminate();
    return (performance.now() - startedMs) / 1000;
  } catch {
    return SIGN_IN_LIMIT_MS / 1000;
  }
}

/** A screen that does all that it should: it notes how late each pulse of the engine came. */
export class HonestScreen {
  readonly latenessMs: number[] = [];
  losses = 0;
  #socket: WebSocket | undefined;

  async open(url: string): Promise<void> {
    const socket = await openSocket(url);
    this.#socket = socket;
    await ask(socket, 'people.setUp', account);
    let lastMs: number | undefined;
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary || !data.subarray(0, 60).includes('"vitals"')) return;
      const nowMs = performance.now();
      if (lastMs !== undefined) this.latenessMs.push(Math.max(0, nowMs - lastMs - PULSE_MS));
      lastMs = nowMs;
    });
    socket.on('close', () => this.losses++);
    socket.send(JSON.stringify({ type: 'subscribe', streams: ['vitals', 'alarms', 'vehicles'], frames: [] }));
  }

  close(): void {
    this.#socket?.removeAllListeners('close');
    this.#socket?.terminate();
  }
}

/** Publishes readings with QoS 1 at an even pace until it is stopped; returns how many the broker acknowledged. */
export function publishReadings(client: MqttClient, meterIds: readonly string[], perSecond: number): () => number {
  const TICK_MS = 50;
  let [next, acknowledged] = [0, 0];
  const timer = setInterval(() => {
    for (let count = 0; count < (perSecond * TICK_MS) / 1000; count++, next++) {
      // Each meter reports its own time once, so that no reading counts as a duplicate.
      const reading = JSON.stringify({ at: Date.now() - (next % TICK_MS), registerKwh: 1000 + next / 1000 });
      client
        .publishAsync(`beacon/v1/meter/${meterIds[next % meterIds.length] ?? ''}`, reading, { qos: 1 })
        .then(() => acknowledged++)
        .catch(() => undefined);
    }
  }, TICK_MS);
  return () => {
    clearInterval(timer);
    return acknowledged;
  };
}
