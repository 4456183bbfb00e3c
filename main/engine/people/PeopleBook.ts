import { compareEntries } from '../../../shared/record/logEntry.ts';
import type { LogEntry } from '../../../shared/record/logEntry.ts';
import { People } from './People.ts';

const isOfPeople = ({ event: { kind } }: LogEntry): boolean => /^(account|token|session|people)\./.test(kind);

/** Keeps `People` up with the log: what comes in order is added, what comes late has everything made anew, so that the order of arrival makes no difference. */
export class PeopleBook {
  readonly #entries: LogEntry[] = [];
  #people = new People();

  get people(): People {
    return this.#people;
  }

  /** True where anything in it concerned people. */
  take(entries: readonly LogEntry[]): boolean {
    const fresh = entries.filter(isOfPeople).sort(compareEntries);
    const [first] = fresh;
    if (first === undefined) return false;
    const last = this.#entries.at(-1);
    const isLate = last !== undefined && compareEntries(first, last) < 0;
    this.#entries.push(...fresh);
    if (isLate) this.#refold();
    else for (const entry of fresh) this.#people.apply(entry);
    return true;
  }

  #refold(): void {
    this.#entries.sort(compareEntries);
    this.#people = new People();
    for (const entry of this.#entries) this.#people.apply(entry);
  }
}
