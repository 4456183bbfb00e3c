import { describe, expect, it } from 'vitest';
import { START_MS } from './quickPeople.ts';
import { adaPassword, MINUTE_MS, refusals, staffed, startWorkstation } from './staffed.ts';
import type { Workstation } from './staffed.ts';

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
