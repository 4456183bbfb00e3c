import { describe, expect, it } from 'vitest';
import { createClient } from '../../../../renderer/client/client.ts';
import type { ReplayState, StreamMessage } from '../../../../shared/contract/contract.ts';
import { encodeFrame, makeColumns } from '../../../../shared/live/frame.ts';
import { fakeCarrier, fakeTicker } from './fakeCarrier.ts';

const hello = {
  type: 'hello',
  version: '1',
  person: { id: 'operator', name: 'operator', role: 'operator' },
  nowMs: 1_000_000,
} as const;
const notices = (id: string): StreamMessage<'notices'> => ({ notices: [{ id, level: 'info', text: id, atMs: 0 }] });

function connected(): {
  client: ReturnType<typeof createClient>;
  line: ReturnType<typeof fakeCarrier>;
  ticker: ReturnType<typeof fakeTicker>;
} {
  const [line, ticker] = [fakeCarrier(), fakeTicker()];
  const client = createClient(line.carrier, ticker);
  client.start();
  line.open();
  line.say(hello);
  return { client, line, ticker };
}

describe('createClient', () => {
  it('says when the engine comes back with another county than the one that the screen was drawn with', () => {
    const { client, line } = connected();
    let others = 0;
    client.onOtherCounty(() => others++);
    for (const county of ['a', 'a', undefined, 'a']) line.say(county === undefined ? hello : { ...hello, county });
    expect(others).toBe(0);
    line.say({ ...hello, county: 'b' });
    expect(others).toBe(1);
  });

  it('subscribes and grants two frames when the line opens', () => {
    const { line } = connected();
    expect(line.sent.map(({ type }) => type)).toEqual(['subscribe', 'credit']);
    expect(line.sent[1]).toEqual({ type: 'credit', frames: 2 });
  });

  it('answers a request by its id and passes on the code of an error', async () => {
    const { client, line } = connected();
    const [profile, search] = [client.request('county.units', {}), client.request('search', { text: 'x' })];
    line.say({ type: 'error', id: 2, code: 'notFound', message: 'Nothing of that name.' });
    line.say({ type: 'answer', id: 1, output: { units: [] } });
    await expect(profile).resolves.toEqual({ units: [] });
    await expect(search).rejects.toMatchObject({
      name: 'RequestError',
      code: 'notFound',
      message: 'Nothing of that name.',
    });
  });

  it('rejects what waits when the line breaks, and what is asked while it is gone', async () => {
    const { client, line } = connected();
    const waiting = client.request('county.units', {});
    line.close();
    await expect(waiting).rejects.toMatchObject({ code: 'disconnected' });
    await expect(client.request('county.units', {})).rejects.toMatchObject({ code: 'disconnected' });
    expect(client.connection.get()).toMatchObject({ state: 'lost', sinceMs: 1_000_000 });
  });

  it('shows the first message of a stream at once and later ones four times a second', () => {
    const { client, line, ticker } = connected();
    const stream = client.stream('notices');
    let told = 0;
    stream.subscribe(() => told++);
    line.say({ type: 'stream', stream: 'notices', data: notices('a') });
    expect(stream.get()?.[0]?.id).toBe('a');
    line.say({ type: 'stream', stream: 'notices', data: notices('b') });
    line.say({ type: 'stream', stream: 'notices', data: notices('c') });
    expect(stream.get()?.[0]?.id).toBe('a');
    ticker.pass(250);
    expect(stream.get()?.[0]?.id).toBe('c');
    expect(told).toBe(2);
  });

  it('hands out frames by kind and gives the credit back, also when a listener throws', () => {
    const { client, line } = connected();
    const columns = makeColumns('links', 1);
    columns.speedRatio[0] = 0.5;
    const seen: number[] = [];
    client.onFrame('links', (frame) => seen.push(frame.columns.speedRatio[0] ?? NaN));
    const buffer = encodeFrame({ kind: 'links', atMs: 0, seq: 0, isFull: true, count: 1, columns });
    line.say(buffer);
    client.onFrame('links', () => {
      throw new Error('a drawing failed');
    });
    expect(() => line.say(buffer)).toThrow('a drawing failed');
    expect(seen).toEqual([0.5, 0.5]);
    expect(line.sent.filter(({ type }) => type === 'credit')).toHaveLength(3);
  });

  it('carries the engine’s time on between its messages, at its speed', () => {
    const { client, line, ticker } = connected();
    ticker.pass(500);
    expect(client.nowMs()).toBe(1_000_500);
    line.say({
      type: 'stream',
      stream: 'vitals',
      data: { nowMs: 2_000_000, clockSpeed: 60 } as StreamMessage<'vitals'>,
    });
    ticker.pass(1000);
    expect(client.nowMs()).toBe(2_060_000);
  });

  it('drops a line that is open and silent', () => {
    const { line, ticker } = connected();
    ticker.pass(9_000);
    expect(line.renewals()).toBe(0);
    ticker.pass(2_000);
    expect(line.renewals()).toBe(1);
  });

  it('keeps a line when the screen itself was held up, and drops it when nothing was waiting', () => {
    const { line, ticker } = connected();
    ticker.pass(250);
    ticker.leap(30_000);
    expect(line.renewals()).toBe(0);
    ticker.pass(250);
    expect(line.renewals()).toBe(1);
  });

  it('keeps the time of the picture apart from the engine’s, and tells when the picture becomes another one', () => {
    const { client, line, ticker } = connected();
    const pictures: (number | undefined)[] = [];
    client.onPicture(() => pictures.push(client.replay()?.id));
    const vitals = (replay?: Partial<ReplayState>): void =>
      line.say({
        type: 'stream',
        stream: 'vitals',
        data: {
          nowMs: 2_000_000,
          clockSpeed: 1,
          ...(replay && {
            replay: {
              id: 1,
              atMs: 500_000,
              speed: 10,
              isLearning: false,
              isBehind: false,
              isEmpty: false,
              state: 'playing',
              ...replay,
            },
          }),
        } as StreamMessage<'vitals'>,
      });
    vitals();
    expect(client.pictureMs()).toBe(2_000_000);
    vitals({ state: 'loading' });
    vitals();
    vitals({});
    vitals({});
    ticker.pass(1000);
    expect([client.nowMs(), client.pictureMs(), client.pictureSpeed()]).toEqual([2_001_000, 510_000, 10]);
    vitals({ state: 'standing' });
    ticker.pass(1000);
    expect([client.pictureMs(), client.pictureSpeed()]).toEqual([500_000, 0]);
    vitals({ id: 2 });
    vitals();
    expect(pictures).toEqual([1, undefined, 1, 2, undefined]);
  });
});
