import { once } from 'node:events';
import { connectAsync } from 'mqtt';
import type { MqttClient } from 'mqtt';
import { WebSocket } from 'ws';

/** Where the attacks go, and for how long each lasts. `token` lets a wall display in. */
export type Target = { url: string; brokerUrl: string; token: string; seconds: number };

const SOCKETS = 16;
const TICK_MS = 10;
const LONG_NAME = 'x'.repeat(60_000);
const LONG_NAMES = 4600;
const INVENTED_PER_TICK = 60;
const BEATS_PER_TICK = 5;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Calls `act` every few milliseconds for the time of an attack. */
async function repeatedly({ seconds }: Target, act: () => void): Promise<void> {
  const endMs = performance.now() + seconds * 1000;
  while (performance.now() < endMs) {
    act();
    await wait(TICK_MS);
  }
}

/** A socket that is opened again whenever it is closed, until it is stopped. */
class Attacker {
  readonly #url: string;
  readonly #begin: (socket: WebSocket) => void;
  #socket: WebSocket | undefined;
  #isOver = false;
  #lastId = 0;

  constructor({ url }: Target, begin: (socket: WebSocket) => void) {
    this.#url = `${url.replace('http', 'ws')}/contract`;
    this.#begin = begin;
    this.#open();
  }

  ask(name: string, input: object = {}): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    this.#socket.send(JSON.stringify({ type: 'request', id: ++this.#lastId, name, input }));
  }

  stop(): void {
    this.#isOver = true;
    this.#socket?.terminate();
  }

  #open(): void {
    if (this.#isOver) return;
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    socket.on('error', () => undefined);
    socket.on('open', () => this.#begin(socket));
    socket.on('close', () => setTimeout(() => this.#open(), TICK_MS));
  }
}

const enter = (token: string) => (socket: WebSocket) =>
  socket.send(JSON.stringify({ type: 'request', id: 0, name: 'people.showToken', input: { token } }));

/** Small requests without a sign-in, and costly ones of a display, whose answers nobody reads. */
async function slowReaders(target: Target): Promise<void> {
  const unknown = Array.from({ length: SOCKETS }, () => new Attacker(target, (socket) => socket.pause()));
  const displays = Array.from(
    { length: SOCKETS },
    () =>
      new Attacker(target, (socket) => {
        enter(target.token)(socket);
        socket.pause();
      }),
  );
  await repeatedly(target, () => {
    for (const each of unknown) each.ask('people.welcome');
    for (const each of displays) each.ask('county.meters');
  });
  for (const each of [...unknown, ...displays]) each.stop();
}

/** The most costly requests of a display, as many as the engine takes, with all answers read. */
async function requestFlood(target: Target): Promise<void> {
  const displays = Array.from({ length: SOCKETS }, () => new Attacker(target, enter(target.token)));
  await repeatedly(target, () => {
    for (const each of displays) for (let count = 0; count < 4; count++) each.ask('county.meters');
  });
  for (const each of displays) each.stop();
}

async function atBroker({ brokerUrl }: Target, act: (client: MqttClient) => Promise<void>): Promise<void> {
  const client = await connectAsync(brokerUrl);
  client.on('error', () => undefined);
  await act(client);
  await client.endAsync();
}

/** Retained positions of vehicles with very long names. */
const longNames = (target: Target): Promise<void> =>
  atBroker(target, async (client) => {
    const position = JSON.stringify({ at: Date.now(), lon: 0.1, lat: 0.1 });
    for (let index = 0; index < LONG_NAMES; index++)
      await client.publishAsync(`beacon/v1/vehicle/${String(index)}-${LONG_NAME}`, position, { retain: true });
    await wait(target.seconds * 500);
  });

/** Radio of meters that nobody has. */
const inventedIds = (target: Target): Promise<void> =>
  atBroker(target, async (client) => {
    let id = 1_000_000;
    await repeatedly(target, () => {
      for (let count = 0; count < INVENTED_PER_TICK; count++) {
        const reading = { ID: id++, Type: 7, Consumption: 5 };
        client.publish('rtlamr/scm', JSON.stringify({ Time: new Date().toISOString(), Type: 'SCM', Message: reading }));
      }
    });
  });

/** Sign-ins with invented names, each as soon as the last one is refused. */
async function signIns(target: Target): Promise<void> {
  let count = 0;
  const guess = (socket: WebSocket): void =>
    socket.send(
      JSON.stringify({
        type: 'request',
        id: count,
        name: 'people.signIn',
        input: { name: `Invented ${String(count++)}`, password: 'not the right one', screen: `s${String(count)}` },
      }),
    );
  const guessers = Array.from(
    { length: 4 },
    () =>
      new Attacker(target, (socket) => {
        socket.on('message', (data: Buffer) => {
          if (/"type":"(?:error|answer)"/.test(data.toString())) guess(socket);
        });
        guess(socket);
      }),
  );
  await wait(target.seconds * 1000);
  for (const each of guessers) each.stop();
}

/** Recorded beats of the workstation, published again and again. */
const replayedBeats = (target: Target): Promise<void> =>
  atBroker(target, async (client) => {
    const recorded: { topic: string; payload: Buffer }[] = [];
    client.on('message', (topic, payload) => {
      if (recorded.length < 100) recorded.push({ topic, payload });
    });
    await client.subscribeAsync('beacon/v1/desk/#');
    if (recorded.length === 0) await once(client as unknown as NodeJS.EventEmitter, 'message');
    await wait(2000);
    await client.unsubscribeAsync('beacon/v1/desk/#');
    let next = 0;
    await repeatedly(target, () => {
      for (let count = 0; count < BEATS_PER_TICK; count++) {
        const beat = recorded[next++ % recorded.length];
        if (beat !== undefined) client.publish(beat.topic, beat.payload);
      }
    });
  });

/** The attacks by their names, in the order in which they are made. */
export const attacks = {
  slowReaders,
  requestFlood,
  longNames,
  inventedIds,
  signIns,
  replayedBeats,
} as const satisfies Readonly<Record<string, (target: Target) => Promise<void>>>;
export type AttackName = keyof typeof attacks;
