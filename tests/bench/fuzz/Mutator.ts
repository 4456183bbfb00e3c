/** Numbers and texts at which decoders tend to fail. */
const oddities = [
  '-1',
  '0',
  '1e308',
  '-0',
  '9007199254740993',
  '1e999',
  'null',
  '""',
  '[]',
  '{}',
  'true',
  '"\\u0000"',
  '"NaN"',
  '4294967296',
  '1e-320',
  '{"__proto__":{}}',
];
const NUMBER = /-?\d+(\.\d+)?/g;
const MOST_BYTES = 4096;

/** Makes invalid messages from valid ones, by a seeded generator of numbers in 0..1. */
export class Mutator {
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  pick<T>(list: readonly T[]): T {
    const found = list[this.below(list.length)];
    if (found === undefined) throw new RangeError('Nothing to pick from.');
    return found;
  }

  bytes(most: number): Buffer {
    return Buffer.from(Array.from({ length: this.below(most + 1) }, () => this.below(256)));
  }

  /**
   * Makes one to four changes to a message; now and then it leaves it as it is, or returns random bytes. `other` is a
   * message from which parts may be spliced in.
   */
  mutate(message: Buffer, other: Buffer): Buffer {
    const dice = this.#random();
    if (dice < 0.05) return message;
    if (dice < 0.1) return this.bytes(200);
    let bytes = message;
    for (let change = this.below(4); change >= 0; change--) bytes = this.#change(bytes, other);
    return bytes.length > MOST_BYTES * 16 ? bytes.subarray(0, MOST_BYTES * 16) : bytes;
  }

  #change(bytes: Buffer, other: Buffer): Buffer {
    const at = this.below(bytes.length + 1);
    switch (this.below(7)) {
      case 0: {
        const copy = Buffer.from(bytes);
        if (at < copy.length) copy[at] = (copy[at] ?? 0) ^ (1 << this.below(8));
        return copy;
      }
      case 1:
        return bytes.subarray(0, at);
      case 2:
        return Buffer.concat([bytes.subarray(0, at), this.bytes(8), bytes.subarray(at)]);
      case 3:
        return Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.min(bytes.length, at + 1 + this.below(8)))]);
      case 4:
        return Buffer.concat([bytes.subarray(0, at), other.subarray(this.below(other.length + 1))]);
      case 5:
        return Buffer.concat([bytes.subarray(0, at), bytes.subarray(this.below(at + 1), at), bytes.subarray(at)]);
      default:
        return this.#oddNumber(bytes);
    }
  }

  /** Puts another value in place of a number. */
  #oddNumber(bytes: Buffer): Buffer {
    const text = bytes.toString('latin1');
    const numbers = [...text.matchAll(NUMBER)];
    if (numbers.length === 0) return bytes;
    const { 0: number, index } = this.pick(numbers);
    return Buffer.from(text.slice(0, index) + this.pick(oddities) + text.slice(index + number.length), 'latin1');
  }
}
