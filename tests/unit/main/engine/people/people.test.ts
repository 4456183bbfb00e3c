import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PeopleState } from '../../../../../main/engine/people/PeopleState.ts';
import type { CameFrom, Opened } from '../../../../../main/engine/people/SignIn.ts';
import type { Person } from '../../../../../shared/people/person.ts';
import type { LogEntry } from '../../../../../shared/record/logEntry.ts';
import { quickPeople, START_MS } from './quickPeople.ts';
import type { QuickPeople } from './quickPeople.ts';

const MINUTE_MS = 60_000;
const adaPassword = 'harbour lights at six';

type Workstation = QuickPeople & {
  /** `line`: the connection; of `address` undefined it is a window of the application. */
  enter: (name: string, password: string, screen?: string, from?: Partial<CameFrom>) => Promise<Opened>;
  who: (opened: Opened) => Person | undefined;
};

function startWorkstation(options: Parameters<typeof quickPeople>[0] = {}): Workstation {
  const made = quickPeople(options);
  return {
    ...made,
    enter: (name, password, screen = 'screen 1', from = {}) =>
      made.signIn.signIn({ name, password, screen }, { address: '127.0.0.1', line: screen, ...from }),
    who: ({ ticket }) => made.signIn.personOf(ticket),
  };
}

type Staffed = Workstation & { ada: Person; bobId: string };

/** Ada administers, Bob dispatches. */
async function staffed(): Promise<Staffed> {
  const made = startWorkstation();
  const opened = await made.signIn.setUp({ name: 'Ada', password: adaPassword, screen: 'screen 1' });
  const ada = made.who(opened)!;
  const bobId = await made.accounts.create(ada, { name: 'Bob', role: 'dispatcher', password: 'seven green bottles' });
  return { ...made, ada, bobId };
}

async function refusals({ enter }: Workstation, name: string, count: number, screen: string): Promise<string[]> {
  const said: string[] = [];
  for (let at = 0; at < count; at++)
    await enter(name, 'forgotten', screen).catch((error: unknown) => said.push((error as Error).message));
  return said;
}

describe('the first start', () => {
  it('makes the first administrator once, and never with a password that is none', async () => {
    const made = startWorkstation();
    expect(made.signIn.welcome()).toMatchObject({ isSetUpDue: true, demonstration: [] });
    await expect(made.signIn.setUp({ name: 'Ada', password: 'ada', screen: 's' })).rejects.toMatchObject({
      code: 'badInput',
    });
    const both = await Promise.allSettled([
      made.signIn.setUp({ name: 'Ada', password: adaPassword, screen: 's' }),
      made.signIn.setUp({ name: 'Eve', password: adaPassword, screen: 't' }),
    ]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(made.signIn.welcome().isSetUpDue).toBe(false);
    expect(made.accounts.present()).toEqual([expect.objectContaining({ name: 'Ada', role: 'administrator' })]);
  });

  it('makes nobody administrator of a desk that was just joined, and lets its people in when its log is there', async () => {
    const made = await staffed();
    const joined = startWorkstation({ workstation: 'ws-b' });
    joined.key.take(made.key.wrapFor(joined.key.publicKey));
    const open = joined.log.hold();
    expect(joined.signIn.welcome().isSetUpDue).toBe(false);
    const early = Promise.allSettled([
      joined.signIn.setUp({ name: 'Eve', password: adaPassword, screen: 's' }),
      joined.enter('Ada', adaPassword),
    ]);
    joined.log.hear(made.log.entries);
    open();
    expect(await early).toMatchObject([
      { status: 'rejected', reason: { message: 'There is an administrator already.' } },
      { status: 'fulfilled' },
    ]);
    expect(joined.accounts.present().map(({ name }) => name)).toEqual(['Ada', 'Bob']);
  });

  it('has accounts named by role in the simulated county, and shows a password only while it is the known one', async () => {
    const made = startWorkstation({ isDemonstration: true });
    await made.signIn.makeDemonstration();
    await made.signIn.makeDemonstration();
    expect(made.signIn.welcome()).toMatchObject({ isSetUpDue: false });
    expect(made.signIn.welcome().demonstration.map(({ name }) => name)).toEqual([
      'Viewer',
      'Operator',
      'Dispatcher',
      'Supervisor',
      'Administrator',
    ]);
    for (const { name, password } of made.signIn.welcome().demonstration)
      expect(made.who(await made.enter(name, password))).toMatchObject({ name, role: name.toLowerCase() });
    const administrator = made.who(await made.enter('Administrator', 'administrator-demo'))!;
    await made.accounts.resetPassword(administrator, 'demo-operator', 'something of our own');
    expect(made.signIn.welcome().demonstration.map(({ name }) => name)).not.toContain('Operator');
  });

  it('lets nobody into a real county with a password that everybody knows', async () => {
    const demonstration = startWorkstation({ isDemonstration: true });
    await demonstration.signIn.makeDemonstration();
    const opened = await demonstration.enter('Administrator', 'administrator-demo');
    const real = startWorkstation();
    real.log.hear(demonstration.log.entries);
    expect(real.signIn.welcome()).toMatchObject({ isSetUpDue: true, demonstration: [] });
    await expect(real.enter('Administrator', 'administrator-demo')).rejects.toMatchObject({ code: 'refused' });
    expect(real.who(opened)).toBeUndefined();
  });
});

describe('a bad day', () => {
  it('a forgotten password locks the name at its source, a right one does not open it there, and the lock ends by itself', async () => {
    const made = await staffed();
    const said: string[] = [];
    for (let at = 0; at < 10; at++) {
      said.push(...(await refusals(made, 'Bob', 1, `screen ${at + 2}`)));
      made.clock.nowMs += MINUTE_MS;
    }
    expect(new Set(said)).toEqual(new Set(['Name or password is wrong.']));
    await expect(made.enter('Bob', 'seven green bottles', 'screen 20')).rejects.toThrow(
      'This name is locked here after too many attempts. The lock ends in 14 minutes; an administrator can lift it.',
    );
    expect(made.accounts.list().accounts.find(({ id }) => id === made.bobId)).toMatchObject({
      lockedUntilMs: START_MS + 24 * MINUTE_MS,
    });
    expect(made.log.entries.map(({ event }) => event.kind)).toContain('account.locked');
    made.clock.nowMs += 14 * MINUTE_MS;
    expect(made.who(await made.enter('Bob', 'seven green bottles', 'screen 20'))).toMatchObject({ name: 'Bob' });
  });

  it('an administrator lifts a lock', async () => {
    const made = await staffed();
    for (let at = 0; at < 10; at++) {
      await refusals(made, 'Bob', 1, `screen ${at + 2}`);
      made.clock.nowMs += MINUTE_MS;
    }
    await made.accounts.liftLock(made.ada, made.bobId);
    expect(made.accounts.list().accounts.some(({ lockedUntilMs }) => lockedUntilMs !== undefined)).toBe(false);
    expect(made.who(await made.enter('Bob', 'seven green bottles', 'screen 20'))).toMatchObject({ name: 'Bob' });
  });

  it('pauses grow, and what is tried in a pause is neither looked at nor written down', async () => {
    const made = await staffed();
    expect(await refusals(made, 'Bob', 5, 'screen 1')).toEqual([
      ...Array<string>(3).fill('Name or password is wrong.'),
      'Too many attempts. Try again in 2 s.',
      'Too many attempts. Try again in 2 s.',
    ]);
    await expect(made.enter('Bob', 'seven green bottles')).rejects.toThrow('Try again in 2 s.');
    expect(made.log.entries.filter(({ event }) => event.kind === 'session.refused')).toHaveLength(3);
    made.clock.nowMs += 2000;
    expect(await refusals(made, 'Bob', 2, 'screen 1')).toEqual([
      'Name or password is wrong.',
      'Too many attempts. Try again in 4 s.',
    ]);
  });

  it('a connection that tries names is paused whatever names they are, and the names are not kept', async () => {
    const made = await staffed();
    for (let at = 0; at < 5; at++) await refusals(made, `my-secret-${at}`, 1, 'screen 9');
    await expect(made.enter('Bob', 'seven green bottles', 'screen 9')).rejects.toThrow('Too many attempts.');
    expect(made.who(await made.enter('Bob', 'seven green bottles', 'screen 2'))).toMatchObject({ name: 'Bob' });
    expect(JSON.stringify(made.log.entries)).not.toContain('my-secret');
  });

  it('a restart and another workstation know of the attempts too', async () => {
    const made = await staffed();
    await refusals(made, 'Bob', 4, 'screen 2');
    const other = startWorkstation({ workstation: 'ws-b', clock: made.clock });
    other.key.take(made.key.wrapFor(other.key.publicKey));
    other.log.hear(made.log.entries);
    await expect(other.enter('Bob', 'seven green bottles')).rejects.toThrow('Try again in 2 s.');
    made.clock.nowMs += 2000;
    expect(other.who(await other.enter('Bob', 'seven green bottles'))).toMatchObject({ name: 'Bob' });
  });
});

describe('unknown devices that try passwords', () => {
  /** Tries invented names, and the true ones, at four connections that are made anew after each attempt. */
  async function attack(made: Workstation, rounds: number): Promise<void> {
    for (let at = 0; at < rounds; at++) {
      const names = [`invented ${at}`, 'Ada', 'Bob', 'nobody'];
      await Promise.all(names.map((name, of) => refusals(made, name, 1, `attacker ${at} ${of}`)));
      made.clock.nowMs += 1000;
    }
  }

  it('never close the sign-in for a device where somebody was signed in before, nor for the own windows', async () => {
    const made = await staffed();
    await attack(made, 100);
    expect(made.who(await made.enter('Ada', adaPassword, 'screen 1'))).toMatchObject({ name: 'Ada' });
    // Another person at that device is known, too.
    expect(made.who(await made.enter('Bob', 'seven green bottles', 'screen 1'))).toMatchObject({ name: 'Bob' });
    const window = { address: undefined, line: 'window' };
    expect(made.who(await made.enter('Ada', adaPassword, 'a new screen', window))).toMatchObject({ name: 'Ada' });
  });

  it('with invented names do not close it for a new device either', async () => {
    const made = await staffed();
    for (let at = 0; at < 200; at++) {
      await refusals(made, `invented ${at}`, 1, `attacker ${at}`);
      made.clock.nowMs += 500;
    }
    expect(made.who(await made.enter('Ada', adaPassword, 'a new screen'))).toMatchObject({ name: 'Ada' });
  });

  it('learn nothing of which names exist: sentences, pauses and locks are the same', async () => {
    const made = await staffed();
    const course = async (name: string): Promise<string[]> => {
      const said: string[] = [];
      for (let at = 0; at < 40; at++) {
        said.push(...(await refusals(made, name, 1, `${name} ${at}`)));
        made.clock.nowMs += 15_000;
      }
      return said;
    };
    const [ofKnown, ofLast, ofUnknown] = [await course('Bob'), await course('Ada'), await course('Eve')];
    expect(new Set(ofKnown.map((text) => text.replace(/\d+/, 'n'))).size).toBeGreaterThan(2);
    expect([ofLast, ofUnknown]).toEqual([ofKnown, ofKnown]);
  });

  it('cannot fill the log, which is kept for good', async () => {
    const made = await staffed();
    const before = made.log.entries.length;
    await attack(made, 500);
    expect(made.log.entries.length - before).toBeLessThan(60);
  });

  it('cannot present a device that the log names', async () => {
    const made = await staffed();
    const device = made.log.entries.flatMap(({ event }) => (event.kind === 'session.opened' ? event.screen : []))[0]!;
    expect(device).not.toContain('screen 1');
    await attack(made, 20);
    await expect(made.enter('Ada', adaPassword, device)).rejects.toThrow('Too many attempts.');
  });
});

describe('while the record cannot be written', () => {
  it('people come in to see, and passwords cannot be tried without end', async () => {
    const made = await staffed();
    made.log.fail();
    const bob = await made.enter('Bob', 'seven green bottles');
    expect([made.who(bob)?.name, made.signIn.personOf(made.signIn.resume(bob.secret))?.name]).toEqual(['Bob', 'Bob']);
    await made.signIn.close(bob.ticket, 'locked');
    expect(made.who(bob)).toBeUndefined();
    for (let at = 0; at < 5; at++) await refusals(made, 'Bob', 1, `screen ${at}`);
    await expect(made.enter('Bob', 'seven green bottles', 'screen 9')).rejects.toThrow('Too many attempts.');
  });
});

describe('sessions', () => {
  it('go on by their secret, at their workstation, until they end', async () => {
    const made = await staffed();
    const bob = await made.enter('Bob', 'seven green bottles');
    expect(made.signIn.personOf(made.signIn.resume(bob.secret))).toMatchObject({ id: made.bobId });
    const other = startWorkstation({ workstation: 'ws-b', clock: made.clock });
    other.log.hear(made.log.entries);
    expect(() => other.signIn.resume(bob.secret)).toThrow('This session is over.');
    await made.signIn.close(bob.ticket, 'locked');
    expect(made.who(bob)).toBeUndefined();
    expect(() => made.signIn.resume(bob.secret)).toThrow('This session is over.');
  });

  it('end after the longest shift', async () => {
    const made = await staffed();
    const bob = await made.enter('Bob', 'seven green bottles');
    made.clock.nowMs = bob.expiresAtMs - 1;
    expect(made.who(bob)).toMatchObject({ name: 'Bob' });
    made.clock.nowMs = bob.expiresAtMs;
    expect(made.who(bob)).toBeUndefined();
  });

  it('end at once with their account, and with another password, but for the one in which it was set', async () => {
    const made = await staffed();
    const [first, second] = [
      await made.enter('Bob', 'seven green bottles'),
      await made.enter('Bob', 'seven green bottles', 'screen 2'),
    ];
    const changes: (string | undefined)[] = [];
    made.people.onChange(() => changes.push(made.who(first)?.name));
    await expect(
      made.accounts.changePassword(made.who(first)!, { oldPassword: 'wrong', newPassword: 'eight green bottles' }, 'x'),
    ).rejects.toMatchObject({ code: 'refused' });
    await made.accounts.changePassword(
      made.who(first)!,
      { oldPassword: 'seven green bottles', newPassword: 'eight green bottles' },
      'sessionId' in first.ticket ? first.ticket.sessionId : '',
    );
    expect([made.who(first)?.name, made.who(second)]).toEqual(['Bob', undefined]);
    await made.accounts.revoke(made.ada, made.bobId);
    expect(changes.at(-1)).toBeUndefined();
    await expect(made.enter('Bob', 'eight green bottles')).rejects.toMatchObject({ code: 'refused' });
    await made.accounts.restore(made.ada, made.bobId);
    expect(made.who(first)).toBeUndefined();
    expect(made.who(await made.enter('bob ', 'eight green bottles'))).toMatchObject({ name: 'Bob' });
  });

  it('have the rights of now', async () => {
    const made = await staffed();
    const bob = await made.enter('Bob', 'seven green bottles');
    await made.accounts.change(made.ada, made.bobId, { role: 'viewer', name: 'Robert' });
    expect(made.who(bob)).toEqual({ id: made.bobId, name: 'Robert', role: 'viewer' });
  });

  it('of a display without a keyboard end with its token', async () => {
    const made = await staffed();
    const { token, tokenId } = await made.accounts.issueToken(made.ada, 'North wall');
    const ticket = made.signIn.showToken(token);
    expect(made.signIn.personOf(ticket)).toEqual({ id: `token:${tokenId}`, name: 'North wall', role: 'viewer' });
    expect(JSON.stringify(made.log.entries)).not.toContain(token);
    await made.accounts.revokeToken(made.ada, tokenId);
    expect(made.signIn.personOf(ticket)).toBeUndefined();
    expect(() => made.signIn.showToken(token)).toThrow('The token of this display was revoked.');
    expect(() => made.signIn.showToken('guessed')).toThrow('no valid token');
  });
});

describe('accounts', () => {
  it('have names of their own, and the last administrator stays', async () => {
    const made = await staffed();
    await expect(
      made.accounts.create(made.ada, { name: ' bob', role: 'viewer', password: 'a good long one' }),
    ).rejects.toMatchObject({ code: 'refused' });
    await expect(made.accounts.revoke(made.ada, made.ada.id)).rejects.toThrow('last administrator');
    await expect(made.accounts.change(made.ada, made.ada.id, { role: 'operator' })).rejects.toThrow(
      'last administrator',
    );
    await made.accounts.change(made.ada, made.bobId, { role: 'administrator' });
    await made.accounts.revoke(made.ada, made.ada.id);
    expect(made.accounts.list().accounts.find(({ id }) => id === made.ada.id)?.isRevoked).toBe(true);
  });

  it('stay with one administrator when two remove each other at workstations that do not hear of one another', async () => {
    const made = await staffed();
    await made.accounts.change(made.ada, made.bobId, { role: 'administrator' });
    const other = startWorkstation({ workstation: 'ws-b', clock: made.clock });
    other.log.hear(made.log.entries);
    const bob: Person = { id: made.bobId, name: 'Bob', role: 'administrator' };
    const shared = made.log.entries.length;
    await made.accounts.revoke(made.ada, made.bobId);
    await other.accounts.revoke(bob, made.ada.id);
    const apart = made.log.entries.slice(shared);
    made.log.hear(other.log.entries);
    other.log.hear(apart);
    expect(made.accounts.list()).toEqual(other.accounts.list());
    expect(made.accounts.present()).toHaveLength(1);
  });

  it('show what two administrators set without knowing of each other, until one who has seen both decides', async () => {
    const made = await staffed();
    const other = startWorkstation({ workstation: 'ws-b', clock: made.clock });
    other.log.hear(made.log.entries);
    await made.accounts.change(made.ada, made.bobId, { role: 'operator' });
    await other.accounts.change(made.ada, made.bobId, { role: 'supervisor' });
    made.log.hear(other.log.entries);
    const bob = (): unknown => made.accounts.list().accounts.find(({ id }) => id === made.bobId);
    expect(bob()).toMatchObject({
      role: 'supervisor',
      conflicts: [{ field: 'role', kept: 'supervisor', lost: 'operator', lostBy: 'Ada' }],
    });
    await made.accounts.change(made.ada, made.bobId, { role: 'operator' });
    expect(bob()).toMatchObject({ role: 'operator', conflicts: [] });
  });

  it('are not changed by who may not, whatever engine wrote it down', async () => {
    const made = await staffed();
    const bob = made.who(await made.enter('Bob', 'seven green bottles'))!;
    await made.accounts.change({ ...bob, role: 'administrator' }, made.bobId, { role: 'administrator' });
    await made.accounts.resetPassword({ ...bob, role: 'administrator' }, made.ada.id, 'bob knows this one');
    expect(made.accounts.list().accounts.find(({ id }) => id === made.bobId)?.role).toBe('dispatcher');
    await expect(made.enter('Ada', 'bob knows this one')).rejects.toMatchObject({ code: 'refused' });
  });

  it('hand no password and no verifier to who reads the log', async () => {
    const made = await staffed();
    const text = JSON.stringify(made.log.entries);
    for (const secret of ['scrypt', adaPassword, 'seven green bottles']) expect(text).not.toContain(secret);
    const stranger = startWorkstation({ workstation: 'ws-x', clock: made.clock });
    stranger.log.hear(made.log.entries);
    await expect(stranger.enter('Bob', 'seven green bottles')).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('come out the same in whatever order the entries arrive', async () => {
    const made = await staffed();
    const other = startWorkstation({ workstation: 'ws-b', clock: made.clock });
    other.key.take(made.key.wrapFor(other.key.publicKey));
    other.log.hear(made.log.entries);
    await made.accounts.change(made.ada, made.bobId, { role: 'operator' });
    await refusals(made, 'Bob', 3, 'screen 1');
    made.clock.nowMs += 5000;
    await other.accounts.change(made.ada, made.bobId, { name: 'Robert' });
    await other.enter('Robert', 'seven green bottles');
    const { tokenId } = await other.accounts.issueToken(made.ada, 'Wall');
    await other.accounts.revokeToken(made.ada, tokenId);
    const all = [...made.log.entries, ...other.log.entries.filter(({ sequence }) => sequence === 'ws-b.1')];
    const look = (entries: readonly (readonly LogEntry[])[]): unknown => {
      const book = new PeopleState();
      for (const part of entries) book.take(part);
      return [
        book.people
          .accounts()
          .map((account) => book.people.describe(account, undefined))
          .sort((a, b) => (a.id < b.id ? -1 : 1)),
        book.people.tokens(),
      ];
    };
    const expected = look([all]);
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (order) => {
        expect(look(order.map((entry) => [entry]))).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });
});
