import type { Person } from '../../../shared/people/person.ts';
import type { LogEntry } from '../../../shared/record/logEntry.ts';
import { RequestError } from '../base/RequestError.ts';
import type { EventLog } from '../log/EventLog.ts';
import { hashOfSecret, makeId, makeSecret } from '../people/secret.ts';

type Issued = { keyId: string; label: string; issuedAtMs: number; secretHash: string };

/** The keys of programs that post requests by Open311: a projection of the log, which has only their hashes. */
export class ApiKeys {
  readonly #log: Pick<EventLog, 'perform'>;
  readonly #issued = new Map<string, Issued>();
  readonly #revoked = new Set<string>();

  /** It must be made before the log is loaded. */
  constructor(log: Pick<EventLog, 'onEntries' | 'perform'>) {
    this.#log = log;
    log.onEntries((entries) => this.#take(entries));
  }

  list(): Omit<Issued, 'secretHash'>[] {
    return this.#valid().map(({ keyId, label, issuedAtMs }) => ({ keyId, label, issuedAtMs }));
  }

  /** Returns the id of a key. Throws a RequestError where it is none that is valid. */
  check(key: string): string {
    const hash = hashOfSecret(key);
    const found = this.#valid().find(({ secretHash }) => secretHash === hash);
    if (found === undefined) throw new RequestError('refused', 'The api_key is not valid.');
    return found.keyId;
  }

  async issue(author: Person, label: string): Promise<{ keyId: string; key: string }> {
    const [keyId, key] = [makeId(), makeSecret()];
    await this.#log.perform(author, { kind: 'apiKey.issued', keyId, label, secretHash: hashOfSecret(key) });
    return { keyId, key };
  }

  async revoke(author: Person, keyId: string): Promise<void> {
    if (!this.#valid().some((each) => each.keyId === keyId))
      throw new RequestError('notFound', 'There is no such key.');
    await this.#log.perform(author, { kind: 'apiKey.revoked', keyId });
  }

  #valid(): Issued[] {
    return [...this.#issued.values()].filter(({ keyId }) => !this.#revoked.has(keyId));
  }

  #take(entries: readonly LogEntry[]): void {
    for (const { event, atMs } of entries) {
      // A key that was revoked stays so, in whatever order the entries come.
      if (event.kind === 'apiKey.revoked') this.#revoked.add(event.keyId);
      if (event.kind !== 'apiKey.issued') continue;
      const { keyId, label, secretHash } = event;
      this.#issued.set(keyId, { keyId, label, secretHash, issuedAtMs: atMs });
    }
  }
}
