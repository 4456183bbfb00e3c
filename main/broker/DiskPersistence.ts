import { Readable } from 'node:stream';
import type { AedesPublishPacket, PublishPacket, Subscription } from 'aedes';
import type { AedesPacket } from 'aedes-packet';
import MemoryPersistence from 'aedes-persistence/asyncPersistence.js';
import { Journal } from './Journal.ts';
import type { Level } from './Journal.ts';
import { OutgoingQueue } from './OutgoingQueue.ts';
import { decodePacket, encodePacket } from './packetBytes.ts';

type Owner = { id: string };
/** The part of Aedes that numbers its messages. */
type Numbering = { id: string; counter: number };
type Ref = { clientId: string };

const DIGITS = 16;
const client = (id: string): string => encodeURIComponent(id);
const range = (prefix: string): { gte: string; lt: string } => ({ gte: `${prefix}:`, lt: `${prefix};` });
const subscriptionKey = (id: string, topic: string): string => `subscription:${client(id)}:${topic}`;
const willKey = (id: string): string => `will:${client(id)}`;

/**
 * What the broker keeps across a restart: retained messages, subscriptions, wills, and messages that wait for a
 * client's acknowledgement. All of it is in memory too, so nothing is read from the disk while messages pass; a
 * publisher gets its acknowledgement when the message is in the store.
 *
 * The ready-made persistence on LevelDB cannot be used: its writes end in any order, and Aedes takes a message that
 * comes after a later one for a duplicate and withholds it. The half-done QoS 2 handshakes of publishers are kept in
 * memory only.
 */
export class DiskPersistence extends MemoryPersistence {
  readonly #level: Level;
  readonly #journal: Journal;
  readonly #warn: (sentence: string) => void;
  readonly #queues = new Map<string, OutgoingQueue>();
  readonly #orphanedWills: AedesPublishPacket[] = [];
  #numbering: Numbering = { id: '', counter: 0 };
  #sequence = 0;

  constructor(level: Level, warn: (sentence: string) => void) {
    super();
    this.#level = level;
    this.#journal = new Journal(level);
    this.#warn = warn;
  }

  override async setup(broker: Numbering): Promise<void> {
    this.#numbering = broker;
    await super.setup(broker);
    for await (const [key, bytes] of this.#level.iterator(range('retained')))
      await this.#restore(key, bytes, (packet) => super.storeRetained(packet));
    for await (const [key, bytes] of this.#level.iterator(range('will')))
      await this.#restore(key, bytes, (packet) => void this.#orphanedWills.push(packet as AedesPublishPacket));
    for await (const bytes of this.#level.values(range('subscription'))) {
      const subscription = JSON.parse(bytes.toString('utf8')) as Subscription & Ref;
      await super.addSubscriptions({ id: subscription.clientId }, [subscription]);
    }
    for await (const [key, bytes] of this.#level.iterator(range('queue')))
      await this.#restore(key, bytes, (packet) => this.#requeue(key, packet));
  }

  /** Returns the wills of clients that were connected when the broker died; each is to be published once. */
  async takeOrphanedWills(): Promise<AedesPublishPacket[]> {
    const wills = this.#orphanedWills.splice(0);
    await this.#level.clear(range('will'));
    return wills;
  }

  /**
   * Stores a QoS 1 message for all its receivers before its publisher gets the acknowledgement; Aedes by itself
   * acknowledges first and stores then. The message gets its number here, by which the later steps know that it is
   * stored.
   */
  async storeAhead(
    packet: PublishPacket & Partial<Pick<AedesPublishPacket, 'brokerId' | 'brokerCounter'>>,
  ): Promise<void> {
    this.#numbering.counter += 1;
    const { topic, payload, qos, retain } = packet;
    const number = { brokerId: this.#numbering.id, brokerCounter: this.#numbering.counter };
    Object.assign(packet, number);
    const stored: AedesPublishPacket = { cmd: 'publish', ...number, topic, payload, qos, retain, dup: false };
    const subscriptions = await this.subscriptionsByTopic(topic);
    await Promise.all([this.outgoingEnqueueCombi(subscriptions, stored), retain && this.storeRetained(stored)]);
  }

  override async storeRetained(packet: AedesPacket): Promise<void> {
    const { topic, payload } = packet as AedesPublishPacket;
    await super.storeRetained(packet);
    // An empty retained message deletes the one before it.
    await (payload.length > 0
      ? this.#journal.put(`retained:${topic}`, encodePacket(packet))
      : this.#journal.delete(`retained:${topic}`));
  }

  override async addSubscriptions(owner: Owner, subscriptions: Subscription[]): Promise<void> {
    await super.addSubscriptions(owner, subscriptions);
    await this.#journal.write(
      ...subscriptions.map(
        (subscription) =>
          ({
            type: 'put',
            key: subscriptionKey(owner.id, subscription.topic),
            value: Buffer.from(JSON.stringify({ ...subscription, clientId: owner.id })),
          }) as const,
      ),
    );
  }

  override async removeSubscriptions(owner: Owner, topics: string[]): Promise<void> {
    await super.removeSubscriptions(owner, topics);
    await this.#journal.write(
      ...topics.map((topic) => ({ type: 'del', key: subscriptionKey(owner.id, topic) }) as const),
    );
  }

  /** Forgets the subscriptions of a client that wants no session any more. */
  override async cleanSubscriptions(owner: Owner): Promise<void> {
    const topics = (await super.subscriptionsByClient(owner)).map(({ topic }) => topic);
    await super.cleanSubscriptions(owner);
    const waiting = this.#queues.get(owner.id)?.all() ?? [];
    this.#queues.delete(owner.id);
    const keys = [
      ...topics.map((topic) => subscriptionKey(owner.id, topic)),
      ...waiting.map(({ storeKey }) => storeKey),
    ];
    if (keys.length > 0) await this.#journal.write(...keys.map((key) => ({ type: 'del', key }) as const));
  }

  override async outgoingEnqueue(subscription: Ref, packet: AedesPacket): Promise<void> {
    await this.outgoingEnqueueCombi([subscription], packet);
  }

  override async outgoingEnqueueCombi(subscriptions: Ref[], packet: AedesPacket): Promise<void> {
    // Overlapping subscriptions of one client queue the message once, and what was stored ahead is there already.
    const owners = [...new Set(subscriptions.map(({ clientId }) => clientId))].filter(
      (id) => this.#queues.get(id)?.has(packet) !== true,
    );
    if (owners.length === 0) return;
    const bytes = encodePacket(packet);
    await this.#journal.write(
      ...owners.map((id) => ({ type: 'put', key: this.#queue(id, packet), value: bytes }) as const),
    );
  }

  override outgoingUpdate(owner: Owner, packet: AedesPacket): Promise<void> {
    const waiting = this.#queues.get(owner.id)?.update(packet);
    if (waiting === undefined) return Promise.reject(new Error('no such packet'));
    // The identifier of a QoS 1 message is assigned again after a restart; a handshake of QoS 2 has to be remembered.
    const isHandshake = packet.cmd === 'pubrel' || (packet.cmd === 'publish' && packet.qos === 2);
    return isHandshake ? this.#journal.put(waiting.storeKey, encodePacket(waiting.packet)) : Promise.resolve();
  }

  /** If a crash loses this deletion, that costs one more delivery, so nobody waits for it. */
  override outgoingClearMessageId(owner: Owner, packet: AedesPacket): Promise<AedesPacket | undefined> {
    const taken = this.#queues.get(owner.id)?.take(packet.messageId);
    if (taken !== undefined) this.#drop(taken.storeKey);
    return Promise.resolve(taken?.packet);
  }

  override outgoingStream(owner: Owner): Readable {
    return Readable.from((this.#queues.get(owner.id)?.all() ?? []).map(({ packet }) => packet));
  }

  override async putWill(owner: Owner, packet: AedesPacket): Promise<void> {
    await super.putWill(owner, packet);
    await this.#journal.put(willKey(owner.id), encodePacket(packet));
  }

  override async delWill(owner: Owner): Promise<AedesPacket | undefined> {
    const will = await super.delWill(owner);
    if (will !== undefined) await this.#journal.delete(willKey(owner.id));
    return will;
  }

  /** Puts a copy into the client's queue and returns the key under which it is to be stored. */
  #queue(id: string, packet: AedesPacket): string {
    this.#sequence += 1;
    const key = `queue:${client(id)}:${String(this.#sequence).padStart(DIGITS, '0')}`;
    this.#add(id, { ...packet }, key);
    return key;
  }

  #add(id: string, packet: AedesPacket, key: string): void {
    let queue = this.#queues.get(id);
    if (queue === undefined) this.#queues.set(id, (queue = new OutgoingQueue()));
    const dropped = queue.add(packet, key);
    for (const { storeKey } of dropped) this.#drop(storeKey);
    if (dropped.length > 0)
      this.#warn(
        `The client ${id} is too far behind: its ${String(dropped.length)} oldest waiting messages were dropped.`,
      );
  }

  #drop(key: string): void {
    this.#journal
      .delete(key)
      .catch((error: unknown) => this.#warn(`The broker's store cannot be written: ${String(error)}`));
  }

  async #restore(key: string, bytes: Buffer, use: (packet: AedesPacket) => Promise<void> | void): Promise<void> {
    const packet = decodePacket(bytes);
    if (packet !== undefined) await use(packet);
    else this.#warn(`An unreadable message was left out of the broker's store: ${key}.`);
  }

  #requeue(key: string, packet: AedesPacket): void {
    const [, id = '', sequence = '0'] = key.split(':');
    this.#sequence = Math.max(this.#sequence, Number(sequence));
    this.#add(decodeURIComponent(id), packet, key);
  }
}
