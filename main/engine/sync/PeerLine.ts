import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { z } from 'zod';
import type { CountyMs } from '../../../shared/base/clock.ts';
import { logEntrySchema, workstationOf } from '../../../shared/record/logEntry.ts';
import type { ProtocolChoice } from '../../../shared/wire/ProtocolChoice.ts';
import type { TopicRefusal } from '../../../shared/base/topicRefusal.ts';
import type { Log, MqttCredentials } from '../base/engine.ts';
import { BrokerConnection } from '../ingest/BrokerConnection.ts';
import type { Delivery } from '../ingest/tapPublishes.ts';
import { addressedKinds, deskFilters, deskPrefix, deskTopic, readDeskTopic } from './deskTopics.ts';
import type { TopicForm } from './deskTopics.ts';
import { askSchema, beatSchema, giveSchema, pieceSchema, wantSchema } from './peerMessages.ts';
import type { DeskMessage } from './peerMessages.ts';
import { JOIN_PREFIX } from './joinDesk.ts';
import type { RefusalReason } from './RefusedMessages.ts';
import { takesDots } from './takesDots.ts';
import { TopicProbe } from './TopicProbe.ts';

const JOIN_FILTER = `${JOIN_PREFIX}/+/ask`;
const SIGNATURE_BYTES = 64;
/** The most bytes that a message may have once it is decompressed. */
const MOST_BYTES = 16_000_000;
/** When stopping, the line waits at most this long for the broker. */
const LAST_WORD_MS = 1000;
const LONGEST_RETRY_MS = 2000;

/** A workstation whose messages are read; `revoked` ones are distinguished from unknown ones. */
type Sender = { publicKey: string; isRevoked: boolean };

type DeskLineOptions = {
  url: string;
  credentials: MqttCredentials;
  protocol: ProtocolChoice;
  clientId: string;
  deskId: string;
  workstationId: string;
  /** PEM. */
  privateKey: string;
  /** The sequence that is written here now. */
  own: () => string;
  sender: (workstationId: string) => Sender | undefined;
  /** Returns the ids of the other workstations that belong to the desk. */
  others: () => string[];
  onMessage: (message: DeskMessage, isRetained: boolean) => void;
  /** Called with each request to join, as it came. */
  onJoinAsk: (topic: string, payload: Buffer) => void;
  onRefused: (from: string, reason: RefusalReason) => void;
  /** Called with each sequence of a revoked workstation that is heard: it may not know that it was revoked. */
  onRevokedHeard: (sequence: string) => void;
  /** Called with each topic that the broker begins to refuse. */
  onRefusal: (refusal: TopicRefusal) => void;
  onConnected: () => void;
  onLost: () => void;
  nowMs: () => CountyMs;
  log: Log;
};

const eventsSchema = z.array(logEntrySchema).max(1000);

const isCompressed = (kind: string): boolean => kind === 'give' || kind === 'piece';

/**
 * Checks the shape of a message, and that it names the same sender as its topic. Returns undefined where it does not.
 */
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
 * The desk's connection to the broker, separate from that of the county's streams so that neither waits for the other.
 * Every message is signed by its workstation together with its topic; a message that is not from a member is refused
 * before it is read. Nothing is kept for absent workstations: they ask for what they missed. The topics are in
 * `deskTopics.ts`.
 *
 * Earlier versions of Beacon know the dotted topics alone. While a workstation of the desk has not been heard under a
 * plain topic, messages for it are published under dotted topics, too, if the broker takes them.
 */
export class PeerLine {
  readonly #options: DeskLineOptions;
  readonly #prefix: string;
  readonly #key: KeyObject;
  readonly #connection: BrokerConnection;
  readonly #keys = new Map<string, KeyObject>();
  readonly #probe: TopicProbe;
  /** Ids of workstations that read plain topics, because they write them. */
  readonly #plain = new Set<string>();
  #dots: 'unknown' | 'asked' | 'taken' | 'refused' = 'unknown';
  #isConnected = false;
  #lastSent: Promise<unknown> = Promise.resolve();

  constructor(options: DeskLineOptions) {
    const { url, credentials, protocol, clientId, workstationId, nowMs, log } = options;
    this.#options = options;
    this.#prefix = deskPrefix(options.deskId);
    this.#key = createPrivateKey(options.privateKey);
    const filters = deskFilters(this.#prefix, workstationId);
    const say: Log = (level, message) => log(level, `The line of the shared desk: ${message}`);
    this.#connection = new BrokerConnection({
      url,
      credentials,
      protocol,
      clientId,
      nowMs,
      log: say,
      isTransient: true,
      longestRetryMs: LONGEST_RETRY_MS,
      onRefusal: options.onRefusal,
      subscriptions: [...filters, JOIN_FILTER].map((filter) => ({ filter, qos: 1 })),
    });
    this.#probe = new TopicProbe({ publish: (topic) => this.#publishProbe(topic), onRefusal: options.onRefusal });
    this.#connection.onDelivery = (delivery) => this.#take(delivery);
    this.#connection.onSubscribed = () => this.#subscribed(filters);
    this.#connection.onLost = () => this.#lost();
  }

  /** Returns the topics that the broker does not let this workstation use. */
  refusedTopics(): TopicRefusal[] {
    return [...this.#connection.refused(), ...this.#probe.refused()];
  }

  get isConnected(): boolean {
    return this.#isConnected;
  }

  start(): void {
    this.#connection.start();
  }

  /** Closes the line; resolves when the last message has arrived, or after a short wait. */
  async stop(): Promise<void> {
    const patience = Promise.withResolvers<undefined>();
    const timer = setTimeout(() => patience.resolve(undefined), LAST_WORD_MS);
    this.#probe.end();
    await Promise.race([this.#lastSent, patience.promise]);
    clearTimeout(timer);
    await this.#connection.stop();
  }

  /** Replaces a connection that stands although the broker shows nothing on it any more. */
  hangUp(): void {
    this.#connection.hangUp();
  }

  /** Sends a message. Without a connection nothing is sent, and nothing is kept to be sent later. */
  send(message: DeskMessage): void {
    switch (message.kind) {
      case 'beat':
        this.#probe.await(this.#ownHead(), this.#filterOf('head'));
        this.#publish('head', undefined, message.beat, true);
        return;
      case 'events':
        this.#publish('events', undefined, message.entries);
        return;
      case 'ask':
        this.#publish('ask', message.ask.to, message.ask);
        return;
      case 'give':
        this.#publish('give', message.give.to, message.give);
        return;
      case 'want':
        this.#publish('want', message.want.to, message.want);
        return;
      case 'piece':
        this.#publish('piece', message.piece.to, message.piece);
        return;
      default:
        message satisfies never;
    }
  }

  /** Deletes the retained beat of a sequence that is no longer written. */
  clearHead(sequence: string): void {
    const forms: TopicForm[] = this.#dots === 'taken' ? ['plain', 'dotted'] : ['plain'];
    for (const form of forms)
      this.#sendBytes(deskTopic(this.#prefix, { kind: 'head', from: sequence, form }), Buffer.alloc(0), true);
  }

  answerJoin(topic: string, answer: object): void {
    this.#sendBytes(`${JOIN_PREFIX}/${topic}/answer`, Buffer.from(JSON.stringify(answer)), false);
  }

  #subscribed(filters: readonly string[]): void {
    const refused = new Set(this.#connection.refused().map(({ topic }) => topic));
    // Without one of these filters the desk would seem to be shared and would not be.
    if (this.#isConnected || filters.some((filter) => refused.has(filter))) return;
    this.#isConnected = true;
    // A trial of dotted topics may have failed only because the connection broke.
    if (this.#dots === 'refused') this.#dots = 'unknown';
    this.#options.onConnected();
    this.#probe.begin([
      ...['events', ...addressedKinds].map((kind) => ({ filter: this.#filterOf(kind), topic: this.#probeTopic(kind) })),
      { filter: JOIN_FILTER, topic: this.#joinProbeTopic() },
    ]);
  }

  #lost(): void {
    this.#probe.end();
    if (!this.#isConnected) return;
    this.#isConnected = false;
    this.#options.onLost();
  }

  #publish(kind: string, to: string | undefined, content: object, isRetained = false): void {
    const plain = Buffer.from(JSON.stringify(content));
    const bytes = isCompressed(kind) ? zstdCompressSync(plain) : plain;
    const from = this.#options.own();
    for (const form of this.#formsFor(to)) {
      const topic = deskTopic(this.#prefix, { kind, from, form, ...(to !== undefined && { to }) });
      this.#sendBytes(topic, Buffer.concat([sign(null, signedText(topic, bytes), this.#key), bytes]), isRetained);
    }
  }

  /** Chooses the topic forms for a message to one workstation, or to all. */
  #formsFor(to: string | undefined): TopicForm[] {
    const readers = to === undefined ? this.#options.others() : [workstationOf(to)];
    if (readers.every((id) => this.#plain.has(id))) return ['plain'];
    if (this.#dots === 'unknown') void this.#askForDots();
    return this.#dots === 'taken' ? ['plain', 'dotted'] : ['plain'];
  }

  async #askForDots(): Promise<void> {
    if (!this.#isConnected) return;
    this.#dots = 'asked';
    const { url, credentials, protocol, nowMs } = this.#options;
    const isTaken = await takesDots({ url, credentials, protocol, prefix: this.#prefix, nowMs });
    this.#dots = isTaken === undefined ? 'unknown' : isTaken ? 'taken' : 'refused';
  }

  #ownHead(): string {
    return deskTopic(this.#prefix, { kind: 'head', from: this.#options.own() });
  }

  #probeTopic(kind: string): string {
    const own = this.#options.own();
    return deskTopic(this.#prefix, { kind, from: own, ...(kind !== 'events' && { to: own }) });
  }

  #joinProbeTopic(): string {
    return `${JOIN_PREFIX}/rights-${this.#options.workstationId}/ask`;
  }

  #filterOf(kind: string): string {
    const isOpen = kind === 'head' || kind === 'events';
    return `${this.#prefix}/${kind}/${isOpen ? '' : `${this.#options.workstationId}/`}+/+`;
  }

  /** Publishes an empty list of entries, which changes nothing for a workstation that reads it. */
  async #publishProbe(topic: string): Promise<boolean> {
    const bytes = Buffer.from('[]');
    const signed = Buffer.concat([sign(null, signedText(topic, bytes), this.#key), bytes]);
    return this.#connection.publish(topic, topic.startsWith(JOIN_PREFIX) ? bytes : signed, 1).then(
      () => true,
      () => false,
    );
  }

  #sendBytes(topic: string, bytes: Buffer, isRetained: boolean): void {
    if (!this.#isConnected) return;
    // Messages that are lost with a broken connection are asked for again.
    this.#lastSent = this.#connection
      .publish(topic, bytes, 1, isRetained)
      .catch(
        (error: unknown) =>
          this.#isConnected && this.#options.log('warn', `A message of the desk was not sent: ${String(error)}`),
      );
  }

  #take({ topic: { name: topic }, payload, isRetained, acknowledge }: Delivery): void {
    // Messages that are lost from here on are asked for again.
    acknowledge?.();
    this.#probe.shown(topic);
    if (topic.startsWith(JOIN_PREFIX)) {
      if (topic !== this.#joinProbeTopic()) this.#options.onJoinAsk(topic.split('/').at(-2) ?? '', payload);
      return;
    }
    const { kind, from, form } = readDeskTopic(this.#prefix, topic);
    if (form === 'dotted') this.#dots = 'taken';
    // Messages that were written here come back, too; only the beat is of use.
    if (payload.length === 0 || (from === this.#options.own() && kind !== 'head')) return;
    const key = this.#keyOf(from);
    if (key === undefined) return;
    const content = payload.subarray(SIGNATURE_BYTES);
    if (!verify(null, signedText(topic, content), key, payload.subarray(0, SIGNATURE_BYTES)))
      this.#options.onRefused(workstationOf(from), 'unsigned');
    else this.#read({ kind, from, form }, content, isRetained);
  }

  #read({ kind, from, form }: ReturnType<typeof readDeskTopic>, content: Buffer, isRetained: boolean): void {
    let message: DeskMessage | undefined;
    try {
      message = decode(kind, from, content);
    } catch {
      message = undefined;
    }
    if (message === undefined) {
      this.#options.onRefused(workstationOf(from), 'unreadable');
      return;
    }
    if (message.kind === 'beat') {
      // A copy for earlier versions says nothing new.
      if (form === 'dotted' && message.beat.heard !== undefined) return;
      if (form === 'plain') this.#plain.add(workstationOf(from));
      else if (!isRetained) this.#plain.delete(workstationOf(from));
    }
    this.#options.onMessage(message, isRetained);
  }

  #keyOf(from: string): KeyObject | undefined {
    const id = workstationOf(from);
    const sender = this.#options.sender(id);
    if (sender === undefined || sender.isRevoked) {
      this.#options.onRefused(id, sender === undefined ? 'stranger' : 'revoked');
      if (sender !== undefined) this.#options.onRevokedHeard(from);
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
