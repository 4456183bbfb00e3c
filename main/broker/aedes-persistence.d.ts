declare module 'aedes-persistence/asyncPersistence.js' {
  import type { Readable } from 'node:stream';
  import type { Subscription } from 'aedes';
  import type { AedesPacket } from 'aedes-packet';

  type Owner = { id: string };

  /** The part of the packet store in memory that is used; it needs only the name of a client. */
  export default class MemoryPersistence {
    setup(broker: object): Promise<void>;
    storeRetained(packet: AedesPacket): Promise<void>;
    addSubscriptions(owner: Owner, subscriptions: Subscription[]): Promise<void>;
    removeSubscriptions(owner: Owner, topics: string[]): Promise<void>;
    subscriptionsByClient(owner: Owner): Promise<{ topic: string }[]>;
    subscriptionsByTopic(topic: string): Promise<{ clientId: string }[]>;
    cleanSubscriptions(owner: Owner): Promise<void>;
    outgoingEnqueue(subscription: { clientId: string }, packet: AedesPacket): Promise<void>;
    outgoingEnqueueCombi(subscriptions: { clientId: string }[], packet: AedesPacket): Promise<void>;
    outgoingUpdate(owner: Owner, packet: AedesPacket): Promise<void>;
    outgoingClearMessageId(owner: Owner, packet: AedesPacket): Promise<AedesPacket | undefined>;
    outgoingStream(owner: Owner): Readable;
    putWill(owner: Owner, packet: AedesPacket): Promise<void>;
    delWill(owner: Owner): Promise<AedesPacket | undefined>;
  }
}
