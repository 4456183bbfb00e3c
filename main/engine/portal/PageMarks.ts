import type { MonotonicMs } from '../../../shared/base/clock.ts';
import { MessageBudget } from '../../../shared/base/MessageBudget.ts';
import type { MarkedPage } from '../../../shared/citizens/mark.ts';
import { beaconPerson } from '../../../shared/people/person.ts';
import { entryId } from '../../../shared/record/logEntry.ts';
import type { LogEntry } from '../../../shared/record/logEntry.ts';
import { RequestError } from '../base/RequestError.ts';
import type { EventLog } from '../log/EventLog.ts';

/** A mark that somebody gave a page. */
export type PageMark = { page: MarkedPage; mark: number; text?: string | undefined; atMs: number };

/** Marks write into the log, which never shrinks, and must not take the place of reports. */
const MARKS = { perSecond: 0.2, atOnce: 30 };

/** The marks that the pages of the portal were given: a projection of the log. */
export class PageMarks {
  readonly #log: Pick<EventLog, 'perform'>;
  readonly #monotonicMs: () => MonotonicMs;
  readonly #marks = new Map<string, PageMark>();
  readonly #budget: MessageBudget;

  /** It must be made before the log is loaded. */
  constructor(log: Pick<EventLog, 'onEntries' | 'perform'>, monotonicMs: () => MonotonicMs) {
    this.#log = log;
    this.#monotonicMs = monotonicMs;
    this.#budget = new MessageBudget(MARKS.perSecond, MARKS.atOnce, monotonicMs());
    log.onEntries((entries) => this.#take(entries));
  }

  all(): Iterable<PageMark> {
    return this.#marks.values();
  }

  async add({ page, mark, text }: Omit<PageMark, 'atMs'>): Promise<void> {
    if (!this.#budget.take(0, this.#monotonicMs()))
      throw new RequestError('unavailable', 'Too much comes in at this moment. Try again in a minute.');
    await this.#log.perform(beaconPerson, { kind: 'page.marked', page, mark, ...(text !== undefined && { text }) });
  }

  #take(entries: readonly LogEntry[]): void {
    for (const entry of entries) {
      if (entry.event.kind !== 'page.marked') continue;
      const { page, mark, text } = entry.event;
      this.#marks.set(entryId(entry), { page, mark, text, atMs: entry.atMs });
    }
  }
}
