import { nameKey } from '../../../shared/people/account.ts';
import type { Account, Token } from '../../../shared/people/account.ts';
import { beaconPerson } from '../../../shared/people/person.ts';
import type { Person, Role } from '../../../shared/people/person.ts';
import { tokenExpiryMs } from '../../../shared/people/tokenLife.ts';
import { hasSeen, workstationOf } from '../../../shared/record/logEntry.ts';
import type { LogEntry } from '../../../shared/record/logEntry.ts';
import type { RecordEvent } from '../../../shared/record/recordEvent.ts';
import { recordedDevice } from './source.ts';

/**
 * The values that were set and not yet overwritten by somebody who had seen them: one value, or several where
 * workstations did not know of each other. The last one counts.
 */
type Field<T> = { value: T; entry: LogEntry }[];

export type AccountState = {
  id: string;
  name: Field<string>;
  role: Field<Role>;
  verifier: string;
  /** True while nobody has changed the password that the account was created with. */
  isFirstPassword: boolean;
  /** Somebody else chose the password, so the person must choose another before anything else. */
  mustChangePassword: boolean;
  isRevoked: boolean;
  isDemonstration: boolean;
  createdAtMs: number;
  signedInAtMs?: number;
};
export type SessionState = {
  id: string;
  accountId: string;
  workstation: string;
  screen: string;
  secretHash: string;
  expiresAtMs: number;
};
type TokenState = Token & { secretHash: string };

type Event<K extends RecordEvent['kind']> = Extract<RecordEvent, { kind: K }>;
type OfAccount = Event<'account.changed' | 'account.revoked' | 'account.restored' | 'account.lockLifted'>;
/** Events that only administrators may write. */
type Administration = OfAccount | Event<'account.created' | 'token.issued' | 'token.revoked' | 'people.idleLockSet'>;

/** The devices at which somebody signed in most recently; an older one is unknown again. */
const MOST_DEVICES = 5000;
/** Minutes until an idle screen locks itself, unless another value was set. */
const USUAL_IDLE_MINUTES = 30;

const present = <T>(field: Field<T>): T => {
  const last = field.at(-1);
  if (last === undefined) throw new Error('A field has no value.');
  return last.value;
};

function set<T>(field: Field<T>, value: T | undefined, entry: LogEntry): Field<T> {
  if (value === undefined) return field;
  return [...field.filter((each) => each.value !== value && !hasSeen(entry, each.entry)), { value, entry }];
}

const conflictsOf = (field: 'name' | 'role', values: Field<string>): Account['conflicts'] =>
  values
    .slice(0, -1)
    .map(({ value, entry }) => ({ field, kept: present(values), lost: value, lostBy: entry.author.name }));

export const roleOf = ({ role }: Pick<AccountState, 'role'>): Role => present(role);

export const personOf = ({ id, name, role }: AccountState): Person => ({
  id,
  name: present(name),
  role: present(role),
});

/**
 * Accounts, tokens, sessions and refused attempts as the log makes them. Entries must be taken in the one order of the
 * log; then every workstation has the same state. What an entry's author may not do is void here too, whatever engine
 * let it pass.
 */
export class People {
  readonly #accounts = new Map<string, AccountState>();
  readonly #tokens = new Map<string, TokenState>();
  readonly #sessions = new Map<string, SessionState>();
  readonly #devices = new Set<string>();
  idleLockMinutes = USUAL_IDLE_MINUTES;

  account(id: string): AccountState | undefined {
    return this.#accounts.get(id);
  }

  /**
   * Finds the account that has a name. Two accounts can have one name where workstations did not know of each other;
   * then the name belongs to the older account.
   */
  accountNamed(name: string): AccountState | undefined {
    return [...this.#accounts.values()].find(
      (account) => !account.isRevoked && nameKey(present(account.name)) === nameKey(name),
    );
  }

  accounts(): AccountState[] {
    return [...this.#accounts.values()];
  }

  tokens(): TokenState[] {
    return [...this.#tokens.values()];
  }

  token(id: string): TokenState | undefined {
    return this.#tokens.get(id);
  }

  session(id: string): SessionState | undefined {
    return this.#sessions.get(id);
  }

  sessionWith(secretHash: string): SessionState | undefined {
    return [...this.#sessions.values()].find((session) => session.secretHash === secretHash);
  }

  /** The sessions that were opened at a workstation and have not been closed. */
  sessionsAt(workstation: string): SessionState[] {
    return [...this.#sessions.values()].filter((session) => session.workstation === workstation);
  }

  /** Whether an account has a session, at any workstation, that has not ended by `wallMs`. */
  isSignedIn(accountId: string, wallMs: number): boolean {
    return [...this.#sessions.values()].some(
      (session) => session.accountId === accountId && session.expiresAtMs > wallMs,
    );
  }

  /** Whether somebody has signed in at a device before. */
  isKnownDevice(device: string): boolean {
    return this.#devices.has(device);
  }

  /**
   * Whether an account is the only administrator left of its kind: of real accounts, or of those of the demonstration.
   */
  isLastAdministrator({ id, isDemonstration, isRevoked, role }: AccountState): boolean {
    if (isRevoked || present(role) !== 'administrator') return false;
    return !this.accounts().some(
      (other) =>
        other.id !== id &&
        !other.isRevoked &&
        other.isDemonstration === isDemonstration &&
        present(other.role) === 'administrator',
    );
  }

  /** Describes an account as an administrator sees it. */
  describe(account: AccountState, lockedUntilMs: number | undefined): Account {
    const { id, name, role, isRevoked, isDemonstration, createdAtMs, signedInAtMs } = account;
    return {
      id,
      name: present(name),
      role: present(role),
      isRevoked,
      isDemonstration,
      createdAtMs,
      conflicts: [...conflictsOf('name', name), ...conflictsOf('role', role)],
      ...(signedInAtMs !== undefined && { signedInAtMs }),
      ...(lockedUntilMs !== undefined && { lockedUntilMs }),
    };
  }

  /** Takes the next entry in the order of the log. */
  apply(entry: LogEntry): void {
    const { event, author } = entry;
    switch (event.kind) {
      case 'account.created':
      case 'account.changed':
      case 'account.revoked':
      case 'account.restored':
      case 'account.lockLifted':
      case 'token.issued':
      case 'token.revoked':
      case 'people.idleLockSet':
        if (this.#mayAdminister(author)) this.#administer(event, entry);
        return;
      case 'account.passwordSet':
        if (author.id === event.accountId || this.#mayAdminister(author)) this.#passwordSet(event);
        return;
      case 'session.opened':
      case 'session.closed':
        this.#sessionEvent(event, entry);
        return;
      default:
    }
  }

  #administer(event: Administration, entry: LogEntry): void {
    switch (event.kind) {
      case 'account.created':
        this.#created(event, entry);
        return;
      case 'token.issued':
        this.#tokenIssued(event, entry);
        return;
      case 'token.revoked':
        this.#tokenRevoked(event, entry.atMs);
        return;
      case 'people.idleLockSet':
        this.idleLockMinutes = event.minutes;
        return;
      default:
        this.#accountEvent(event, entry);
    }
  }

  #mayAdminister(author: Person): boolean {
    if (author.id === beaconPerson.id) return true;
    const account = this.#accounts.get(author.id);
    return account !== undefined && !account.isRevoked && present(account.role) === 'administrator';
  }

  /**
   * Takes a creation. The first one counts: accounts of the demonstration are made at every workstation, under the same
   * ids.
   */
  #created({ accountId, name, role, verifier, isDemonstration }: Event<'account.created'>, entry: LogEntry): void {
    if (this.#accounts.has(accountId)) return;
    this.#accounts.set(accountId, {
      id: accountId,
      name: [{ value: name, entry }],
      role: [{ value: role, entry }],
      verifier,
      isFirstPassword: true,
      // The first administrator and the people of the demonstration are made by Beacon.
      mustChangePassword: entry.author.id !== beaconPerson.id,
      isRevoked: false,
      isDemonstration,
      createdAtMs: entry.atMs,
    });
  }

  #accountEvent(event: OfAccount, entry: LogEntry): void {
    const account = this.#accounts.get(event.accountId);
    if (account === undefined) return;
    switch (event.kind) {
      case 'account.changed':
        account.name = set(account.name, event.name, entry);
        // There must always be somebody who can let others in, whatever two administrators did at the same time.
        if (event.role === 'administrator' || !this.isLastAdministrator(account))
          account.role = set(account.role, event.role, entry);
        return;
      case 'account.revoked':
        if (this.isLastAdministrator(account)) return;
        account.isRevoked = true;
        this.#endSessions(account.id);
        return;
      case 'account.restored':
        account.isRevoked = false;
        return;
      case 'account.lockLifted':
        return;
    }
  }

  #passwordSet({ accountId, verifier, by, sessionId }: Event<'account.passwordSet'>): void {
    const account = this.#accounts.get(accountId);
    if (account === undefined) return;
    account.verifier = verifier;
    account.isFirstPassword = false;
    account.mustChangePassword = by === 'administrator';
    this.#endSessions(accountId, sessionId);
  }

  #tokenIssued({ tokenId: id, label, secretHash }: Event<'token.issued'>, { atMs, author }: LogEntry): void {
    if (this.#tokens.has(id)) return;
    const expiresAtMs = tokenExpiryMs(id, atMs);
    this.#tokens.set(id, { id, label, secretHash, issuedAtMs: atMs, expiresAtMs, issuedBy: author.name });
  }

  #tokenRevoked({ tokenId }: Event<'token.revoked'>, atMs: number): void {
    const token = this.#tokens.get(tokenId);
    if (token !== undefined) token.revokedAtMs ??= atMs;
  }

  #sessionEvent(event: Event<'session.opened' | 'session.closed'>, { sequence, atMs }: LogEntry): void {
    const workstation = workstationOf(sequence);
    switch (event.kind) {
      case 'session.opened': {
        const { sessionId: id, accountId, screen, secretHash, expiresAtMs } = event;
        const account = this.#accounts.get(accountId);
        if (account === undefined || account.isRevoked) return;
        account.signedInAtMs = atMs;
        this.#sessions.set(id, { id, accountId, workstation, screen, secretHash, expiresAtMs });
        this.#noteDevice(recordedDevice(workstation, screen));
        return;
      }
      case 'session.closed':
        this.#sessions.delete(event.sessionId);
    }
  }

  #noteDevice(device: string): void {
    this.#devices.delete(device);
    this.#devices.add(device);
    const [oldest] = this.#devices;
    if (this.#devices.size > MOST_DEVICES && oldest !== undefined) this.#devices.delete(oldest);
  }

  #endSessions(accountId: string, but?: string): void {
    for (const { id } of [...this.#sessions.values()].filter(
      (session) => session.accountId === accountId && session.id !== but,
    ))
      this.#sessions.delete(id);
  }
}
