import type { Topic, TopicTable } from './TopicTable.ts';

/**
 * Called with one PUBLISH of QoS 0 or 1. `payload` is a view of the bytes that were pushed. `packetId` is 0 for QoS 0.
 */
export type Publish = (topic: Topic, payload: Buffer, qos: 0 | 1, isRetained: boolean, packetId: number) => void;

const PUBLISH = 3;
const MOST_LENGTH_BYTES = 4;

/**
 * A variable byte integer: its value and where it ends; `end` is -1 where the bytes end before it, or where it is
 * longer than the protocol allows.
 */
type VarInt = { value: number; end: number; isWrong: boolean };

/**
 * Takes PUBLISH packets out of an MQTT byte stream as it comes from the socket, and passes everything else on as whole
 * packets in their order. Packets that it does not understand (topic aliases, QoS 2, damaged packets) are passed on
 * too, so that one place alone judges them: the library.
 */
export class PublishParser {
  readonly #isVersion5: boolean;
  readonly #topics: TopicTable;
  readonly #onPublish: Publish;
  readonly #onOther: (bytes: Buffer) => void;
  readonly #varInt: VarInt = { value: 0, end: 0, isWrong: false };
  /** The beginning of a packet whose end has not arrived yet, in pieces. */
  #pieces: Buffer[] = [];
  #held = 0;
  #needed = 0;

  constructor(protocolVersion: 4 | 5, topics: TopicTable, onPublish: Publish, onOther: (bytes: Buffer) => void) {
    this.#isVersion5 = protocolVersion === 5;
    this.#topics = topics;
    this.#onPublish = onPublish;
    this.#onOther = onOther;
  }

  push(chunk: Buffer): void {
    const bytes = this.#whole(chunk);
    if (bytes === undefined) return;
    let at = 0;
    while (at < bytes.length) {
      const length = this.#readVarInt(bytes, at + 1, bytes.length);
      if (length.isWrong) {
        this.#onOther(bytes.subarray(at));
        return;
      }
      const start = length.end;
      const end = start + length.value;
      if (start === -1 || end > bytes.length) {
        this.#hold(bytes.subarray(at), start === -1 ? bytes.length - at + 1 : end - at);
        return;
      }
      if (!this.#takePublish(bytes, bytes[at] ?? 0, start, end)) this.#onOther(bytes.subarray(at, end));
      at = end;
    }
  }

  /** The chunk joined to the bytes held before it, or undefined while the packet is still incomplete. */
  #whole(chunk: Buffer): Buffer | undefined {
    if (this.#held === 0) return chunk;
    this.#pieces.push(chunk);
    this.#held += chunk.length;
    if (this.#held < this.#needed) return undefined;
    const bytes = Buffer.concat(this.#pieces, this.#held);
    this.#pieces = [];
    this.#held = 0;
    return bytes;
  }

  #hold(bytes: Buffer, needed: number): void {
    this.#pieces = [bytes];
    this.#held = bytes.length;
    this.#needed = needed;
  }

  /** Returns false where the packet is not of a kind that is handled here. */
  #takePublish(bytes: Buffer, head: number, start: number, end: number): boolean {
    const qos = (head >> 1) & 3;
    if (head >> 4 !== PUBLISH || qos > 1 || end - start < 2) return false;
    const topicStart = start + 2;
    const topicEnd = topicStart + bytes.readUInt16BE(start);
    let payloadStart = topicEnd + 2 * qos;
    if (topicEnd === topicStart || payloadStart > end) return false;
    const packetId = qos === 0 ? 0 : bytes.readUInt16BE(topicEnd);
    if (this.#isVersion5) {
      const properties = this.#readVarInt(bytes, payloadStart, end);
      payloadStart = properties.end + properties.value;
      if (properties.end === -1 || payloadStart > end) return false;
    }
    this.#onPublish(
      this.#topics.find(bytes, topicStart, topicEnd),
      bytes.subarray(payloadStart, end),
      qos === 0 ? 0 : 1,
      (head & 1) === 1,
      packetId,
    );
    return true;
  }

  #readVarInt(bytes: Buffer, from: number, end: number): VarInt {
    const into = this.#varInt;
    into.value = 0;
    for (let place = 0; place < MOST_LENGTH_BYTES; place++) {
      const byte = from + place < end ? bytes[from + place] : undefined;
      into.isWrong = false;
      into.end = -1;
      if (byte === undefined) return into;
      into.value += (byte & 127) * 128 ** place;
      into.end = from + place + 1;
      if (byte < 128) return into;
    }
    into.isWrong = true;
    into.end = -1;
    return into;
  }
}
