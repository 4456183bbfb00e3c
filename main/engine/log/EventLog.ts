import type { CountyMs } from '../../../shared/base/clock.ts';
import type { Person } from '../../../shared/people/person.ts';
import type { Head, LogEntry } from '../../../shared/record/logEntry.ts';
import type { RecordEvent } from '../../../shared/record/recordEvent.ts';
import { Emitter } from '../base/Emitter.ts';
import { RequestError } from '../base/RequestError.ts';
import type { Merged, RecordStore } from '../store/store.ts';
import { CausalOrder } from './CausalOrder.ts';
import { EntryJudge } from './EntryJudge.ts';

const ENTRIES_A_PAGE = 2000;

/**
 * The engine's log of the control room. What people do is written here first, and everything that the room knows
 * (incidents, acknowledgements, accounts, shifts) is made of what comes out. Listeners are notified of an entry when it
 * is durable, regardless of who wrote it and at which workstation, if its author was allowed to write it.
 */
export class EventLog {
  readonly #record: RecordStore;
  readonly #nowMs: () => CountyMs;
  readonly #counted = new Emitter<readonly LogEntry[]>();
  readonly #storedEntries = new Emitter<readonly LogEntry[]>();
  readonly #voidEntries = new Emitter<readonly LogEntry[]>();
  readonly #order = new CausalOrder();
  /** Judges whether an author was allowed to write an entry. */
  readonly judge = new EntryJudge();
  /**
   * Called with the entries that count and are new here, none before those that its author had seen. An entry that is
   * older by its time may still follow a newer one.
   */
  readonly onEntries = this.#counted.on;
  /** Called with all that is stored, as it comes, whether it counts or not: for replication. */
  readonly onStored = this.#storedEntries.on;
  /** Called with entries that do not count, because their author was not allowed to write them. */
  readonly onVoid = this.#voidEntries.on;
  #mayWrite: Promise<unknown> | undefined;
  #isHeld = false;
  #closedBecause: string | undefined;

  constructor(record: RecordStore, nowMs: () => CountyMs) {
    this.#record = record;
    this.#nowMs = nowMs;
  }

  /** Passes to the listeners everything that was ever written. Call it once, when they are in place. */
  async load(): Promise<void> {
    for (let from = 0; ;) {
      const { entries, next } = await this.#record.entries(from, ENTRIES_A_PAGE);
      if (entries.length > 0) this.#take(entries);
      if (entries.length < ENTRIES_A_PAGE) return;
      from = next;
    }
  }

  /**
   * Writes down what a person did. The entry is durable, and known to all listeners, when this resolves. Rejects with a
   * RequestError where it cannot be written, or where the person lost the right to it before it was.
   */
  async perform(author: Person, event: RecordEvent): Promise<LogEntry> {
    await this.#mayWrite;
    if (this.#closedBecause !== undefined) throw new RequestError('refused', this.#closedBecause);
    // Nobody here can have seen entries that are held for their predecessors.
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

  /** Takes entries of other workstations. `keys`: public keys (PEM) by workstation. */
  async merge(entries: readonly LogEntry[], keys: Readonly<Record<string, string>>): Promise<Merged> {
    const merged = await this.#record.merge(entries, keys);
    if (merged.accepted.length > 0) this.#take(merged.accepted);
    return merged;
  }

  /**
   * Makes `perform` wait for this promise: a workstation that starts first looks whether its own sequence goes further
   * elsewhere.
   */
  holdUntil(looked: Promise<unknown>): void {
    // A caller of `perform` is notified of a failure; here nobody may be listening, so it is ignored.
    this.#isHeld = true;
    looked.then(() => (this.#isHeld = false)).catch(() => undefined);
    this.#mayWrite = looked;
  }

  /** Refuses everything that would be written from now on, with this reason. */
  close(because: string): void {
    this.#closedBecause = because;
  }

  /** True while nothing may be written: what is here may be a part of the log, or after joining nothing of it. */
  get isHeld(): boolean {
    return this.#isHeld;
  }

  /** Resolves when entries may be written here; rejects with a RequestError where the engine stops before. */
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

  /** Returns entries of one sequence from a number on, in order. */
  sequence(sequence: string, fromSeq: number, limit: number): Promise<LogEntry[]> {
    return this.#record.sequence(sequence, fromSeq, limit);
  }

  /** Returns the entries that came last, oldest first. */
  newest(limit: number): Promise<LogEntry[]> {
    return this.#record.newest(limit);
  }

  /** Whether an entry is stored that waits for entries which its author had seen. */
  get isHolding(): boolean {
    return this.#order.isHolding;
  }

  /** Delivers the held entries that wait for nothing that is still coming. */
  release(isComing: (sequence: string, seq: number) => boolean): void {
    this.#publish(this.#order.release(isComing));
  }

  /** Delivers an entry that was written here at once. Returns false where it does not count. */
  #pass(entry: LogEntry): boolean {
    this.#storedEntries.emit([entry]);
    this.#order.pass(entry);
    return this.#publish([entry]);
  }

  #take(entries: readonly LogEntry[]): void {
    this.#storedEntries.emit(entries);
    this.#publish(this.#order.take(entries));
  }

  /** Passes to the listeners the entries that count. Returns true where all of them count. */
  #publish(entries: readonly LogEntry[]): boolean {
    const [counting, idle]: [LogEntry[], LogEntry[]] = [[], []];
    for (const entry of entries) (this.judge.isPermitted(entry) ? counting : idle).push(entry);
    if (idle.length > 0) this.#voidEntries.emit(idle);
    if (counting.length > 0) this.#counted.emit(counting);
    return idle.length === 0;
  }
}
