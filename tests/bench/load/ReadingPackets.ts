const PREFIX = 'beacon/v1/meter/';
const PUBLISH = 0x30;
const AT = '{"at":';
const AT_DIGITS = 13;
const REGISTER_DIGITS = 9;

/** Writes the last `digits` digits of a whole number. */
function writeDigits(bytes: Uint8Array, at: number, digits: number, value: number): void {
  for (let place = at + digits - 1, rest = value; place >= at; place--) {
    bytes[place] = 48 + (rest % 10);
    rest = Math.floor(rest / 10);
  }
}

/**
 * PUBLISH packets of electricity readings (`{"at":…,"registerKwh":…,"voltageV":…}`), one per meter, encoded once into
 * one buffer. Afterwards only time, register and packet id are overwritten, so that the publisher leaves the machine to
 * what is measured.
 */
export class ReadingPackets {
  readonly bytes: Buffer;
  readonly #starts: Uint32Array;
  readonly #offsetOfId: Uint32Array;
  readonly #qos: 0 | 1;
  #pass = 0;
  #lastId = 0;

  constructor(meterIds: readonly string[], qos: 0 | 1) {
    this.#qos = qos;
    const starts: number[] = [];
    const ids: number[] = [];
    const parts: Buffer[] = [];
    let length = 0;
    for (const [place, meterId] of meterIds.entries()) {
      const topic = Buffer.from(PREFIX + meterId);
      const payload = Buffer.from(
        `${AT}${'0'.repeat(AT_DIGITS)},"registerKwh":1${'0'.repeat(REGISTER_DIGITS - 4)}.000,"voltageV":${(228 + (place % 40) / 10).toFixed(1)}}`,
      );
      const rest = 2 + topic.length + 2 * qos + payload.length;
      if (rest > 127) throw new RangeError(`${meterId} is too long for a packet of one length byte`);
      const packet = Buffer.concat([
        Buffer.from([PUBLISH | (qos << 1), rest, 0, topic.length]),
        topic,
        Buffer.alloc(2 * qos),
        payload,
      ]);
      starts.push(length);
      ids.push(4 + topic.length);
      parts.push(packet);
      length += packet.length;
    }
    this.bytes = Buffer.concat(parts);
    this.#starts = Uint32Array.from([...starts, length]);
    this.#offsetOfId = Uint32Array.from(ids);
  }

  get count(): number {
    return this.#offsetOfId.length;
  }

  /**
   * Updates and returns the packets of the meters `from` to `to`; they must be sent before they are requested again.
   */
  take(from: number, to: number, atMs: number): Buffer {
    if (from === 0) this.#pass++;
    for (let place = from; place < to; place++) this.#renew(place, atMs);
    return this.bytes.subarray(this.#starts[from], this.#starts[to]);
  }

  #renew(place: number, atMs: number): void {
    const id = (this.#starts[place] ?? 0) + (this.#offsetOfId[place] ?? 0);
    if (this.#qos === 1) {
      this.#lastId = (this.#lastId % 65_535) + 1;
      this.bytes.writeUInt16BE(this.#lastId, id);
    }
    const at = id + 2 * this.#qos + AT.length;
    writeDigits(this.bytes, at, AT_DIGITS, atMs);
    // The register is 10000.000 kWh and grows by a watt-hour per pass: `,"registerKwh":1` is 16 long, then four digits,
    // a point, three digits.
    const register = at + AT_DIGITS + 16;
    writeDigits(this.bytes, register + 6, 3, this.#pass % 1000);
    writeDigits(this.bytes, register, 5, Math.floor(this.#pass / 1000));
  }
}
