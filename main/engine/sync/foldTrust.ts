import { createHash } from 'node:crypto';
import type { Workstation } from '../../../shared/record/deskEvents.ts';
import { orderEntries, workstationOf } from '../../../shared/record/logEntry.ts';
import type { LogEntry } from '../../../shared/record/logEntry.ts';

/**
 * A workstation that belongs to the desk, or did. After its revocation its sequences count up to `upTo`, and its
 * sequences that are not listed there do not count at all.
 */
export type Member = Workstation & { upTo?: Readonly<Record<string, number>> };
export type Trust = ReadonlyMap<string, Member>;
/** How far each sequence was known to each other workstation when it last wrote: sequence → workstation → `seq`. */
export type Witnesses = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** SHA-256 of a public key in its PEM form, the first 32 hexadecimal digits: so a desk's id proves who founded it. */
export const fingerprintOf = (publicKey: string): string =>
  createHash('sha256').update(publicKey).digest('hex').slice(0, 32);

/** The last `seq` of a sequence that counts: 0 where nothing of it does, infinite where all does. */
export function lastCounted(trust: Trust, sequence: string): number {
  const member = trust.get(workstationOf(sequence));
  if (member === undefined) return 0;
  return member.upTo === undefined ? Number.POSITIVE_INFINITY : (member.upTo[sequence] ?? 0);
}

/**
 * Derives who belongs to the desk from the log alone: the founder, proved by the desk's id; those whom an administrator
 * at a member admitted; less those whom one revoked. Of a revoked workstation those entries count that the revoking
 * workstation had, and those that another member had taken before it knew of the revocation, as that member's later
 * entries say. `known` are the workstations that a joining workstation got with its code; they are used until it has
 * the log. The entries' signatures were checked when they came.
 */
export function foldTrust(
  deskId: string,
  known: readonly Workstation[],
  entries: Iterable<LogEntry>,
  witnesses: Witnesses = new Map(),
): Trust {
  const ordered = orderEntries(entries);
  const first = withWitnesses(follow(deskId, known, ordered, new Map()), witnesses);
  // The log is followed a second time from the beginning: what a revoked workstation did after `upTo` does not count,
  // whatever time it claims.
  return withWitnesses(follow(deskId, known, ordered, first), witnesses);
}

function follow(deskId: string, known: readonly Workstation[], ordered: readonly LogEntry[], revoked: Trust): Trust {
  const trust = new Map<string, Member>(known.map((each) => [each.id, each]));
  for (const { sequence, seq, author, event } of ordered) {
    if (
      event.kind === 'desk.founded' &&
      event.deskId === deskId &&
      fingerprintOf(event.workstation.publicKey) === deskId
    )
      add(trust, event.workstation);
    const isLate =
      seq > lastCounted(trust, sequence) ||
      (revoked.has(workstationOf(sequence)) && seq > lastCounted(revoked, sequence));
    if (author.role !== 'administrator' || isLate) continue;
    if (event.kind === 'workstation.joined') add(trust, event.workstation);
    if (event.kind === 'workstation.renamed') rename(trust, event.workstationId, event.name);
    if (event.kind === 'workstation.revoked') revoke(trust, event.workstationId, event.upTo);
  }
  return trust;
}

/** Adds a workstation. Its id is never given to another key: a second workstation with the same id is not admitted. */
function add(trust: Map<string, Member>, workstation: Workstation): void {
  if (!trust.has(workstation.id)) trust.set(workstation.id, workstation);
}

function rename(trust: Map<string, Member>, id: string, name: string): void {
  const member = trust.get(id);
  if (member !== undefined) trust.set(id, { ...member, name });
}

/** Applies a revocation; of several, the narrowest counts. */
function revoke(trust: Map<string, Member>, id: string, upTo: Readonly<Record<string, number>>): void {
  const member = trust.get(id);
  if (member === undefined) return;
  const before = member.upTo;
  const narrowest =
    before === undefined
      ? upTo
      : Object.fromEntries(
          Object.entries(upTo).map(([sequence, seq]) => [sequence, Math.min(seq, before[sequence] ?? 0)]),
        );
  trust.set(id, { ...member, upTo: narrowest });
}

function withWitnesses(trust: Trust, witnesses: Witnesses): Trust {
  const isWitness = (id: string): boolean => trust.has(id) && trust.get(id)?.upTo === undefined;
  return new Map(
    [...trust].map(([id, member]) => {
      if (member.upTo === undefined) return [id, member];
      const seen = [...witnesses]
        .filter(([sequence]) => workstationOf(sequence) === id)
        .map(([sequence, by]): [string, number] => [
          sequence,
          Math.max(
            member.upTo?.[sequence] ?? 0,
            ...[...by].filter(([witness]) => isWitness(witness)).map(([, seq]) => seq),
          ),
        ]);
      return [id, { ...member, upTo: { ...member.upTo, ...Object.fromEntries(seen) } }];
    }),
  );
}
