import { describe, expect, it, vi } from 'vitest';
import { Session } from '../../../../../main/engine/live/Session.ts';
import type { SessionSources } from '../../../../../main/engine/live/Session.ts';
import type { Handlers } from '../../../../../main/engine/base/Handlers.ts';
import { SessionSeat } from '../../../../../main/engine/live/SessionSeat.ts';
import { RequestError } from '../../../../../main/engine/base/RequestError.ts';
import type { ScreenOrigin } from '../../../../../main/engine/base/engine.ts';
import type {
  RequestInput,
  RequestName,
  RequestOutput,
  ServerMessage,
} from '../../../../../shared/contract/contract.ts';
import type { Person, ScreenPerson } from '../../../../../shared/people/person.ts';
import { quickPeople } from '../people/quickPeople.ts';
import type { QuickPeople } from '../people/quickPeople.ts';

type Screen = {
  heard: (ServerMessage | ArrayBuffer)[];
  ask: <N extends RequestName>(name: N, input: RequestInput<N>) => Promise<RequestOutput<N>>;
  session: Session;
  person: () => ScreenPerson | undefined;
  pictures: () => number;
};
type Room = QuickPeople & {
  done: { what: string; by: Person }[];
  open: (origin?: ScreenOrigin) => Screen;
  ada: Person;
  bobId: string;
  bob: { name: string; password: string };
};

/** A line to an engine's session whose commands are only noted down, with the accounts of the desk. */
function openScreen(people: QuickPeople['people'], origin: ScreenOrigin, done: Room['done']): Screen {
  let listener: (message: unknown) => void = () => undefined;
  const heard: Screen['heard'] = [];
  const note = (input: RequestInput<'incident.note'>, by: Person): Record<string, never> => {
    done.push({ what: input.text, by });
    return {};
  };
  const sources: SessionSources = {
    version: '1',
    nowMs: () => 5,
    log: () => undefined,
    isHousehold: () => false,
    handlers: { 'incident.note': note, 'county.units': () => ({ units: [] }) } as unknown as Handlers,
    startReplay: () => {
      throw new RequestError('refused', 'No past here.');
    },
    snapshot: () => ({ notices: [] }),
    frame: (_kind, cursor) => (cursor === 0 ? { bytes: new ArrayBuffer(40), cursor: 1 } : undefined),
  };
  const port = {
    send: (message: ServerMessage | ArrayBuffer) => heard.push(message),
    bufferedBytes: () => 0,
    onMessage: (each: typeof listener) => (listener = each),
    onClose: () => undefined,
    close: () => undefined,
  };
  const session = new Session(port, sources, (onChange) => new SessionSeat({ people, origin, onChange }));
  people.onChange(() => session.review());
  listener({ type: 'subscribe', streams: ['notices'], frames: ['vehicles'] });
  listener({ type: 'credit', frames: 10 });
  let lastId = 0;
  return {
    heard,
    session,
    person: () =>
      heard.reduce<ScreenPerson | undefined>(
        (held, message) =>
          'type' in message && (message.type === 'person' || message.type === 'hello') ? message.person : held,
        undefined,
      ),
    pictures: () => heard.filter((message) => message instanceof ArrayBuffer || message.type === 'stream').length,
    ask: async (name, input) => {
      const id = ++lastId;
      listener({ type: 'request', id, name, input });
      const answer = await vi.waitFor(
        () => {
          const found = heard.find(
            (message) =>
              'type' in message && (message.type === 'answer' || message.type === 'error') && message.id === id,
          );
          expect(found).toBeDefined();
          return found as Extract<ServerMessage, { type: 'answer' | 'error' }>;
        },
        { timeout: 60_000, interval: 2 },
      );
      if (answer.type === 'error') throw new RequestError(answer.code, answer.message);
      return answer.output as never;
    },
  };
}

/** Ada administers, Bob operates; `open` connects a screen that wants notices and vehicles. */
async function room(): Promise<Room> {
  const made = quickPeople();
  const done: Room['done'] = [];
  await made.people.begin('Wall of the test');
  const { ticket } = await made.signIn.setUp({ name: 'Ada', password: 'harbour lights at six', screen: 'x' });
  const ada = made.signIn.personOf(ticket)!;
  const bob = { name: 'Bob', password: 'seven green bottles' };
  const given = 'six green bottles';
  const bobId = await made.accounts.create(ada, { ...bob, password: given, role: 'operator' });
  const open = (origin: ScreenOrigin = { isLocal: true }): Screen => openScreen(made.people, origin, done);
  const first = open();
  await first.ask('people.signIn', { name: 'Bob', password: given, screen: 'first' });
  await first.ask('people.changePassword', { oldPassword: given, newPassword: bob.password });
  await first.ask('people.signOut', { reason: 'signedOut' });
  return { ...made, done, open, ada, bobId, bob };
}

const note = (text: string): RequestInput<'incident.note'> => ({ incidentId: 'I-1', text });

describe('a screen that nobody is signed in at', () => {
  it('gets the way in and nothing else', async () => {
    const { open, bob } = await room();
    const screen = open();
    screen.session.publish('notices', { notices: [] });
    await expect(screen.ask('incident.note', note('no'))).rejects.toThrow('Sign in first.');
    await expect(screen.ask('time.travel', { atMs: 1, speed: 1 })).rejects.toThrow('Sign in first.');
    await expect(screen.ask('people.list', {})).rejects.toThrow('Sign in first.');
    expect(screen.heard[0]).toEqual({ type: 'hello', version: '1', nowMs: 5 });
    expect(await screen.ask('people.welcome', {})).toEqual({ isSetUpDue: false, canSetUp: true, demonstration: [] });
    screen.session.pump();
    expect(screen.pictures()).toBe(0);
    await expect(screen.ask('people.signIn', { ...bob, password: 'wrong', screen: 's' })).rejects.toThrow(
      'Name or password is wrong.',
    );
    await expect(screen.ask('people.setUp', { ...bob, screen: 's' })).rejects.toThrow(
      'There is an administrator already.',
    );
  });

  it('makes no first administrator from another machine', async () => {
    const made = quickPeople();
    const screen = openScreen(made.people, { isLocal: false }, []);
    await expect(
      screen.ask('people.setUp', { name: 'Eve', password: 'not from over there', screen: 's' }),
    ).rejects.toThrow('at the workstation itself');
    expect(await screen.ask('people.welcome', {})).toMatchObject({ isSetUpDue: true, canSetUp: false });
  });
});

describe('a screen', () => {
  const subscribe = async ({ ask, session }: Screen, { bob }: Room): Promise<string> => {
    const { secret } = await ask('people.signIn', { ...bob, screen: 'desk 1' });
    session.pump();
    return secret;
  };

  it('acts as who sits there, also when two change places, and the one who left is out', async () => {
    const made = await room();
    const screen = made.open();
    const secret = await subscribe(screen, made);
    await screen.ask('incident.note', note('of Bob'));
    await screen.ask('people.signIn', { name: 'Ada', password: 'harbour lights at six', screen: 'desk 1' });
    await screen.ask('incident.note', note('of Ada'));
    expect(made.done.map(({ what, by }) => [what, by.name])).toEqual([
      ['of Bob', 'Bob'],
      ['of Ada', 'Ada'],
    ]);
    await expect(made.open().ask('people.resume', { secret })).rejects.toThrow('This session is over.');
    expect(made.log.entries.at(-1)?.event).toMatchObject({ kind: 'session.closed', reason: 'changed' });
  });

  it('comes back by its secret when its line broke, and not when it was locked', async () => {
    const made = await room();
    const first = made.open();
    const secret = await subscribe(first, made);
    const second = made.open();
    await second.ask('people.resume', { secret });
    expect(second.person()).toMatchObject({ name: 'Bob' });
    await second.ask('people.signOut', { reason: 'locked' });
    expect([first.person(), second.person()]).toEqual([undefined, undefined]);
    await expect(made.open().ask('people.resume', { secret })).rejects.toThrow('This session is over.');
  });

  it('is out at once when its account is revoked', async () => {
    const made = await room();
    const screen = made.open();
    await subscribe(screen, made);
    await made.accounts.revoke(made.ada, made.bobId);
    expect(screen.person()).toBeUndefined();
    const before = screen.pictures();
    screen.session.publish('notices', { notices: [] });
    screen.session.pump();
    expect(screen.pictures()).toBe(before);
    await expect(screen.ask('incident.note', note('too late'))).rejects.toThrow('Sign in first.');
    expect(made.done).toEqual([]);
  });

  it('has the rights of the role of now, which the engine checks', async () => {
    const made = await room();
    const screen = made.open();
    await subscribe(screen, made);
    await screen.ask('incident.note', note('may'));
    await made.accounts.change(made.ada, made.bobId, { role: 'viewer' });
    expect(screen.person()).toMatchObject({ role: 'viewer' });
    await expect(screen.ask('incident.note', note('may not'))).rejects.toThrow(
      'This needs the role operator; Bob is viewer.',
    );
    await expect(
      screen.ask('people.create', { name: 'Eve', role: 'administrator', password: 'a good long one' }),
    ).rejects.toThrow('This needs the role administrator');
    expect(made.done).toHaveLength(1);
  });

  it('is out when the session ends with time', async () => {
    const made = await room();
    const screen = made.open();
    await subscribe(screen, made);
    made.clock.nowMs += 17 * 3_600_000;
    screen.session.review();
    expect(screen.person()).toBeUndefined();
  });

  it('gets the whole picture with the person, and is told when to lock itself', async () => {
    const made = await room();
    const screen = made.open();
    screen.heard.length = 0;
    await subscribe(screen, made);
    expect(screen.heard.slice(0, 4)).toEqual([
      expect.objectContaining({ type: 'answer' }),
      { type: 'person', person: { id: made.bobId, name: 'Bob', role: 'operator' }, idleLockMinutes: 30 },
      { type: 'stream', stream: 'notices', data: { notices: [] } },
      new ArrayBuffer(40),
    ]);
    await made.accounts.setIdleLock(made.ada, 5);
    expect(screen.heard.at(-1)).toMatchObject({ type: 'person', idleLockMinutes: 5 });
  });
});

describe('a person whose password an administrator chose', () => {
  it('is let in with another one, and until then gets nothing', async () => {
    const made = await room();
    await made.accounts.resetPassword(made.ada, made.bobId, 'chosen by the administrator');
    const screen = made.open();
    const given = { name: 'Bob', password: 'chosen by the administrator', screen: 'desk 1' };
    const { mustChangePassword, secret } = await screen.ask('people.signIn', given);
    expect([mustChangePassword, screen.person(), screen.pictures()]).toEqual([true, undefined, 0]);
    await expect(screen.ask('incident.note', note('no'))).rejects.toThrow('Sign in first.');
    await expect(made.open().ask('people.resume', { secret })).rejects.toThrow('This session is over.');
    const choose = (newPassword: string): Promise<object> =>
      screen.ask('people.changePassword', { oldPassword: given.password, newPassword });
    await expect(choose(given.password)).rejects.toThrow('Take another one.');
    await expect(choose('Passw0rd123')).rejects.toThrow('easy to guess');
    await choose('chosen by Bob alone');
    expect(screen.person()).toMatchObject({ name: 'Bob' });
    const { mustChangePassword: again = false } = await made
      .open()
      .ask('people.signIn', { name: 'Bob', password: 'chosen by Bob alone', screen: 'desk 2' });
    expect(again).toBe(false);
  });
});

describe('a wall display', () => {
  it('is let in by the token of its workstation, is out when that is revoked, and in again with a new one', async () => {
    const made = await room();
    const wall = made.open({ isLocal: true, isWall: true });
    expect(wall.person()).toMatchObject({ name: 'Wall of the test', role: 'display' });
    await expect(wall.ask('incident.note', note('by a wall'))).rejects.toThrow('This needs the role operator');
    await made.accounts.revokeToken(made.ada, made.accounts.list().tokens[0]!.id);
    expect(wall.person()).toBeUndefined();
    await made.people.begin('Wall of the test');
    wall.session.review();
    expect(wall.person()).toBeUndefined();
    made.people.useForWall((await made.accounts.issueToken(made.ada, 'New wall')).token);
    wall.session.review();
    expect(wall.person()).toMatchObject({ name: 'New wall' });
  });

  it('elsewhere shows a token that was issued for it', async () => {
    const made = await room();
    const { token } = await made.accounts.issueToken(made.ada, 'Lobby');
    const wall = made.open();
    await wall.ask('people.showToken', { token });
    expect(wall.person()).toMatchObject({ name: 'Lobby', role: 'display' });
    await expect(made.open().ask('people.showToken', { token: 'guessed' })).rejects.toThrow('no valid token');
  });
});
