import { compareEntries, hasSeen, orderEntries } from '../../../shared/record/logEntry.ts';
import type { LogEntry } from '../../../shared/record/logEntry.ts';
import { People } from './People.ts';

/** When more entries than this arrive at once, they are sorted together. */
const MANY = 50;

const isOfPeople = ({ event: { kind } }: LogEntry): boolean => /^(account|token|session|people)\./.test(kind);

/**
 * Keeps `People` up to date with the log. Entries that come in order are added; a late entry has everything computed
 * again, so that the order of arrival makes no difference.
 */
export class PeopleState {
  #entries: LogEntry[] = [];
  #isOutOfOrder = false;
  #people = new People();

  get people(): People {
    return this.#people;
  }

  /** Takes entries; returns true where any of them concerned people. */
  take(entries: readonly LogEntry[]): boolean {
    const fresh = entries.filter(isOfPeople);
    if (fresh.length === 0) return false;
    if (fresh.length > MANY) {
      this.#entries.push(...fresh);
      this.#isOutOfOrder = true;
    } else for (const entry of fresh) this.#add(entry);
    if (this.#isOutOfOrder) this.#refold();
    return true;
  }

  /** Applies an entry at the end, if it belongs there; otherwise everything is computed again afterwards. */
  #add(entry: LogEntry): void {
    this.#isOutOfOrder ||= this.#entries.some((known) => compareEntries(entry, known) < 0 || hasSeen(known, entry));
    this.#entries.push(entry);
    if (!this.#isOutOfOrder) this.#people.apply(entry);
  }

  #refold(): void {
    this.#entries = orderEntries(this.#entries);
    this.#isOutOfOrder = false;
    this.#people = new People();
    for (const entry of this.#entries) this.#people.apply(entry);
  }
}
