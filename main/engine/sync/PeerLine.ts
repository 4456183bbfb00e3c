import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { z } from 'zod';
import { logEntrySchema, workstationOf } from '../../../shared/record/logEntry.ts';
import { BEACON_PREFIX } from '../../../shared/wire/topics.ts';
import type { Log, MqttCredentials } from '../base/engine.ts';
import { BrokerConnection } from '../ingest/BrokerConnection.ts';
import type { Delivery } from '../ingest/tapPublishes.ts';
import { askSchema, beatSchema, giveSchema, pieceSchema, wantSchema } from './peerMessages.ts';
import type { DeskMessage } from './peerMessages.ts';
import { JOIN_PREFIX } from './joinDesk.ts';
import type { RefusalReason } from './RefusedMessages.ts';

const SIGNATURE_BYTES = 64;
/** What a message may unfold to. */
const MOST_BYTES = 16_000_000;
/** At its end it waits so long at most for the broker. */
const LAST_WORD_MS = 1000;
const LONGEST_RETRY_MS = 2000;

/** Whose messages are read: `revoked` ones are told from strangers. */
type Sender = { publicKey: string; isRevoked: boolean };

type DeskLineOptions = {
  url: string;
  credentials: MqttCredentials;
  clientId: string;
  deskId: string;
  workstationId: string;
  /** PEM. */
  privateKey: string;
  /** The sequence that is written here now. */
  own: () => string;
  sender: (workstationId: string) => Sender | undefined;
  onMessage: (message: DeskMessage, isRetained: boolean) => void;
  /** A question of a workstation that wants to join, as it came. */
  onJoinAsk: (topic: string, payload: Buffer) => void;
  onRefused: (from: string, reason: RefusalReason) => void;
  onConnected: () => void;
  onLost: () => void;
  nowMs: () => number;
  log: Log;
};

const eventsSchema = z.array(logEntrySchema).max(1000);

const isCompressed = (kind: string): boolean => kind === 'give' || kind === 'piece';

/** Checks what a message is made of, and that it says of itself what its topic says. */
function decode(kind: string, from: string, content: Buffer): DeskMessage | undefined {
  const plain = isCompressed(kind) ? zstdDecompressSync(content, { maxOutputLength: MOST_BYTES }) : content;
  const json: unknown = JSON.parse(plain.toString('utf8'));
  if (kind === 'head') {
    const beat = beatSchema.parse(json);
    return beat.from === from ? { kind: 'beat', beat } : undefined;
  }
  if (kind === 'events')
    return { kind: 'events', entries: eventsSchema.parse(json).filter(({ sequence }) => sequence === from) };
  if (kind === 'ask') {
    const ask = askSchema.parse(json);
    return ask.from === from ? { kind: 'ask', ask } : undefined;
  }
  if (kind === 'want') {
    const want = wantSchema.parse(json);
    return want.from === from ? { kind: 'want', want } : undefined;
  }
  if (kind === 'piece') {
    const piece = pieceSchema.parse(json);
    return piece.from === from ? { kind: 'piece', piece } : undefined;
  }
  const give = giveSchema.parse(json);
  return give.from === from ? { kind: 'give', give } : undefined;
}

/**
 * The desk's line over the broker, beside that of the county's streams so that neither waits for the other. Every
 * message is signed by its workstation together with its topic; what is not from a member is refused before it is read.
 * Nothing is kept for absent ones: what they missed is asked for.
 *
 *     beacon/v1/desk/<deskId>/head/<sequence>           retained   a beat
 *     beacon/v1/desk/<deskId>/events/<sequence>                    entries as they are written
 *     beacon/v1/desk/<deskId>/ask/<workstation>/<sequence>         asks that workstation for a stretch
 *     beacon/v1/desk/<deskId>/give/<workstation>/<sequence>        gives that workstation a stretch, compressed by zstd
 *     beacon/v1/desk/<deskId>/want/<workstation>/<sequence>        asks that workstation for a piece of a file
 *     beacon/v1/desk/<deskId>/piece/<workstation>/<sequence>       gives that workstation the piece, sealed with the desk's key and compressed
 */
export class PeerLine {
  readonly #options: DeskLineOptions;
  readonly #prefix: string;
  readonly #key: KeyObject;
  readonly #connection: BrokerConnection;
  readonly #keys = new Map<string, KeyObject>();
  #isConnected = false;
  #lastSent: Promise<unknown> = Promise.resolve();

  constructor(options: DeskLineOptions) {
    const { url, credentials, clientId, workstationId, nowMs, log } = options;
    this.#options = options;
    this.#prefix = `${BEACON_PREFIX}/desk/${options.deskId}`;
    this.#key = createPrivateKey(options.privateKey);
    const filters = [
      ...['head', 'events'].map((kind) => `${this.#prefix}/${kind}/+`),
      ...['ask', 'give', 'want', 'piece'].map((kind) => `${this.#prefix}/${kind}/${workstationId}/+`),
      `${JOIN_PREFIX}/+/ask`,
    ];
    const say: Log = (level, message) => log(level, `The line of the shared desk: ${message}`);
    this.#connection = new BrokerConnection({
      url,
      credentials,
      clientId,
      nowMs,
      log: say,
      isTransient: true,
      longestRetryMs: LONGEST_RETRY_MS,
      subscriptions: filters.map((filter) => ({ filter, qos: 1 })),
    });
    this.#connection.onDelivery = (delivery) => this.#take(delivery);
    this.#connection.onSubscribed = () => {
      this.#isConnected = true;
      options.onConnected();
    };
    this.#connection.onLost = () => {
      if (!this.#isConnected) return;
      this.#isConnected = false;
      options.onLost();
    };
  }

  get isConnected(): boolean {
    return this.#isConnected;
  }

  start(): void {
    this.#connection.start();
  }

  /** Ends when what was sent last has arrived, or soon. */
  async stop(): Promise<void> {
    const patience = Promise.withResolvers<undefined>();
    const timer = setTimeout(() => patience.resolve(undefined), LAST_WORD_MS);
    await Promise.race([this.#lastSent, patience.promise]);
    clearTimeout(timer);
    await this.#connection.stop();
  }

  /** The broker shows nothing any more although the connection stands: a new one is tried. */
  hangUp(): void {
    this.#connection.hangUp();
  }

  /** Without a connection nothing is sent, and nothing is kept to be sent later. */
  send(message: DeskMessage): void {
    const own = this.#options.own();
    switch (message.kind) {
      case 'beat':
        this.#publish(`${this.#prefix}/head/${own}`, message.beat, true);
        return;
      case 'events':
        this.#publish(`${this.#prefix}/events/${own}`, message.entries);
        return;
      case 'ask':
        this.#publish(`${this.#prefix}/ask/${workstationOf(message.ask.to)}/${own}`, message.ask);
        return;
      case 'give':
        this.#publish(`${this.#prefix}/give/${workstationOf(message.give.to)}/${own}`, message.give);
        return;
      case 'want':
        this.#publish(`${this.#prefix}/want/${workstationOf(message.want.to)}/${own}`, message.want);
        return;
      case 'piece':
        this.#publish(`${this.#prefix}/piece/${workstationOf(message.piece.to)}/${own}`, message.piece);
        return;
      default:
        message satisfies never;
    }
  }

  /** Takes back what the broker keeps of a sequence that is written no more. */
  clearHead(sequence: string): void {
    this.#sendBytes(`${this.#prefix}/head/${sequence}`, Buffer.alloc(0), true);
  }

  answerJoin(topic: string, answer: object): void {
    this.#sendBytes(`${JOIN_PREFIX}/${topic}/answer`, Buffer.from(JSON.stringify(answer)), false);
  }

  #publish(topic: string, content: object, isRetained = false): void {
    const plain = Buffer.from(JSON.stringify(content));
    const bytes = isCompressed(topic.slice(this.#prefix.length + 1).split('/', 1)[0] ?? '')
      ? zstdCompressSync(plain)
      : plain;
    this.#sendBytes(topic, Buffer.concat([sign(null, signedText(topic, bytes), this.#key), bytes]), isRetained);
  }

  #sendBytes(topic: string, bytes: Buffer, isRetained: boolean): void {
    if (!this.#isConnected) return;
    // What a broken connection takes with it is asked for again.
    this.#lastSent = this.#connection
      .publish(topic, bytes, 1, isRetained)
      .catch(
        (error: unknown) =>
          this.#isConnected && this.#options.log('warn', `A message of the desk was not sent: ${String(error)}`),
      );
  }

  #take({ topic: { name: topic }, payload, isRetained, acknowledge }: Delivery): void {
    // What is lost from here on is asked for again.
    acknowledge?.();
    if (topic.startsWith(JOIN_PREFIX)) {
      this.#options.onJoinAsk(topic.split('/').at(-2) ?? '', payload);
      return;
    }
    const [kind = '', ...names] = topic.slice(this.#prefix.length + 1).split('/');
    const from = names.at(-1) ?? '';
    // What was written here comes back, too; only the beat is of use.
    if (payload.length === 0 || (from === this.#options.own() && kind !== 'head')) return;
    const key = this.#keyOf(from);
    if (key === undefined) return;
    const content = payload.subarray(SIGNATURE_BYTES);
    if (!verify(null, signedText(topic, content), key, payload.subarray(0, SIGNATURE_BYTES)))
      this.#options.onRefused(workstationOf(from), 'unsigned');
    else this.#read(kind, from, content, isRetained);
  }

  #read(kind: string, from: string, content: Buffer, isRetained: boolean): void {
    let message: DeskMessage | undefined;
    try {
      message = decode(kind, from, content);
    } catch {
      message = undefined;
    }
    if (message === undefined) this.#options.onRefused(workstationOf(from), 'unreadable');
    else this.#options.onMessage(message, isRetained);
  }

  #keyOf(from: string): KeyObject | undefined {
    const id = workstationOf(from);
    const sender = this.#options.sender(id);
    if (sender === undefined || sender.isRevoked) {
      this.#options.onRefused(id, sender === undefined ? 'stranger' : 'revoked');
      return undefined;
    }
    const known = this.#keys.get(sender.publicKey);
    if (known !== undefined) return known;
    const key = createPublicKey(sender.publicKey);
    this.#keys.set(sender.publicKey, key);
    return key;
  }
}

const signedText = (topic: string, bytes: Buffer): Buffer => Buffer.concat([Buffer.from(`${topic}\n`), bytes]);
