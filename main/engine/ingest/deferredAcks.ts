import type { IPublishPacket, MqttClient, Packet } from 'mqtt';

type SendPacket = (packet: Packet, callback?: (error?: Error) => void, ...rest: unknown[]) => void;
type Internals = { _sendPacket: SendPacket };

/** Acknowledges one QoS 1 message; after a reconnection, or a second time, it does nothing. */
export type Acknowledge = () => void;

/**
 * MQTT.js sends the PUBACK when its message handler returns and handles packets one after another, so waiting there for a commit would
 * allow a few dozen messages a second. Here the PUBACK is held back while the client goes on reading, and is sent on request, in
 * the order of arrival. Packet ids are used again after a reconnection, so acknowledgements of an earlier connection are dropped.
 *
 * Rests on MQTT.js's private `_sendPacket`: the one place that does, held by a contract test.
 */
export function deferAcks(client: MqttClient): (packet: IPublishPacket) => Acknowledge {
  const internals = client as unknown as Internals;
  const send = internals._sendPacket;
  if (typeof send !== 'function') throw new TypeError('this version of MQTT.js has no _sendPacket: acknowledgements cannot be deferred');
  const held: { messageId: number; isReady: boolean }[] = [];
  let generation = 0;

  internals._sendPacket = function deferringSend(packet, callback, ...rest) {
    if (packet.cmd !== 'puback') return send.call(client, packet, callback, ...rest);
    callback?.();
  };
  client.on('close', () => {
    generation++;
    held.length = 0;
  });

  const flush = (): void => {
    while (held[0]?.isReady === true && client.connected) {
      const entry = held.shift();
      if (entry !== undefined) send.call(client, { cmd: 'puback', messageId: entry.messageId, reasonCode: 0 });
    }
  };
  return (packet) => {
    const entry = { messageId: packet.messageId ?? 0, isReady: false };
    const born = generation;
    held.push(entry);
    return () => {
      if (born !== generation || entry.isReady) return;
      entry.isReady = true;
      flush();
    };
  };
}
