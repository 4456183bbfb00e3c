import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { startMosquitto } from './startMosquitto.ts';

/** Where the version stands in a CONNECT: after the fixed header, its length, and the name `MQTT` with its length. */
function levelOf(packet: Buffer): number {
  const lengthBytes = packet.subarray(1).findIndex((byte) => byte < 0x80) + 1;
  return packet[1 + lengthBytes + 6] ?? 0;
}

/**
 * A real Mosquitto behind a port that closes the connection on a CONNECT of a version that is not in `levels`, without
 * an answer, as RabbitMQ before 3.13 does with MQTT 5. `levels` may be changed while it runs.
 */
export async function startStubbornBroker(levels: ReadonlySet<number>): Promise<{
  url: string;
  /** The address of the broker itself, which knows all versions. */
  openUrl: string;
  /** The versions in which clients tried to connect, in their order. */
  tried: number[];
  /** Ends all connections. */
  hangUp: () => void;
  dispose: () => Promise<void>;
}> {
  const mosquitto = await startMosquitto();
  const tried: number[] = [];
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  };
  const server = createServer((socket) => {
    keep(socket).once('data', (first) => {
      const level = levelOf(first);
      // A client that only looks whether the port speaks TLS is none of MQTT.
      if (first[0] === 0x10) tried.push(level);
      if (!levels.has(level)) {
        socket.end();
        return;
      }
      const broker = keep(connect(mosquitto.port, '127.0.0.1'));
      broker.write(first);
      broker.pipe(socket).pipe(broker);
      socket.once('close', () => broker.destroy());
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const hangUp = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `mqtt://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    openUrl: mosquitto.url,
    tried,
    hangUp,
    async dispose() {
      hangUp();
      server.close();
      await mosquitto.dispose();
    },
  };
}
