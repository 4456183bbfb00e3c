import { describe, expect, it, vi } from 'vitest';
import { RequestError } from '../../../../../main/engine/base/RequestError.ts';
import { person } from '../../../../support/people.ts';
import { Session } from '../../../../../main/engine/live/Session.ts';
import type { SessionSources } from '../../../../../main/engine/live/Session.ts';
import type { Handlers } from '../../../../../main/engine/base/Handlers.ts';
import type { Seat } from '../../../../../main/engine/live/SessionSeat.ts';
import type { ScreenPerson } from '../../../../../shared/people/person.ts';
import type { Alarm } from '../../../../../shared/alarms/alarm.ts';
import type { ContractPort, ServerMessage, StreamMessage } from '../../../../../shared/contract/contract.ts';
import { mergeStream } from '../../../../../renderer/client/mergeStream.ts';

type Line = {
  isClosed: boolean;
  /** Thrown by the port instead of sending what matches. */
  failsOn: (message: ServerMessage | ArrayBuffer) => boolean;
  port: ContractPort;
  say: (message: unknown) => void;
  heard: (ServerMessage | ArrayBuffer)[];
  buffered: number;
};

function line(): Line {
  let listener: (message: unknown) => void = () => undefined;
  const made: Line = {
    heard: [],
    buffered: 0,
    isClosed: false,
    failsOn: () => false,
    say: (message) => listener(message),
    port: {
      send: (message) => {
        if (made.failsOn(message)) throw new RangeError('Invalid string length');
        made.heard.push(message);
      },
      bufferedBytes: () => made.buffered,
      onMessage: (each) => (listener = each),
      onClose: () => undefined,
      close: () => (made.isClosed = true),
    },
  };
  return made;
}

const handlers = {
  'incident.note': vi.fn(() => Promise.resolve({})),
  'alarm.acknowledge': () => {
    throw new RequestError('notFound', 'This alarm is no longer there.');
  },
  'record.list': () => {
    throw new Error('secret detail');
  },
} as unknown as Handlers;

const sources: SessionSources = {
  version: '1',
  handlers,
  nowMs: () => 5,
  log: () => undefined,
  isHousehold: (deviceId) => deviceId.startsWith('meter'),
  startReplay: () => {
    throw new RequestError('refused', 'No past here.');
  },
  snapshot: () => ({ notices: [] }),
  frame: (_kind, cursor) => ({ bytes: new ArrayBuffer(40), cursor: cursor + 1 }),
};
const frames = ({ heard }: Line): number => heard.filter((message) => message instanceof ArrayBuffer).length;

/** Somebody sits there and stays. */
const seatOf = (who: ScreenPerson) => (): Seat => ({
  person: who,
  idleLockMinutes: 0,
  review: () => undefined,
  settle: () => undefined,
  noteActive: () => undefined,
  answer: () => Promise.reject(new RequestError('refused', 'Taken.')),
});

describe('a session', () => {
  it('greets, answers requests as the person who sits there, and checks their input', async () => {
    const screen = line();
    new Session(screen.port, sources, seatOf(person('Operator 1')));
    screen.say({
      type: 'request',
      id: 1,
      name: 'incident.note',
      input: { incidentId: 'I-1', text: 'Ambulance on its way' },
    });
    screen.say({ type: 'request', id: 2, name: 'incident.note', input: { incidentId: 'I-1', text: '' } });
    await vi.waitFor(() => expect(screen.heard).toHaveLength(3), 60_000);
    expect(screen.heard).toContainEqual({ type: 'hello', version: '1', person: person('Operator 1'), nowMs: 5 });
    expect(screen.heard).toContainEqual({ type: 'answer', id: 1, output: {} });
    expect(screen.heard).toContainEqual(expect.objectContaining({ type: 'error', id: 2, code: 'badInput' }));
    expect(handlers['incident.note']).toHaveBeenCalledExactlyOnceWith(
      { incidentId: 'I-1', text: 'Ambulance on its way' },
      person('Operator 1'),
    );
  });

  it('gives the reason of a refusal, and nothing of the inside of a fault', async () => {
    const screen = line();
    new Session(screen.port, sources, seatOf(person('Operator 1')));
    screen.say({ type: 'request', id: 1, name: 'alarm.acknowledge', input: { alarmIds: ['x'] } });
    screen.say({ type: 'request', id: 2, name: 'record.list', input: { limit: 5 } });
    await vi.waitFor(() => expect(screen.heard).toHaveLength(3), 60_000);
    expect(screen.heard).toContainEqual({
      type: 'error',
      id: 1,
      code: 'notFound',
      message: 'This alarm is no longer there.',
    });
    expect(JSON.stringify(screen.heard)).not.toContain('secret detail');
  });

  it('survives rubbish, and answers it where it has a number', () => {
    const screen = line();
    new Session(screen.port, sources, seatOf(person('Operator 1')));
    for (const rubbish of [
      null,
      7,
      'x',
      [],
      {},
      { type: 'request', id: 9, name: 'rm -rf' },
      { type: 'credit', frames: -1 },
      { type: 'subscribe', streams: ['__proto__'], frames: [] },
    ])
      screen.say(rubbish);
    expect(screen.heard.slice(1)).toEqual([expect.objectContaining({ type: 'error', id: 9, code: 'badInput' })]);
  });

  it('sends frames only against credit, and none to a line that is full', () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const screen = line();
    const session = new Session(screen.port, sources, seatOf(person('Operator 1')));
    vi.advanceTimersByTime(1000);
    screen.say({ type: 'subscribe', streams: [], frames: ['vehicles', 'links'] });
    session.pump();
    expect(frames(screen)).toBe(0);
    screen.say({ type: 'credit', frames: 1 });
    expect(frames(screen)).toBe(1);
    vi.advanceTimersByTime(1000);
    screen.buffered = 10_000_000;
    screen.say({ type: 'credit', frames: 2 });
    expect(frames(screen)).toBe(1);
    screen.buffered = 0;
    session.pump();
    expect(frames(screen)).toBe(3);
    vi.useRealTimers();
  });

  it('gives the whole of a stream to a screen that has just subscribed, once', () => {
    const screen = line();
    new Session(screen.port, sources, seatOf(person('Operator 1')));
    screen.say({ type: 'subscribe', streams: ['notices'], frames: [] });
    screen.say({ type: 'subscribe', streams: ['notices'], frames: [] });
    expect(screen.heard.filter((message) => 'type' in message && message.type === 'stream')).toHaveLength(1);
  });

  it('shows a replay in place of the county, refuses commands meanwhile, and comes back to the whole of the live one', async () => {
    const screen = line();
    const end = vi.fn();
    const state = {
      id: 7,
      atMs: 3,
      speed: 1,
      state: 'playing',
      isLearning: false,
      isBehind: false,
      isEmpty: false,
    } as const;
    const replay = {
      state,
      frame: () => ({ bytes: new ArrayBuffer(48), cursor: 9 }),
      stream: () => ({ figures: [] }) as never,
      detail: () => undefined,
      setSpeed: vi.fn(),
      end,
    };
    const session = new Session(
      screen.port,
      { ...sources, startReplay: () => replay, snapshot: () => ({ nowMs: 5 }) as never },
      seatOf(person('Operator 1')),
    );
    screen.say({ type: 'subscribe', streams: ['vitals', 'figures', 'alarms'], frames: ['links'] });
    screen.say({ type: 'credit', frames: 10 });
    screen.heard.length = 0;
    const ask = async (id: number, name: string, input: object): Promise<void> => {
      screen.say({ type: 'request', id, name, input });
      await vi.waitFor(() => expect(screen.heard).toContainEqual(expect.objectContaining({ id })), 60_000);
    };
    await ask(1, 'time.travel', { atMs: 3, speed: 1 });
    expect(screen.heard[0]).toEqual({ type: 'stream', stream: 'vitals', data: { nowMs: 5, replay: state } });
    expect(screen.heard).toContainEqual(new ArrayBuffer(48));
    await ask(2, 'incident.note', { incidentId: 'I-1', text: 'Ambulance on its way' });
    expect(screen.heard).toContainEqual({
      type: 'error',
      id: 2,
      code: 'refused',
      message: 'This screen shows the past. Go back to live to do this.',
    });
    await ask(3, 'entity.detail', { subject: { kind: 'link', id: 'L1' } });
    expect(screen.heard).toContainEqual(expect.objectContaining({ id: 3, code: 'notFound' }));
    await ask(4, 'time.speed', { speed: 60 });
    expect(replay.setSpeed).toHaveBeenCalledWith(60);
    screen.heard.length = 0;
    session.publish('figures', { figures: [] });
    session.publish('alarms', { isFull: false, changed: [], removed: ['A1'] });
    expect(screen.heard).toEqual([expect.objectContaining({ stream: 'alarms' })]);
    await ask(5, 'time.live', {});
    expect(end).toHaveBeenCalledOnce();
    expect(screen.heard).toContainEqual({ type: 'stream', stream: 'vitals', data: { nowMs: 5 } });
    expect(screen.heard).toContainEqual(new ArrayBuffer(40));
    await ask(6, 'time.speed', { speed: 60 });
    expect(screen.heard).toContainEqual(expect.objectContaining({ id: 6, code: 'refused' }));
  });

  it('lets go of its replay when the screen is gone', () => {
    const screen = line();
    const end = vi.fn();
    const session = new Session(
      screen.port,
      { ...sources, startReplay: () => ({ end, stream: () => undefined, frame: () => undefined }) as never },
      seatOf(person('Operator 1')),
    );
    screen.say({ type: 'request', id: 1, name: 'time.travel', input: { atMs: 3, speed: 1 } });
    session.ended();
    expect(end).toHaveBeenCalledOnce();
  });

  it('answers with an error where an answer cannot be carried, and goes on', async () => {
    const screen = line();
    const session = new Session(screen.port, sources, seatOf(person('Operator 1')));
    screen.failsOn = (message) => 'type' in message && message.type === 'answer' && message.id === 1;
    const input = { incidentId: 'I-1', text: 'Ambulance on its way' };
    screen.say({ type: 'request', id: 1, name: 'incident.note', input });
    screen.say({ type: 'request', id: 2, name: 'incident.note', input });
    await vi.waitFor(() => expect(screen.heard).toHaveLength(3), 60_000);
    expect(screen.heard).toContainEqual(expect.objectContaining({ type: 'error', id: 1, code: 'internal' }));
    expect(screen.heard).toContainEqual({ type: 'answer', id: 2, output: {} });
    expect(screen.isClosed).toBe(false);
    session.ended();
  });

  it.each([
    ['a message that cannot be written', { type: 'stream', stream: 'notices' }, 'publish'],
    ['a snapshot that cannot be made', undefined, 'subscribe'],
  ] as const)('ends alone over %s', (_, failing, how) => {
    const [bad, good] = [line(), line()];
    const logged: string[] = [];
    const broken: SessionSources = {
      ...sources,
      log: (_level, message) => logged.push(message),
      ...(failing === undefined && {
        snapshot: () => {
          throw new RangeError('Invalid string length');
        },
      }),
    };
    const session = new Session(bad.port, broken, seatOf(person('Operator 1')));
    const other = new Session(good.port, sources, seatOf(person('Operator 2')));
    if (failing !== undefined) bad.failsOn = (message) => 'stream' in message && message.stream === failing.stream;
    for (const each of [bad, good]) each.say({ type: 'subscribe', streams: ['notices'], frames: [] });
    if (how === 'publish') for (const each of [session, other]) each.publish('notices', { notices: [] });
    expect(bad.isClosed).toBe(true);
    expect(good.isClosed).toBe(false);
    expect(logged).toEqual([expect.stringMatching(/^The session of Operator 1 failed and is closed: RangeError/)]);
    expect(good.heard.length).toBeGreaterThan(1);
  });

  it('sends a large snapshot in pieces as fast as they are read, and what happens meanwhile behind them', () => {
    const screen = line();
    const alarms = Array.from({ length: 10_000 }, (_, index) => ({ id: `A${String(index)}` })) as unknown as Alarm[];
    const snapshot = (): StreamMessage<'alarms'> => ({ isFull: true, changed: alarms, removed: [] });
    const session = new Session(screen.port, { ...sources, snapshot }, seatOf(person('Operator 1')));
    screen.say({ type: 'subscribe', streams: ['alarms'], frames: [] });
    const acknowledged = { id: 'A9999', isAcknowledged: true } as unknown as Alarm;
    session.publish('alarms', { isFull: false, changed: [acknowledged], removed: ['A0'] });
    const messages = (): StreamMessage<'alarms'>[] =>
      screen.heard.flatMap((each) => ('stream' in each && each.stream === 'alarms' ? [each.data] : []));
    const before = messages().length;
    screen.buffered = 10_000_000;
    session.pump();
    expect(messages()).toHaveLength(before);
    expect(before).toBeLessThan(20);
    screen.buffered = 0;
    for (let cycle = 0; cycle < 100; cycle++) session.pump();
    expect(Math.max(...messages().map(({ changed }) => changed.length))).toBeLessThan(1000);
    const state = messages().reduce<ReadonlyMap<string, Alarm> | undefined>(
      (held, message) => mergeStream('alarms', held, message),
      undefined,
    );
    expect(state?.size).toBe(9999);
    expect(state?.get('A9999')).toBe(acknowledged);
  });
});
