import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CausalOrder } from '../../../../../main/engine/log/CausalOrder.ts';
import { EntryJudge, permittedEntries } from '../../../../../main/engine/log/EntryJudge.ts';
import { beaconPerson, roles } from '../../../../../shared/people/person.ts';
import type { Role } from '../../../../../shared/people/person.ts';
import { entryId } from '../../../../../shared/record/logEntry.ts';
import type { LogEntry } from '../../../../../shared/record/logEntry.ts';
import type { RecordEvent } from '../../../../../shared/record/recordEvent.ts';
import { EntryWriter } from '../../../../support/logEntries.ts';
import { person } from '../../../../support/people.ts';
import { anyRoomHistory } from '../../../../support/roomHistory.ts';
import { tries } from '../../../../support/tries.ts';

const created = (name: string, role: Role, isDemonstration = false): RecordEvent => ({
  kind: 'account.created',
  accountId: name.toLowerCase(),
  name,
  role,
  verifier: 'v',
  isDemonstration,
});
const note: RecordEvent = { kind: 'incident.noted', incidentId: 'I', text: 'x' };
const resolved: RecordEvent = { kind: 'incident.resolved', incidentId: 'I', outcome: 'x' };
const [ada, bob] = [person('Ada', 'administrator'), person('Bob', 'operator')];
/** Which of the entries count. */
const counting = (entries: readonly LogEntry[]): boolean[] => {
  const ids = new Set(permittedEntries(entries).map(entryId));
  return entries.map((entry) => ids.has(entryId(entry)));
};

/** Ada administers, Bob operates; both workstations know it. */
function staffed() {
  const [a, b] = [new EntryWriter('ws-a'), new EntryWriter('ws-b')];
  const accounts = [
    a.write(1, beaconPerson, created('Ada', 'administrator')),
    a.write(2, ada, created('Bob', 'operator')),
  ];
  b.see(...accounts);
  return { a, b, accounts };
}

describe('an entry', () => {
  it('counts by the account that its author had, and not by the role that it claims', () => {
    const { b, accounts } = staffed();
    const written = [
      b.write(3, bob, note),
      b.write(4, bob, resolved),
      b.write(5, person('Bob', 'administrator'), resolved),
      b.write(6, person('Eve', 'administrator'), note),
      b.write(7, ada, resolved),
    ];
    expect(counting([...accounts, ...written])).toEqual([true, true, true, false, false, false, true]);
  });

  it('counts as long as its workstation had not heard that the account was changed or revoked', () => {
    const { a, b, accounts } = staffed();
    const before = b.write(3, bob, note);
    const revoked = a.write(3, ada, { kind: 'account.revoked', accountId: 'bob' });
    const unknowing = b.write(9, bob, note);
    b.see(revoked);
    const knowing = b.write(10, bob, note);
    const restored = a.write(11, ada, { kind: 'account.restored', accountId: 'bob' });
    b.see(restored);
    const raised = b.write(12, ada, { kind: 'account.changed', accountId: 'bob', role: 'dispatcher' });
    const again = b.write(13, person('Bob', 'dispatcher'), resolved);
    expect(counting([...accounts, before, revoked, unknowing, knowing, restored, raised, again])).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
      true,
      true,
      true,
    ]);
  });

  it('of Beacon itself is what Beacon writes: the first administrator, and no second', () => {
    const { b, accounts } = staffed();
    const written = [
      b.write(3, beaconPerson, created('Eve', 'administrator')),
      b.write(4, beaconPerson, note),
      b.write(5, beaconPerson, { kind: 'system.noted', text: 'x' }),
      b.write(6, ada, { kind: 'system.noted', text: 'x' }),
    ];
    expect(counting([...accounts, ...written])).toEqual([true, true, false, false, true, false]);
    const own = { kind: 'account.passwordSet', accountId: 'ada', verifier: 'v' } as const;
    const passwords = [
      b.write(7, beaconPerson, { ...own, by: 'recovery' }),
      b.write(8, beaconPerson, { ...own, by: 'self' }),
      b.write(9, bob, { ...own, by: 'self' }),
      b.write(10, ada, { ...own, by: 'self' }),
    ];
    expect(counting([...accounts, ...passwords]).slice(2)).toEqual([true, false, false, true]);
  });

  it('of before there were accounts counts by the role that it claims, but not from a workstation that must have seen them', () => {
    const a = new EntryWriter('ws-a');
    const old = [a.write(1, bob, note), a.write(2, bob, resolved)];
    const joined = a.write(3, beaconPerson, created('Ada', 'administrator'));
    const letIn = a.write(4, ada, {
      kind: 'workstation.joined',
      workstation: { id: 'ws-b', name: 'B', publicKey: 'k' },
    });
    expect(counting([...old, joined, letIn])).toEqual([true, false, true, true]);
    const b = new EntryWriter('ws-b');
    const pretending = b.write(5, person('Eve', 'administrator'), resolved);
    const judge = new EntryJudge();
    judge.isFounder = (id) => id === 'ws-a';
    expect([pretending, ...old, joined, letIn].map((entry) => judge.isPermitted(entry))).toEqual([
      false,
      true,
      false,
      true,
      true,
    ]);
    b.see(letIn);
    expect(judge.isPermitted(b.write(6, ada, resolved))).toBe(true);
  });
});

const accountId = fc.constantFrom('ann', 'ben', 'cid');
const role = fc.constantFrom(...roles);
const anyEvent = fc.oneof(
  fc.record({
    kind: fc.constant('account.created'),
    accountId,
    name: accountId,
    role,
    verifier: fc.constant('v'),
    isDemonstration: fc.constant(false),
  }),
  fc.record({ kind: fc.constant('account.changed'), accountId, role }),
  fc.record({ kind: fc.constantFrom('account.revoked', 'account.restored'), accountId }),
  fc.constant(note),
  fc.constant(resolved),
) as fc.Arbitrary<RecordEvent>;

it('comes to the same verdicts whatever the order of arrival, in 10,000 random histories', () => {
  const history = anyRoomHistory(anyEvent, 25).map((entries) =>
    entries.map((entry, index) => ({
      ...entry,
      author: index % 4 === 0 ? beaconPerson : { ...entry.author, role: 'administrator' as const },
    })),
  );
  let voided = 0;
  fc.assert(
    fc.property(history, fc.infiniteStream(fc.nat(2)), (entries, choices) => {
      const expected = permittedEntries(entries).map(entryId).sort();
      // Each sequence comes in its order, and how they mingle is chance.
      const queues = [...Map.groupBy(entries, ({ sequence }) => sequence).values()].map((queue) => [...queue]);
      const order = new CausalOrder();
      const judge = new EntryJudge();
      const counted: string[] = [];
      while (queues.some(({ length }) => length > 0)) {
        const next = queues[(choices.next().value ?? 0) % queues.length]?.shift();
        if (next !== undefined)
          counted.push(
            ...order
              .take([next])
              .filter((entry) => judge.isPermitted(entry))
              .map(entryId),
          );
      }
      expect(order.isHolding).toBe(false);
      expect(counted.sort()).toEqual(expected);
      voided += entries.length - expected.length;
    }),
    { numRuns: tries('Histories of rights', 10_000, 100_000) },
  );
  expect(voided).toBeGreaterThan(1000);
});
