import type { Route } from './TopicRouter.ts';

/** A topic and its route. The same object is returned each time that the topic comes, as long as the table holds it. */
export type Topic = {
  readonly name: string;
  /** Filled in by the router that the topics go to. */ route: Route | undefined;
};

/** A topic by its name alone. */
export const topicOf = (name: string): Topic => ({ name, route: undefined });

const LEAST_SLOTS = 65_536;
/** With twice as many slots as topics, nearly all topics find a free slot in their neighbourhood. */
const SLOTS_A_TOPIC = 2;
/** A topic is stored in one of this many slots, counted from the slot of its hash. */
const NEIGHBOURS = 8;

/** Longer topics are not stored: no device has such a name, and a table full of them would be large. */
const LONGEST_BYTES = 256;

const FNV_START = 0x811c9dc5 | 0;
const FNV_PRIME = 0x01000193;

/** FNV-1a; never 0. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = FNV_START;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), FNV_PRIME);
  // The low bits choose the slot, and the low bits of FNV are its weakest.
  const mixed = hash ^ (hash >>> 15);
  return mixed === 0 ? 1 : mixed;
}

/**
 * Returns whether the bytes spell this name. Always false for text that is not all ASCII, because its characters and
 * bytes do not correspond one to one.
 */
function spell(name: string, bytes: Uint8Array, start: number, end: number): boolean {
  if (name.length !== end - start) return false;
  // The comparison starts at the end, because topics of one kind differ there.
  for (let at = name.length - 1; at >= 0; at--) if (name.charCodeAt(at) !== bytes[start + at]) return false;
  return true;
}

/**
 * Finds topics by their bytes: one look-up per message, without creating a string that would then be looked up in all
 * later tables. The size of the table is fixed, so that a flood of topics that are used only once costs no memory:
 * where the neighbourhood of a topic is full, one of the topics in it is replaced.
 */
export class TopicTable {
  readonly #hashes: Int32Array;
  readonly #topics: (Topic | undefined)[];
  readonly #mask: number;
  #turn = 0;

  /** `expected`: about how many topics are used repeatedly. */
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
    // A topic that is not ASCII would never be found again.
    if (name.length !== length || length > LONGEST_BYTES) return topic;
    const slot = free === -1 ? (hash + (this.#turn++ % NEIGHBOURS)) & this.#mask : free;
    this.#hashes[slot] = hash;
    this.#topics[slot] = topic;
    return topic;
  }
}
