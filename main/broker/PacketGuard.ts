const MOST_LENGTH_BYTES = 4;

/** Follows the packets of an MQTT byte stream by their lengths alone, to know of a large one before it is there. */
export class PacketGuard {
  /** Bytes of the present packet that are still to come. */
  #left = 0;
  /** Bytes of the length that were read; undefined before the first byte of a packet. */
  #lengthBytes: number | undefined;
  #length = 0;

  /** Returns the greatest length of the packets that begin in these bytes; 0 where none does. */
  push(bytes: Uint8Array): number {
    let [at, most] = [0, 0];
    while (at < bytes.length) {
      if (this.#left > 0) {
        const step = Math.min(this.#left, bytes.length - at);
        this.#left -= step;
        at += step;
        continue;
      }
      const byte = bytes[at++] ?? 0;
      if (this.#lengthBytes === undefined) {
        this.#lengthBytes = 0;
        this.#length = 0;
        continue;
      }
      this.#length += (byte & 127) * 128 ** this.#lengthBytes++;
      // A length that goes on for longer is damaged, which the reader of the packet reports.
      if (byte >= 128 && this.#lengthBytes < MOST_LENGTH_BYTES) continue;
      this.#lengthBytes = undefined;
      this.#left = this.#length;
      most = Math.max(most, this.#length);
    }
    return most;
  }
}
