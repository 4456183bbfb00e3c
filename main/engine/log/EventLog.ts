import type { Person } from '../../../shared/people/person.ts';
import type { Head, LogEntry } from '../../../shared/record/logEntry.ts';
import type { RecordEvent } from '../../../shared/record/recordEvent.ts';
import { RequestError } from '../base/RequestError.ts';
import type { Merged, RecordStore } from '../store/store.ts';
import { CausalOrder } from './CausalOrder.ts';
import { EntryJudge } from './EntryJudge.ts';

/**
 * Takes entries that are new here, none before what its author had seen; one that is older by its time may still follow
 * a newer one.
 */
export type LogListener = (entries: readonly LogEntry[]) => void;

const ENTRIES_A_PAGE = 2000;

/**
 * The log of the room in the engine: what people do is written here first, and everything that the room knows
 * (incidents, acknowledgements, accounts, shifts) is made of what comes out. Listeners hear of an entry when it is
 * durable, whoever wrote it and at whichever workstation, if its author might write it.
 */
export class EventLog {
  readonly #record: RecordStore;
  readonly #nowMs: () => number;
  readonly #listeners = new Set<LogListener>();
  readonly #order = new CausalOrder();
  /** Judges whose author might write what he wrote. */
  readonly judge = new EntryJudge();
  /** Told of all that is stored, as it comes, whether it counts or not: for those who hand it on. */
  onStored: LogListener = () => undefined;
  /** Told of what does not count, as its author might not write it. */
  onVoid: LogListener = () => undefined;
  #mayWrite: Promise<unknown> | undefined;
  #isHeld = false;

  constructor(record: RecordStore, nowMs: () => number) {
    this.#record = record;
    this.#nowMs = nowMs;
  }

  /** Tells the listeners all that was ever written. Meant to be called once, when they are in place. */
  async load(): Promise<void> {
    for (let from = 0; ;) {
      const { entries, next } = await this.#record.entries(from, ENTRIES_A_PAGE);
      if (entries.length > 0) this.#take(entries);
      if (entries.length < ENTRIES_A_PAGE) return;
      from = next;
    }
  }

  /** Returns what ends it. */
  onEntries(listener: LogListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Writes down what a person did. Durable, and known to all listeners, when it resolves; rejects with a RequestError
   * where it cannot be written, or where the person lost the right to it before it was.
   */
  async perform(author: Person, event: RecordEvent): Promise<LogEntry> {
    await this.#mayWrite;
    // Nobody here can have seen what waits for its past.
    const entry = await this.#record
      .append(this.#nowMs(), author, event, this.#order.reached())
      .catch((error: unknown) => {
        throw new RequestError(
          'unavailable',
          `Nothing was done, because the record cannot be written: ${error instanceof Error ? error.message : String(error)}`,
        );
      });
    if (!this.#pass(entry))
      throw new RequestError('refused', `Nothing was done: ${author.name} may not do this any more.`);
    return entry;
  }

  /** Takes what other workstations wrote. `keys`: public keys (PEM) by workstation. */
  async merge(entries: readonly LogEntry[], keys: Readonly<Record<string, string>>): Promise<Merged> {
    const merged = await this.#record.merge(entries, keys);
    if (merged.accepted.length > 0) this.#take(merged.accepted);
    return merged;
  }

  /**
   * What is performed waits for this: a workstation that starts looks first whether its own sequence goes further
   * elsewhere.
   */
  holdUntil(looked: Promise<unknown>): void {
    // Whoever performs is told of a failure; nobody may be there to be told.
    this.#isHeld = true;
    looked.then(() => (this.#isHeld = false)).catch(() => undefined);
    this.#mayWrite = looked;
  }

  /** Nothing may be written yet: what is here may be a part of the log, or after joining nothing of it. */
  get isHeld(): boolean {
    return this.#isHeld;
  }

  /** Resolves when things may be written here; rejects with a RequestError where the engine stops before. */
  async whenOpen(): Promise<void> {
    await this.#mayWrite;
  }

  /** Begins a new epoch of the own sequence, with the next number or a higher one. */
  async beginEpoch(reason: string, leastEpoch = 0): Promise<LogEntry> {
    const entry = await this.#record.beginEpoch(reason, leastEpoch);
    this.#pass(entry);
    return entry;
  }

  heads(): Promise<{ own: string; heads: Record<string, Head> }> {
    return this.#record.heads();
  }

  /** Entries of one sequence from a number on, in order. */
  sequence(sequence: string, fromSeq: number, limit: number): Promise<LogEntry[]> {
    return this.#record.sequence(sequence, fromSeq, limit);
  }

  /** The last that came, oldest of them first. */
  newest(limit: number): Promise<LogEntry[]> {
    return this.#record.newest(limit);
  }

  /** Whether something is stored that waits for what its author had seen. */
  get isHolding(): boolean {
    return this.#order.isHolding;
  }

  /** Tells the listeners of what waits for nothing that is still coming. */
  release(isComing: (sequence: string, seq: number) => boolean): void {
    this.#tell(this.#order.release(isComing));
  }

  /** What was written here: known at once. False where it does not count. */
  #pass(entry: LogEntry): boolean {
    this.onStored([entry]);
    this.#order.pass(entry);
    return this.#tell([entry]);
  }

  #take(entries: readonly LogEntry[]): void {
    this.onStored(entries);
    this.#tell(this.#order.take(entries));
  }

  /** True where all of it counts. */
  #tell(entries: readonly LogEntry[]): boolean {
    const [counting, idle]: [LogEntry[], LogEntry[]] = [[], []];
    for (const entry of entries) (this.judge.isPermitted(entry) ? counting : idle).push(entry);
    if (idle.length > 0) this.onVoid(idle);
    if (counting.length > 0) for (const listener of this.#listeners) listener(counting);
    return idle.length === 0;
  }
}
