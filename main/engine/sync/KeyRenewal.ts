import { beaconPerson } from '../../../shared/people/person.ts';
import type { Person } from '../../../shared/people/person.ts';
import { compareEntries, hasSeen, orderEntries, workstationOf } from '../../../shared/record/logEntry.ts';
import type { LogEntry } from '../../../shared/record/logEntry.ts';
import type { RecordEvent } from '../../../shared/record/recordEvent.ts';
import type { Membership } from './Membership.ts';

/** The workstation that revokes another renews the key. The leader does it where that workstation did not manage to. */
const LEADER_WAITS_MS = 5000;

/** The keys that the desk shares, as far as renewing needs them. */
export type RenewableKeys = {
  /** X25519, PEM. */
  publicKey: string;
  has: (keyId: string) => boolean;
  /** Makes a key that is not used yet, and returns its id. */
  makeKey: () => string;
  /** Wraps one key for the workstation with this X25519 key alone. */
  wrapKeyFor: (publicKey: string, keyId: string) => string;
  /** Takes keys that were wrapped for this workstation; throws where they were not. */
  add: (wrapped: string) => void;
  /** From now on new content is encrypted with this key. */
  use: (keyId: string) => void;
};

type Event<K extends RecordEvent['kind']> = LogEntry & { event: Extract<RecordEvent, { kind: K }> };
type KeyRenewalOptions = {
  log: { perform: (author: Person, event: RecordEvent) => Promise<LogEntry> };
  keys: RenewableKeys;
  membership: Pick<Membership, 'trust' | 'isAlone'>;
  /** Id of this workstation. */
  own: string;
  onFault: (error: unknown) => void;
};

const isOf = <K extends RecordEvent['kind']>(entry: LogEntry, kind: K): entry is Event<K> => entry.event.kind === kind;

/**
 * Renews the desk's key when a workstation was revoked, so that it cannot open what is encrypted afterwards. Each
 * workstation publishes its public key in the log; the new key is wrapped for each one that remains. The newest key of
 * the log is used, and it counts as too old as long as its maker had not seen every revocation.
 */
export class KeyRenewal {
  readonly #options: KeyRenewalOptions;
  /** Entries with public keys, by workstation. */
  readonly #publicKeys = new Map<string, Event<'workstation.keyTold'>>();
  readonly #revocations: LogEntry[] = [];
  #renewals: Event<'desk.keyRenewed'>[] = [];
  #isBusy = false;
  #dueSinceMs: number | undefined;

  constructor(options: KeyRenewalOptions) {
    this.#options = options;
  }

  /** Takes entries that count. */
  take(entries: readonly LogEntry[]): void {
    let hasNewKey = false;
    for (const entry of entries) {
      if (isOf(entry, 'workstation.revoked')) this.#revocations.push(entry);
      else if (isOf(entry, 'workstation.keyTold')) this.#sendKey(entry);
      else if (isOf(entry, 'desk.keyRenewed')) {
        this.#renewals.push(entry);
        hasNewKey = true;
        this.#add(entry);
      }
    }
    if (!hasNewKey) return;
    this.#renewals = orderEntries(this.#renewals) as Event<'desk.keyRenewed'>[];
    const newest = this.#renewals.findLast(({ event }) => this.#options.keys.has(event.keyId));
    if (newest !== undefined) this.#options.keys.use(newest.event.keyId);
  }

  /** Call this several times per second while entries may be written. */
  async tick(atMs: number, isLeading: boolean): Promise<void> {
    const { membership, own, keys, log, onFault } = this.#options;
    this.#dueSinceMs = this.#isDue() ? (this.#dueSinceMs ?? atMs) : undefined;
    if (this.#isBusy || membership.trust.get(own)?.upTo !== undefined) return;
    this.#isBusy = true;
    try {
      if (!membership.isAlone(own) && this.#publicKeys.get(own)?.event.publicKey !== keys.publicKey)
        await log.perform(beaconPerson, { kind: 'workstation.keyTold', publicKey: keys.publicKey });
      if (isLeading && this.#dueSinceMs !== undefined && atMs - this.#dueSinceMs > LEADER_WAITS_MS)
        await this.renew(beaconPerson);
      if (isLeading) await this.#handOn();
    } catch (error) {
      onFault(error);
    } finally {
      this.#isBusy = false;
    }
  }

  /**
   * Makes a new key for all workstations that belong to the desk now. Rejects with a RequestError where it cannot be
   * written to the log.
   */
  async renew(author: Person): Promise<void> {
    const keyId = this.#options.keys.makeKey();
    await this.#options.log.perform(author, {
      kind: 'desk.keyRenewed',
      keyId,
      wrapped: this.#wrap(keyId, this.#remaining()),
    });
  }

  #isDue(): boolean {
    const newest = this.#renewals.at(-1);
    return this.#revocations.some((revocation) => newest === undefined || !hasSeen(newest, revocation));
  }

  /** Hands the key to workstations whose public key was not known when it was made and is known now. */
  async #handOn(): Promise<void> {
    const keyId = this.#renewals.at(-1)?.event.keyId;
    if (keyId === undefined || !this.#options.keys.has(keyId)) return;
    const same = this.#renewals.filter(({ event }) => event.keyId === keyId);
    const holders = new Set(
      same.flatMap(({ sequence, event }) => [workstationOf(sequence), ...Object.keys(event.wrapped)]),
    );
    const wrapped = this.#wrap(
      keyId,
      this.#remaining().filter((id) => !holders.has(id)),
    );
    if (Object.keys(wrapped).length > 0)
      await this.#options.log.perform(beaconPerson, { kind: 'desk.keyRenewed', keyId, wrapped });
  }

  #remaining(): string[] {
    const { membership, own } = this.#options;
    return [...membership.trust.values()]
      .filter(({ id, upTo }) => id !== own && upTo === undefined)
      .map(({ id }) => id);
  }

  #wrap(keyId: string, ids: readonly string[]): Record<string, string> {
    return Object.fromEntries(
      ids.flatMap((id) => {
        const told = this.#publicKeys.get(id);
        return told === undefined ? [] : [[id, this.#options.keys.wrapKeyFor(told.event.publicKey, keyId)]];
      }),
    );
  }

  /** Notes a published public key; a workstation speaks for itself alone. */
  #sendKey(entry: Event<'workstation.keyTold'>): void {
    const id = workstationOf(entry.sequence);
    const known = this.#publicKeys.get(id);
    if (known === undefined || compareEntries(known, entry) < 0) this.#publicKeys.set(id, entry);
  }

  #add({ event: { keyId, wrapped } }: Event<'desk.keyRenewed'>): void {
    const { keys, own, onFault } = this.#options;
    const mine = wrapped[own];
    if (mine === undefined || keys.has(keyId)) return;
    try {
      keys.add(mine);
    } catch (error) {
      onFault(error);
    }
  }
}
