import type { LogEntry } from '../../../shared/record/logEntry.ts';

/** The most entries held ahead of a gap; more are dropped and asked for later. */
const MOST_HELD = 5000;

type Requested = { fromSeq: number; toSeq: number; peer: string; atMs: number };

/**
 * Reassembles one sequence on its way here: the entries that came, in any order, and the ranges that were asked for. It
 * hands entries on in order and without gaps.
 */
export class SequenceInbox {
  /** The number of the last entry that is in the log. */
  #head: number;
  /** The number of the last entry that was handed on to be merged. */
  #handedOn: number;
  #held = new Map<number, { entry: LogEntry; from: string | undefined }>();
  #requests: Requested[] = [];

  constructor(head: number) {
    this.#head = head;
    this.#handedOn = head;
  }

  get requests(): readonly Requested[] {
    return this.#requests;
  }

  /** Takes entries that came; duplicates and entries that are far ahead are dropped. */
  hold(entries: readonly LogEntry[], from: string | undefined): void {
    for (const entry of entries)
      if (entry.seq > this.#handedOn && entry.seq <= this.#handedOn + MOST_HELD)
        this.#held.set(entry.seq, { entry, from });
  }

  /** Returns the next entries in order, all from one source; empty while earlier ones are being merged. */
  take(): { entries: LogEntry[]; from: string | undefined } {
    const first = this.#handedOn === this.#head ? this.#held.get(this.#head + 1) : undefined;
    const entries: LogEntry[] = [];
    for (let next = first; next !== undefined && next.from === first?.from; next = this.#held.get(this.#handedOn + 1)) {
      entries.push(next.entry);
      this.#handedOn = next.entry.seq;
      this.#held.delete(next.entry.seq);
    }
    return { entries, from: first?.from };
  }

  /** Notes that the log has the sequence up to this number. */
  advance(head: number): void {
    if (head <= this.#head) return;
    this.#head = head;
    this.#handedOn = Math.max(this.#handedOn, head);
    for (const seq of this.#held.keys()) if (seq <= this.#handedOn) this.#held.delete(seq);
    this.#requests = this.#requests.filter(({ toSeq }) => toSeq > head);
  }

  /** Notes that the entries handed on were refused; nothing after them could be taken. */
  reject(): void {
    this.#handedOn = this.#head;
    this.#held.clear();
    this.#requests = [];
  }

  /** Returns the first range up to `target` that is neither here nor asked for. */
  nextGap(target: number, mostEntries: number): { fromSeq: number; toSeq: number } | undefined {
    let fromSeq = this.#handedOn + 1;
    for (;;) {
      if (fromSeq > target || fromSeq > this.#handedOn + MOST_HELD) return undefined;
      const request = this.#requests.find((each) => each.fromSeq <= fromSeq && fromSeq <= each.toSeq);
      if (request !== undefined) fromSeq = request.toSeq + 1;
      else if (this.#held.has(fromSeq)) fromSeq++;
      else break;
    }
    const starts = this.#requests.map((each) => each.fromSeq).filter((start) => start > fromSeq);
    return { fromSeq, toSeq: Math.min(target, fromSeq + mostEntries - 1, ...starts.map((start) => start - 1)) };
  }

  request(stretch: { fromSeq: number; toSeq: number }, peer: string, atMs: number): void {
    this.#requests.push({ ...stretch, peer, atMs });
  }

  /** Notes that an answer came: whatever it brought, that request is done. */
  answered(peer: string, entries: readonly LogEntry[]): void {
    const first = entries[0]?.seq;
    this.#requests = this.#requests.filter((each) => each.peer !== peer || each.fromSeq !== first);
  }

  /** Forgets requests that were made before `atMs`. */
  expire(atMs: number): void {
    this.#requests = this.#requests.filter((each) => each.atMs >= atMs);
  }
}
