import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PeopleState } from '../../../../../main/engine/people/PeopleState.ts';
import type { Person } from '../../../../../shared/people/person.ts';
import type { LogEntry } from '../../../../../shared/record/logEntry.ts';
import { START_MS } from './quickPeople.ts';
import { adaPassword, MINUTE_MS, refusals, staffed, startWorkstation } from './staffed.ts';

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

  it('end when nobody does anything for as long as the setting says, also where no screen is there to lock itself', async () => {
    const made = await staffed();
    const [busy, idle] = [
      await made.enter('Bob', 'seven green bottles'),
      await made.enter('Bob', 'seven green bottles', 'screen 2'),
    ];
    const wall = made.signIn.showToken((await made.accounts.issueToken(made.ada, 'Wall')).token);
    await made.people.tend();
    for (let minutes = 0; minutes < 35; minutes++) {
      made.clock.nowMs += MINUTE_MS;
      made.signIn.noteActive(busy.ticket);
      await made.people.tend();
    }
    expect([made.who(busy)?.name, made.who(idle), made.signIn.personOf(wall)?.name]).toEqual([
      'Bob',
      undefined,
      'Wall',
    ]);
    expect(made.log.entries.at(-1)?.event).toMatchObject({ kind: 'session.closed', reason: 'idle' });
    await made.accounts.setIdleLock(made.ada, 0);
    made.clock.nowMs += 600 * MINUTE_MS;
    await made.people.tend();
    expect(made.who(busy)?.name).toBe('Bob');
  });

  it('of a display end when its token expires; one of before tokens expired has an end, too', async () => {
    const made = await staffed();
    const { token, expiresAtMs } = await made.accounts.issueToken(made.ada, 'Fair', 2);
    expect(expiresAtMs).toBe(START_MS + 2 * 24 * 60 * MINUTE_MS);
    const ticket = made.signIn.showToken(token);
    const old = { kind: 'token.issued', tokenId: 'old', label: 'Old', role: 'viewer', secretHash: 'ab' } as const;
    await made.log.perform(made.ada, old);
    expect(made.accounts.list().tokens.find(({ id }) => id === 'old')?.expiresAtMs).toBeGreaterThan(START_MS);
    made.clock.nowMs = expiresAtMs - 1;
    expect(made.signIn.personOf(ticket)).toMatchObject({ role: 'display' });
    made.clock.nowMs = expiresAtMs;
    expect(made.signIn.personOf(ticket)).toBeUndefined();
    expect(() => made.signIn.showToken(token)).toThrow('The token of this display has expired.');
  });

  it('of the own displays go on, because their token is replaced before it expires, unless it was revoked', async () => {
    const made = await staffed();
    await made.people.begin('Own wall');
    const wallName = (): string | undefined => {
      const ticket = made.people.wallTicket();
      return ticket && made.signIn.personOf(ticket)?.name;
    };
    for (let months = 0; months < 30; months++) {
      made.clock.nowMs += 30 * 24 * 60 * MINUTE_MS;
      await made.people.tend();
      expect(wallName()).toBe('Own wall');
    }
    const newest = made.accounts.list().tokens.at(-1)!;
    await made.accounts.revokeToken(made.ada, newest.id);
    made.clock.nowMs = newest.expiresAtMs - MINUTE_MS;
    await made.people.tend();
    expect(wallName()).toBeUndefined();
  });

  it('of a display without a keyboard end with its token', async () => {
    const made = await staffed();
    const { token, tokenId } = await made.accounts.issueToken(made.ada, 'North wall');
    const ticket = made.signIn.showToken(token);
    expect(made.signIn.personOf(ticket)).toEqual({ id: `token:${tokenId}`, name: 'North wall', role: 'display' });
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
