import { hash, textKey } from '../random/hash.ts';
import type { Message } from './message.ts';

export type Mishaps = {
  /** The shares of messages that are sent twice and that are sent late, and the longest delay. */
  twice: number;
  late: number;
  latestS: number;
};

/** The path from the devices to the broker, on which a few messages are delayed and a few are sent twice. */
export class Postbox {
  readonly #seed: number;
  #held: Message[] = [];

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** Returns the copies of the message that are sent now; the rest is kept for `due`. */
  post(message: Message, mishaps: Mishaps): Message[] {
    const dice = hash(this.#seed, textKey(message.topic), Math.floor(message.atMs / 1000), 41) / 4_294_967_296;
    if (dice >= mishaps.twice + mishaps.late) return [message];
    const delayMs = Math.ceil(
      (1 +
        (hash(this.#seed, textKey(message.topic), Math.floor(message.atMs / 1000), 42) / 4_294_967_296) *
          mishaps.latestS) *
        1000,
    );
    this.#held.push({ ...message, atMs: message.atMs + delayMs });
    return dice < mishaps.twice ? [message] : [];
  }

  /** The messages that were held back until now. */
  due(atMs: number): Message[] {
    const due = this.#held.filter((message) => message.atMs <= atMs);
    if (due.length > 0) this.#held = this.#held.filter((message) => message.atMs > atMs);
    return due;
  }
}
