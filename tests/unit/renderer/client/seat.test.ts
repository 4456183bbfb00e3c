import { describe, expect, it } from 'vitest';
import { createClient } from '../../../../renderer/client/client.ts';
import type { Client } from '../../../../renderer/client/client.ts';
import { createDrafts } from '../../../../renderer/client/drafts.ts';
import type { Drafts } from '../../../../renderer/client/drafts.ts';
import { createSeat, tokenOf } from '../../../../renderer/client/seat.ts';
import type { Seat } from '../../../../renderer/client/seat.ts';
import type { ClientMessage } from '../../../../shared/contract/contract.ts';
import type { Person } from '../../../../shared/people/person.ts';
import { memoryStorage } from '../../../support/memoryStorage.ts';
import { fakeCarrier, fakeTicker } from './fakeCarrier.ts';

const bob: Person = { id: 'b', name: 'Bob', role: 'operator' };
const hello = { type: 'hello', version: '1', nowMs: 1_000_000 } as const;

type Screen = {
  client: Client;
  seat: Seat;
  drafts: Drafts;
  line: ReturnType<typeof fakeCarrier>;
  asked: () => Extract<ClientMessage, { type: 'request' }>[];
  answerLast: (output: unknown) => Promise<void>;
  refuseLast: (message: string) => Promise<void>;
};

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The page's side of a line in the hand of the test. A page that is loaded again has the same storages. */
function screen(session = memoryStorage(), local = memoryStorage(), token?: string): Screen {
  const line = fakeCarrier();
  const client = createClient(line.carrier, fakeTicker());
  const drafts = createDrafts(local, () => 1_000_000);
  const seat = createSeat(client, { session, local, token, randomId: () => '7' }, drafts);
  client.start();
  line.open();
  line.say(hello);
  const asked = (): Extract<ClientMessage, { type: 'request' }>[] =>
    line.sent.filter((message) => message.type === 'request');
  const lastId = (): number => asked().at(-1)?.id ?? 0;
  return {
    client,
    seat,
    drafts,
    line,
    asked,
    answerLast: (output) => {
      line.say({ type: 'answer', id: lastId(), output });
      return settled();
    },
    refuseLast: (message) => {
      line.say({ type: 'error', id: lastId(), code: 'refused', message });
      return settled();
    },
  };
}

async function signedIn(session = memoryStorage(), local = memoryStorage()): Promise<Screen> {
  const made = screen(session, local);
  void made.seat.signIn('Bob', 'seven green bottles');
  await made.answerLast({ secret: 'S', expiresAtMs: 9 });
  made.line.say({ type: 'person', person: bob, idleLockMinutes: 30 });
  made.line.say({
    type: 'stream',
    stream: 'notices',
    data: { notices: [{ id: 'a', level: 'info', text: 'a', atMs: 0 }] },
  });
  return made;
}

describe('a seat', () => {
  it('is free until somebody signs in, as the screen that it is each time', async () => {
    const [session, local] = [memoryStorage(), memoryStorage()];
    const { seat, asked, client } = await signedIn(session, local);
    expect(asked()).toMatchObject([
      { name: 'people.signIn', input: { name: 'Bob', password: 'seven green bottles', screen: 'screen-7' } },
    ]);
    expect([
      seat.state.get(),
      seat.lastNames.get(),
      client.connection.get().person,
      client.connection.get().idleLockMinutes,
    ]).toEqual([{ state: 'taken' }, ['Bob'], bob, 30]);
    expect(
      JSON.stringify([...Array(local.length).keys()].map((at) => local.getItem(local.key(at) ?? ''))),
    ).not.toContain('bottles');
  });

  it('is kept when the line breaks, and when the page is loaded again', async () => {
    const [session, local] = [memoryStorage(), memoryStorage()];
    const first = await signedIn(session, local);
    first.line.close();
    first.line.open();
    first.line.say(hello);
    expect(first.asked().at(-1)).toMatchObject({ name: 'people.resume', input: { secret: 'S' } });
    expect([first.seat.state.get(), first.client.connection.get().person]).toEqual([{ state: 'taken' }, bob]);
    const again = screen(session, local);
    expect(again.seat.state.get()).toEqual({ state: 'asking' });
    expect(again.asked()).toMatchObject([{ name: 'people.resume' }]);
    await again.answerLast({});
    again.line.say({ type: 'person', person: bob, idleLockMinutes: 30 });
    expect(again.seat.state.get()).toEqual({ state: 'taken' });
  });

  it('is lost with its session, and nothing of what was seen stays', async () => {
    const made = await signedIn();
    made.line.say({ type: 'person', idleLockMinutes: 0 });
    expect(made.seat.state.get()).toEqual({
      state: 'away',
      reason: 'You were signed out: the session ended, or an administrator ended it.',
    });
    expect([made.client.stream('notices').get(), made.client.connection.get().person]).toEqual([undefined, undefined]);
    const session = memoryStorage();
    session.setItem('beacon.session', 'old');
    const later = screen(session);
    await later.refuseLast('This session is over. Sign in again.');
    expect(later.seat.state.get()).toEqual({ state: 'away', reason: 'This session is over. Sign in again.' });
    expect(session.getItem('beacon.session')).toBeNull();
  });

  it('is locked by a name, and also where the engine does not hear of it', async () => {
    const made = await signedIn();
    const leaving = made.seat.leave('locked');
    made.line.say({ type: 'person', idleLockMinutes: 0 });
    await made.answerLast({});
    await leaving;
    expect(made.seat.state.get()).toEqual({ state: 'away', lockedBy: 'Bob' });

    const session = memoryStorage();
    const cutOff = await signedIn(session);
    cutOff.line.close();
    await cutOff.seat.leave('locked');
    expect([cutOff.seat.state.get(), session.getItem('beacon.session'), cutOff.client.stream('notices').get()]).toEqual(
      [{ state: 'away', lockedBy: 'Bob' }, null, undefined],
    );
  });

  it('of a display is taken by the token in its address', async () => {
    expect([tokenOf('#/wall?token=abc-_1'), tokenOf('#/wall')]).toEqual(['abc-_1', undefined]);
    const session = memoryStorage();
    const wall = screen(session, memoryStorage(), 'T');
    expect(wall.asked()).toMatchObject([{ name: 'people.showToken', input: { token: 'T' } }]);
    await wall.answerLast({});
    wall.line.say({ type: 'person', person: { id: 'token:1', name: 'Wall', role: 'viewer' }, idleLockMinutes: 0 });
    expect([wall.seat.state.get(), wall.seat.lastNames.get()]).toEqual([{ state: 'taken' }, []]);
    expect(screen(session).asked()).toMatchObject([{ name: 'people.showToken', input: { token: 'T' } }]);
  });
});
