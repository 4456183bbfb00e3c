import type { Socket } from 'node:net';
import { PacketGuard } from './PacketGuard.ts';

/** The largest packet: more than any feed takes. */
const MOST_PACKET_BYTES = 8_454_144;
/** The largest packet of a client that has not been let in, which is its CONNECT with a last will. */
const MOST_FIRST_BYTES = 65_536;

/**
 * Cuts a connection as soon as a packet says that it is too large, before its content is there. Aedes reads a socket by
 * `read()`, and has no bound of its own.
 *
 * @param isLetIn whether its user is known already
 */
export function boundPackets(socket: Socket, isLetIn: () => boolean, warn: (sentence: string) => void): void {
  const guard = new PacketGuard();
  const read = socket.read.bind(socket);
  socket.read = (size?: number): unknown => {
    const bytes: unknown = read(size);
    if (!Buffer.isBuffer(bytes)) return bytes;
    const length = guard.push(bytes);
    if (length <= (isLetIn() ? MOST_PACKET_BYTES : MOST_FIRST_BYTES)) return bytes;
    warn(`a client at port ${String(socket.remotePort)} was cut off: it sent a packet of ${String(length)} bytes`);
    socket.destroy();
    return null;
  };
}
