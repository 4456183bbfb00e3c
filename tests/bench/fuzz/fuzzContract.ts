import { once } from 'node:events';
import { connect } from 'node:net';
import { WebSocket } from 'ws';
import { frameKinds } from '../../../shared/live/frame.ts';
import { requests, streamNames } from '../../../shared/contract/contract.ts';
import { eventually } from '../../support/startHost.ts';
import type { RunningEngine } from '../../support/startEngine.ts';
import { residentBytes } from '../load/residentBytes.ts';
import type { Mutator } from './Mutator.ts';

const BATCH = 500;
const MARK = 2_000_000_000;
const LIMIT_MS = 60_000;
const WARM_SHARE = 0.5;

const place = { lon: -93.5, lat: 44.5 };
const subject = { kind: 'meter', id: 'W1' };
/** Every value that a request may hold, under the names of the contract; each request takes its own fields. */
const inputs = [
  {},
  { deviceId: 'W1', quantity: 'registerM3', fromMs: 0, toMs: 1e13, maxPoints: 100, asRate: true },
  { subject },
  { text: 'main' },
  { limit: 10 },
  { alarmId: 'a' },
  { vehicleId: 'v', fromMs: 0, toMs: 1 },
  { type: 'crash', priority: 2, title: 'Title', place: 'Main', ...place, alarmIds: ['a'] },
  {
    incidentId: '2026-0001',
    text: 'note',
    assignee: 'Ann',
    milestone: 'onScene',
    unitId: 'U1',
    order: 'go',
    outcome: 'x',
    reason: 'y',
    alarmId: 'a',
  },
  { atMs: 1_780_315_200_000, speed: 1 },
  { fromMs: 0, toMs: 1e13 },
];

/** Valid messages of a screen: every request with every kind of input. */
const messages: Buffer[] = [
  ...Object.keys(requests).flatMap((name) => inputs.map((input) => ({ type: 'request', id: 1, name, input }))),
  { type: 'subscribe', streams: streamNames, frames: frameKinds },
  { type: 'credit', frames: 3 },
].map((message) => Buffer.from(JSON.stringify(message)));

const upgrade = Buffer.from(
  'GET /contract HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
);

/** Sends text mostly, which the protocol requires to be UTF-8, and bytes now and then. */
const carried = (mutator: Mutator, bytes: Buffer): Buffer | string =>
  mutator.below(20) === 0 ? bytes : bytes.toString('utf8');

/** A screen that reconnects when the engine closes its connection. */
class Line {
  readonly #url: string;
  #socket: WebSocket | undefined;
  answers = 0;
  errors = 0;
  closed = 0;
  #marked: (() => void) | undefined;

  constructor(url: string) {
    this.#url = `${url.replace('http', 'ws')}/contract`;
  }

  async #open(): Promise<WebSocket> {
    if (this.#socket?.readyState === WebSocket.OPEN) return this.#socket;
    const socket = (this.#socket = new WebSocket(this.#url));
    socket.on('error', () => undefined);
    socket.on('close', () => this.closed++);
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) return;
      const { type, id } = JSON.parse(data.toString('utf8')) as { type: string; id?: number };
      if (id === MARK) this.#marked?.();
      else if (type === 'answer') this.answers++;
      else if (type === 'error') this.errors++;
    });
    await once(socket, 'open');
    return socket;
  }

  /**
   * Sends the whole batch, then a valid request, and waits for its answer, which shows that everything before it was
   * handled.
   */
  async send(batch: readonly (Buffer | string)[]): Promise<void> {
    const socket = await this.#open();
    const marked = new Promise<void>((resolve) => (this.#marked = resolve));
    let isMarked = false;
    void marked.then(() => (isMarked = true));
    for (const message of batch) socket.send(message);
    socket.send(JSON.stringify({ type: 'request', id: MARK, name: 'county.units', input: {} }));
    await eventually(
      'The answer after wrong messages',
      () => isMarked || socket.readyState !== WebSocket.OPEN || undefined,
      LIMIT_MS,
    );
  }

  close(): void {
    this.#socket?.terminate();
  }
}

/** Sends invalid bytes to the web server itself. */
function knock(url: string, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.end(bytes));
    socket
      .on('error', () => undefined)
      .on('data', () => socket.destroy())
      .on('close', () => resolve())
      .setTimeout(1000, () => socket.destroy());
  });
}

export type ContractFuzz = {
  messages: number;
  connections: number;
  answered: number;
  refused: number;
  closed: number;
  slowestBatchMs: number;
  grownMb: number;
};

/**
 * Sends invalid messages of a screen to a running engine, and invalid requests to its web server. Throws if it no
 * longer answers.
 */
export async function fuzzContract(mutator: Mutator, engine: RunningEngine, count: number): Promise<ContractFuzz> {
  const line = new Line(engine.url);
  let [slowestBatchMs, sent, connections, warmBytes] = [0, 0, 0, Number.NaN];
  for (; sent < count; sent += BATCH) {
    if (Number.isNaN(warmBytes) && sent >= WARM_SHARE * count) warmBytes = residentBytes(engine.pid);
    const batch = Array.from({ length: Math.min(BATCH, count - sent) }, () =>
      carried(mutator, mutator.mutate(mutator.pick(messages), mutator.pick(messages))),
    );
    const startedMs = performance.now();
    await line.send(batch);
    slowestBatchMs = Math.max(slowestBatchMs, performance.now() - startedMs);
    await knock(engine.url, mutator.mutate(upgrade, mutator.pick(messages)));
    connections++;
  }
  line.close();
  if (!(await fetch(`${engine.url}/healthz`)).ok) throw new Error('The engine is not well after wrong messages.');
  return {
    messages: count,
    connections,
    answered: line.answers,
    refused: line.errors,
    closed: line.closed,
    slowestBatchMs,
    grownMb: (residentBytes(engine.pid) - warmBytes) / 1e6,
  };
}
