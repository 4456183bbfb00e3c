import { safePolicy } from '../../../shared/citizens/publicationPolicy.ts';
import type { PublicationMode, PublicationPolicy, PublicSubject } from '../../../shared/citizens/publicationPolicy.ts';
import type { Person } from '../../../shared/people/person.ts';
import { compareEntries } from '../../../shared/record/logEntry.ts';
import type { LogEntry } from '../../../shared/record/logEntry.ts';
import { Emitter } from '../base/Emitter.ts';
import type { EventLog } from '../log/EventLog.ts';

/** Which kinds of things become public, and when: a projection of the log. The newest decision about a kind counts. */
export class PublicationPolicies {
  readonly #log: Pick<EventLog, 'perform'>;
  readonly #newest = new Map<PublicSubject, LogEntry>();
  readonly #changed = new Emitter<PublicationPolicy>();
  #policy = safePolicy;

  readonly onChange = this.#changed.on;

  /** It must be made before the log is loaded. */
  constructor(log: Pick<EventLog, 'onEntries' | 'perform'>) {
    this.#log = log;
    log.onEntries((entries) => this.#take(entries));
  }

  get policy(): PublicationPolicy {
    return this.#policy;
  }

  async set(author: Person, subject: PublicSubject, mode: PublicationMode): Promise<void> {
    await this.#log.perform(author, { kind: 'publication.policySet', subject, mode });
  }

  #take(entries: readonly LogEntry[]): void {
    const before = this.#policy;
    for (const entry of entries) {
      const { event } = entry;
      if (event.kind !== 'publication.policySet') continue;
      const known = this.#newest.get(event.subject);
      if (known !== undefined && compareEntries(known, entry) > 0) continue;
      this.#newest.set(event.subject, entry);
      this.#policy = { ...this.#policy, [event.subject]: event.mode };
    }
    if (this.#policy !== before) this.#changed.emit(this.#policy);
  }
}
