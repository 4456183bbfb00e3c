import type { CountyMs } from '../../../shared/base/clock.ts';
import type { Person } from '../../../shared/people/person.ts';
import { entryId } from '../../../shared/record/logEntry.ts';
import type { LogEntry } from '../../../shared/record/logEntry.ts';
import type { SequenceHead } from '../../../shared/people/sequenceHead.ts';
import { findShift } from '../../../shared/shifts/findShift.ts';
import { foldShifts, isShiftEntry } from '../../../shared/folds/foldShifts.ts';
import { shiftState } from '../../../shared/shifts/shift.ts';
import type { Shift } from '../../../shared/shifts/shift.ts';
import type { EventLog } from '../log/EventLog.ts';
import { RequestError } from '../base/RequestError.ts';
import { nextShiftId } from './nextShiftId.ts';

type ShiftDeskOptions = {
  log: EventLog;
  nowMs: () => CountyMs;
  /** IANA name: shifts are numbered by local days. */
  timeZone: string;
  /** Makes the report of a closed shift and keeps it, durable when it resolves. */
  keepReport: (shiftId: string) => Promise<{ hash: string; heads: SequenceHead[] }>;
};

/** Shifts that screens are given; all of them stay in the record. */
const SHIFTS_SHOWN = 60;

/**
 * The shifts of the control room: a projection of the log, and the commands on them. A command is checked, written to
 * the log, and resolves when it is durable there. Commands run one after the other, so that each is checked against
 * what the one before did.
 */
export class ShiftCommands {
  readonly #options: ShiftDeskOptions;
  readonly #entries = new Map<string, LogEntry>();
  readonly #listeners = new Set<() => void>();
  #shifts: readonly Shift[] = [];
  #queue: Promise<unknown> = Promise.resolve();

  /**
   * Takes the entries that the log publishes from now on: the log is loaded only after all its listeners have
   * subscribed.
   */
  constructor(options: ShiftDeskOptions) {
    this.#options = options;
    options.log.onEntries((entries) => this.#take(entries));
  }

  /** Newest first, as many as screens are given. */
  newest(): Shift[] {
    return this.#shifts.slice(-SHIFTS_SHOWN).reverse();
  }

  /** `shiftId`: a shift's id, or the latest. */
  find(shiftId: string): Shift | undefined {
    return findShift(this.#shifts, shiftId);
  }

  /** Calls the listener after each change; returns a function that ends this. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  open(author: Person): Promise<string> {
    return this.#inTurn(async () => {
      const last = this.#shifts.at(-1);
      if (last !== undefined && shiftState(last) === 'open')
        throw new RequestError('refused', `Shift ${last.id} is open: it was opened by ${last.opened.by.name}.`);
      if (last !== undefined && last.takenOver === undefined)
        throw new RequestError(
          'refused',
          `Shift ${last.id} has ended and waits to be taken over; taking it over begins the next one.`,
        );
      const fromMs = this.#options.nowMs();
      const shiftId = this.#nextId(fromMs);
      await this.#options.log.perform(author, { kind: 'shift.opened', shiftId, fromMs });
      return shiftId;
    });
  }

  close(author: Person, shiftId: string): Promise<void> {
    return this.#inTurn(async () => {
      const { closed } = this.#get(shiftId);
      if (closed !== undefined)
        throw new RequestError('refused', `Shift ${shiftId} was closed by ${closed.by.name} already.`);
      await this.#options.log.perform(author, { kind: 'shift.closed', shiftId, toMs: this.#options.nowMs() });
    });
  }

  comment(author: Person, shiftId: string, text: string): Promise<void> {
    return this.#inTurn(async () => {
      const { signed } = this.#get(shiftId);
      if (signed !== undefined)
        throw new RequestError(
          'refused',
          `Shift ${shiftId} was signed by ${signed.by.name}; a comment now would not be covered by the signature. Say it in the next shift.`,
        );
      await this.#options.log.perform(author, { kind: 'shift.commented', shiftId, text });
    });
  }

  /**
   * Signs the report as it is now; the report that the signature stands for is kept before the signature is written
   * down.
   */
  sign(author: Person, shiftId: string): Promise<void> {
    return this.#inTurn(async () => {
      const { closed, signed } = this.#get(shiftId);
      if (closed === undefined)
        throw new RequestError('refused', `Shift ${shiftId} is not closed: its report is not finished.`);
      if (signed !== undefined)
        throw new RequestError('refused', `Shift ${shiftId} was signed by ${signed.by.name} already.`);
      const { hash, heads } = await this.#options.keepReport(shiftId);
      await this.#options.log.perform(author, { kind: 'shift.signed', shiftId, reportHash: hash, heads });
    });
  }

  /**
   * Ends the handover and begins the next shift, whose id it resolves with. A shift that nobody signed can be taken
   * over, as nobody may be there to sign it.
   */
  takeOver(author: Person, shiftId: string): Promise<string> {
    return this.#inTurn(async () => {
      const { closed, takenOver } = this.#get(shiftId);
      if (closed === undefined) throw new RequestError('refused', `Shift ${shiftId} is not closed yet.`);
      if (takenOver !== undefined)
        throw new RequestError('refused', `Shift ${shiftId} was taken over by ${takenOver.by.name} already.`);
      const nextShift = this.#nextId(closed.toMs);
      await this.#options.log.perform(author, { kind: 'shift.takenOver', shiftId, nextShiftId: nextShift });
      return nextShift;
    });
  }

  #get(shiftId: string): Shift {
    const shift = this.find(shiftId);
    if (shift === undefined) throw new RequestError('notFound', `There is no shift ${shiftId}.`);
    return shift;
  }

  #nextId(fromMs: number): string {
    return nextShiftId(
      this.#shifts.map(({ id }) => id),
      fromMs,
      this.#options.timeZone,
    );
  }

  #take(entries: readonly LogEntry[]): void {
    const own = entries.filter(isShiftEntry);
    if (own.length === 0) return;
    for (const entry of own) this.#entries.set(entryId(entry), entry);
    this.#shifts = foldShifts(this.#entries.values());
    for (const listener of this.#listeners) listener();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(work);
    this.#queue = done.catch(() => undefined);
    return done;
  }
}
