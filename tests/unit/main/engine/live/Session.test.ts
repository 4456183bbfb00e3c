import { describe, expect, it, vi } from 'vitest';
import { RequestError } from '../../../../../main/engine/RequestError.ts';
import { Session } from '../../../../../main/engine/live/Session.ts';
import type { Handlers, SessionSources } from '../../../../../main/engine/live/Session.ts';
import type { ContractPort, ServerMessage } from '../../../../../shared/contract.ts';

type Line = { port: ContractPort; say: (message: unknown) => void; heard: (ServerMessage | ArrayBuffer)[]; buffered: number };

function line(): Line {
  let listener: (message: unknown) => void = () => undefined;
  const made: Line = {
    heard: [],
    buffered: 0,
    say: (message) => listener(message),
    port: { send: (message) => made.heard.push(message), bufferedBytes: () => made.buffered, onMessage: (each) => (listener = each), onClose: () => undefined, close: () => undefined },
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
  version: '1', handlers, nowMs: () => 5, log: () => undefined,
  snapshot: () => ({ notices: [] }),
  frame: (_kind, cursor) => ({ bytes: new ArrayBuffer(40), cursor: cursor + 1 }),
};
const frames = ({ heard }: Line): number => heard.filter((message) => message instanceof ArrayBuffer).length;

describe('a session', () => {
  it('greets, answers requests as the person who sits there, and checks their input', async () => {
    const screen = line();
    new Session(screen.port, sources, 'Operator 1');
    screen.say({ type: 'request', id: 1, name: 'incident.note', input: { incidentId: 'I-1', text: 'Ambulance on its way' } });
    screen.say({ type: 'request', id: 2, name: 'incident.note', input: { incidentId: 'I-1', text: '' } });
    await vi.waitFor(() => expect(screen.heard).toHaveLength(3), 60_000);
    expect(screen.heard).toContainEqual({ type: 'hello', version: '1', person: 'Operator 1', nowMs: 5 });
    expect(screen.heard).toContainEqual({ type: 'answer', id: 1, output: {} });
    expect(screen.heard).toContainEqual(expect.objectContaining({ type: 'error', id: 2, code: 'badInput' }));
    expect(handlers['incident.note']).toHaveBeenCalledExactlyOnceWith({ incidentId: 'I-1', text: 'Ambulance on its way' }, 'Operator 1');
  });

  it('gives the reason of a refusal, and nothing of the inside of a fault', async () => {
    const screen = line();
    new Session(screen.port, sources, 'Operator 1');
    screen.say({ type: 'request', id: 1, name: 'alarm.acknowledge', input: { alarmId: 'x' } });
    screen.say({ type: 'request', id: 2, name: 'record.list', input: { limit: 5 } });
    await vi.waitFor(() => expect(screen.heard).toHaveLength(3), 60_000);
    expect(screen.heard).toContainEqual({ type: 'error', id: 1, code: 'notFound', message: 'This alarm is no longer there.' });
    expect(JSON.stringify(screen.heard)).not.toContain('secret detail');
  });

  it('survives rubbish, and answers it where it has a number', () => {
    const screen = line();
    new Session(screen.port, sources, 'Operator 1');
    for (const rubbish of [null, 7, 'x', [], {}, { type: 'request', id: 9, name: 'rm -rf' }, { type: 'credit', frames: -1 }, { type: 'subscribe', streams: ['__proto__'], frames: [] }]) screen.say(rubbish);
    expect(screen.heard.slice(1)).toEqual([expect.objectContaining({ type: 'error', id: 9, code: 'badInput' })]);
  });

  it('sends frames only against credit, and none to a line that is full', () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const screen = line();
    const session = new Session(screen.port, sources, 'Operator 1');
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
    new Session(screen.port, sources, 'Operator 1');
    screen.say({ type: 'subscribe', streams: ['notices'], frames: [] });
    screen.say({ type: 'subscribe', streams: ['notices'], frames: [] });
    expect(screen.heard.filter((message) => 'type' in message && message.type === 'stream')).toHaveLength(1);
  });
});
