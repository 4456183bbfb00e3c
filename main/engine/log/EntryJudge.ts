import { may } from '../../../shared/people/permissions.ts';
import { beaconPerson } from '../../../shared/people/person.ts';
import type { Role } from '../../../shared/people/person.ts';
import { eventRights, mayWrite } from '../../../shared/contract/eventRights.ts';
import { entryId, orderEntries, workstationOf } from '../../../shared/record/logEntry.ts';
import type { LogEntry } from '../../../shared/record/logEntry.ts';
import { People, roleOf } from '../people/People.ts';
import { CausalOrder } from './CausalOrder.ts';

const accountKinds = new Set(['account.created', 'account.changed', 'account.revoked', 'account.restored']);
const MOST_FOLDS = 100;

/** Returns how far the author of an entry had seen a sequence. */
const reachOf = (entry: LogEntry, sequence: string): number =>
  entry.sequence === sequence ? entry.seq - 1 : (entry.seen[sequence] ?? 0);

/**
 * Judges whether an entry's author was allowed to write it, by the accounts as far as the author's workstation had seen
 * them. It is the last check, against a workstation that does not check by itself. What an author had seen never
 * changes, so every workstation comes to the same verdict. Where no account had been seen, the role that is claimed
 * counts: this is how it was before there were accounts, and only the founder of a desk can have written then. Entries
 * must be given in causal order (see `CausalOrder`).
 */
export class EntryJudge {
  /** Entries about accounts that count, by sequence and in order. */
  readonly #accounts = new Map<string, LogEntry[]>();
  readonly #folds = new Map<string, People>();
  /** Entries that admitted a workstation. */
  readonly #welcomes: { workstation: string; entry: LogEntry }[] = [];

  /** Whether the workstation with this id founded the desk. Where there is no desk, every workstation did. */
  isFounder: (workstationId: string) => boolean = () => true;

  /** Returns false for an entry that is void. One that counts is remembered, as far as later ones are judged by it. */
  isPermitted(entry: LogEntry): boolean {
    if (!this.#isInsider(entry) || !this.#isRight(entry)) return false;
    const { event, sequence } = entry;
    if (event.kind === 'workstation.joined') this.#welcomes.push({ workstation: event.workstation.id, entry });
    if (accountKinds.has(event.kind)) this.#accounts.set(sequence, [...(this.#accounts.get(sequence) ?? []), entry]);
    return true;
  }

  /**
   * Whether the workstation had seen its own admission. A workstation that was admitted knows that it was: one that
   * claims to have seen less wants to be judged by earlier accounts.
   */
  #isInsider(entry: LogEntry): boolean {
    const id = workstationOf(entry.sequence);
    return (
      this.isFounder(id) ||
      this.#welcomes.some(
        ({ workstation, entry: { sequence, seq } }) => workstation === id && reachOf(entry, sequence) >= seq,
      )
    );
  }

  #isRight(entry: LogEntry): boolean {
    const { author, event } = entry;
    const people = this.#peopleSeenBy(entry);
    if (author.id === beaconPerson.id) {
      if (eventRights[event.kind].isOwn !== true) return false;
      // Beacon creates the first administrator, and the accounts of the demonstration.
      if (event.kind === 'account.created')
        return (
          event.isDemonstration ||
          !people.accounts().some(({ isDemonstration, isRevoked }) => !isDemonstration && !isRevoked)
        );
      return event.kind !== 'account.passwordSet' || event.by === 'recovery';
    }
    if (!isAllowed(entry, author.role)) return false;
    if (people.accounts().length === 0) return true;
    const account = people.account(author.id);
    return account !== undefined && !account.isRevoked && isAllowed(entry, roleOf(account));
  }

  #peopleSeenBy(entry: LogEntry): People {
    const counts = [...this.#accounts].map(([sequence, entries]) => countUpTo(entries, reachOf(entry, sequence)));
    const key = counts.join(' ');
    const known = this.#folds.get(key);
    if (known !== undefined) return known;
    const people = new People();
    for (const each of orderEntries(
      [...this.#accounts.values()].flatMap((entries, index) => entries.slice(0, counts[index])),
    ))
      people.apply(each);
    if (this.#folds.size >= MOST_FOLDS) this.#folds.clear();
    this.#folds.set(key, people);
    return people;
  }
}

/** Whether a role allows an entry. A password may be set by its owner, or by an administrator. */
function isAllowed({ author, event }: LogEntry, role: Role): boolean {
  if (event.kind !== 'account.passwordSet') return mayWrite(role, event.kind);
  if (event.by === 'recovery') return false;
  const isOwn = event.by === 'self' && event.accountId === author.id;
  return may(role, isOwn ? 'account.own' : 'people.administer');
}

function countUpTo(entries: readonly LogEntry[], seq: number): number {
  let count = entries.length;
  while (count > 0 && (entries[count - 1]?.seq ?? 0) > seq) count--;
  return count;
}

/** Returns the entries of a whole log that count, each once. */
export function permittedEntries(entries: Iterable<LogEntry>): LogEntry[] {
  const order = new CausalOrder();
  const judge = new EntryJudge();
  const each = [...new Map([...entries].map((entry) => [entryId(entry), entry])).values()];
  return [...order.take(each), ...order.release(() => false)].filter((entry) => judge.isPermitted(entry));
}
