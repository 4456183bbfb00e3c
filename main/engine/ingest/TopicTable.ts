import type { Route } from './TopicRouter.ts';

/** A topic, and what was found out from it: the same object each time that it comes, as long as the table has it. */
export type Topic = {
  readonly name: string;
  /** Filled in by the router that the topics go to. */ route: Route | undefined;
};

/** A topic by its name alone. */
export const topicOf = (name: string): Topic => ({ name, route: undefined });

const LEAST_SLOTS = 65_536;
/** Twice as many slots as topics: nearly all find a place among their neighbours. */
const SLOTS_A_TOPIC = 2;
/** How far from where it belongs a topic may stand. */
const NEIGHBOURS = 8;

/** Longer ones are not kept: no device has such a name, and a table full of them would be large. */
const LONGEST_BYTES = 256;

const FNV_START = 0x811c9dc5 | 0;
const FNV_PRIME = 0x01000193;

/** FNV-1a; never 0. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = FNV_START;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), FNV_PRIME);
  // The low bits choose the slot, and those of FNV are its weakest.
  const mixed = hash ^ (hash >>> 15);
  return mixed === 0 ? 1 : mixed;
}

/** Do the bytes spell this name? Only where all of it is ASCII: of other text no letter is the byte at its place. */
function spell(name: string, bytes: Uint8Array, start: number, end: number): boolean {
  if (name.length !== end - start) return false;
  // Topics of one kind differ at their ends.
  for (let at = name.length - 1; at >= 0; at--) if (name.charCodeAt(at) !== bytes[start + at]) return false;
  return true;
}

/**
 * Topics by their bytes: one look-up for a message, without making a string that is then looked up in every table
 * behind. Its size is fixed, so that a flood of topics that never come again costs no memory: where the neighbourhood
 * of a topic is full, one of those that are there goes.
 */
export class TopicTable {
  readonly #hashes: Int32Array;
  readonly #topics: (Topic | undefined)[];
  readonly #mask: number;
  #turn = 0;

  /** `expected`: about how many topics come again and again. */
  constructor(expected: number) {
    const slots = 2 ** Math.ceil(Math.log2(Math.max(LEAST_SLOTS, SLOTS_A_TOPIC * expected)));
    this.#hashes = new Int32Array(slots);
    this.#topics = new Array<Topic | undefined>(slots).fill(undefined);
    this.#mask = slots - 1;
  }

  /** The topic that bytes `start` to `end` spell. */
  find(bytes: Buffer, start: number, end: number): Topic {
    const hash = hashOf(bytes, start, end);
    let free = -1;
    for (let step = 0; step < NEIGHBOURS && free === -1; step++) {
      const slot = (hash + step) & this.#mask;
      const held = this.#hashes[slot];
      if (held === 0) free = slot;
      else if (held === hash) {
        const topic = this.#topics[slot];
        if (topic !== undefined && spell(topic.name, bytes, start, end)) return topic;
      }
    }
    return this.#add(bytes.toString('utf8', start, end), end - start, hash, free);
  }

  #add(name: string, length: number, hash: number, free: number): Topic {
    const topic = topicOf(name);
    // What is not ASCII would never be found again.
    if (name.length !== length || length > LONGEST_BYTES) return topic;
    const slot = free === -1 ? (hash + (this.#turn++ % NEIGHBOURS)) & this.#mask : free;
    this.#hashes[slot] = hash;
    this.#topics[slot] = topic;
    return topic;
  }
}
