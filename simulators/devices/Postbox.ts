import { hash, textKey } from '../random/hash.ts';
import type { Message } from './message.ts';

export type Mishaps = {
  /** Share of messages that come twice, and that come late, with the longest delay. */
  twice: number;
  late: number;
  latestS: number;
};

/** The way from the devices to the broker, where a few messages dawdle and a few are sent twice. */
export class Postbox {
  readonly #seed: number;
  #held: Message[] = [];

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** What of the message goes out now; the rest is kept for `due`. */
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

  /** What was held back until now. */
  due(atMs: number): Message[] {
    const due = this.#held.filter((message) => message.atMs <= atMs);
    if (due.length > 0) this.#held = this.#held.filter((message) => message.atMs > atMs);
    return due;
  }
}
