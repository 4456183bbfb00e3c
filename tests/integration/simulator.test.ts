import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unitMessageSchema } from '../../shared/wire/topics.ts';
import { startMosquitto } from '../support/startMosquitto.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const ENTRY = join(import.meta.dirname, '../../simulators/entry.ts');

/** Far beyond what a busy machine needs. */
const LIMIT_MS = 240_000;

type Ended = { code: number | null; out: string; error: string };

/** The simulator as a process of its own; `stop` ends it the way Ctrl+C does. */
function simulate(...args: string[]): { stop: () => Promise<Ended>; ended: Promise<Ended>; said: () => string } {
  const child = spawn(process.execPath, [ENTRY, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, error] = ['', ''];
  child.stdout.on('data', (text: Buffer) => (out += text.toString()));
  child.stderr.on('data', (text: Buffer) => (error += text.toString()));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, out, error }));
  return { ended, said: () => out, stop: () => (child.kill('SIGTERM'), ended) };
}

describe('the simulator and a broker', () => {
  let broker: Awaited<ReturnType<typeof startMosquitto>>;
  beforeAll(async () => {
    broker = await startMosquitto();
  });
  afterAll(() => broker.dispose());

  it('delivers history and the present, and keeps a ledger of exactly what was acknowledged', async () => {
    const folder = temporaryFolder();
    const [ledgerFile, truthFile] = [join(folder, 'ledger'), join(folder, 'truth')];
    const client = await connectAsync(broker.url);
    const heard: { topic: string; payload: string }[] = [];
    client.on('message', (topic, payload) => heard.push({ topic, payload: payload.toString() }));
    await client.subscribeAsync(['beacon/v1/#', '/hfp/v2/#'], { qos: 1 });
    const run = simulate(
      'run',
      '--broker',
      broker.url,
      '--scale',
      '0.05',
      '--speed',
      '30',
      '--ledger',
      ledgerFile,
      '--truth',
      truthFile,
      '--start',
      '2026-05-04T13:00:00Z',
    );
    await expect
      .poll(
        () => heard.filter(({ topic }) => topic.startsWith('beacon/v1/meter/') && !topic.endsWith('/intervals')).length,
        { timeout: LIMIT_MS },
      )
      .toBeGreaterThan(500);
    const { code, out } = await run.stop();
    expect([code, out.includes('History of 3 days delivered')]).toEqual([0, true]);
    const told = (): string[] =>
      heard
        .filter(({ topic }) => /^beacon\/v1\/(traffic|meter|zone|unit|report)\/|\/intervals$/.test(topic))
        .map(({ topic, payload }) => keyOf(topic, JSON.parse(payload) as Times))
        .toSorted();
    const ledger = lines<Times & { topic: string }>(ledgerFile).map((entry) => keyOf(entry.topic, entry));
    // The broker may answer the county before it has delivered the same messages to us.
    await expect.poll(() => told().length, { timeout: LIMIT_MS }).toBeGreaterThanOrEqual(ledger.length);
    expect(ledger.toSorted()).toEqual(told());
    expect(heard.some(({ topic }) => topic.startsWith('/hfp/v2/journey/ongoing/vp/bus/'))).toBe(true);
    expect(heard.some(({ topic }) => topic === 'beacon/v1/clock')).toBe(true);
    expect(lines<{ scenario: string }>(truthFile).map(({ scenario }) => scenario)).toContain('burst');
    await client.endAsync();
  });

  it('lets units be ordered over the broker', async () => {
    const client = await connectAsync(broker.url);
    const statuses: string[] = [];
    client.on('message', (_, payload) => statuses.push(unitMessageSchema.parse(JSON.parse(payload.toString())).status));
    await client.subscribeAsync('beacon/v1/unit/ENGINE-1', { qos: 1 });
    const run = simulate(
      'run',
      '--broker',
      broker.url,
      '--scale',
      '0.05',
      '--speed',
      '60',
      '--scenario',
      'quiet',
      '--no-history',
    );
    await expect.poll(() => statuses.length, { timeout: LIMIT_MS }).toBeGreaterThan(0);
    await client.publishAsync(
      'beacon/v1/dispatch/ENGINE-1',
      JSON.stringify({ at: Date.now(), incident: 'I-7', order: 'go', lon: -93.27, lat: 44.07 }),
      { qos: 1 },
    );
    await expect.poll(() => statuses.at(-1), { timeout: LIMIT_MS }).toBe('onScene');
    await run.stop();
    await client.endAsync();
  });

  it('generates a county into a folder and simulates that', async () => {
    const folder = join(temporaryFolder(), 'county');
    expect((await simulate('generate', '--out', folder, '--scale', '0.05').ended).code).toBe(0);
    expect([existsSync(join(folder, 'gtfs/trips.txt')), existsSync(`${folder}.tmp`)]).toEqual([true, false]);
    const client = await connectAsync(broker.url);
    await client.subscribeAsync('beacon/v1/zone/+', { qos: 1 });
    const run = simulate('run', '--broker', broker.url, '--county', folder, '--no-history', '--speed', '60');
    await new Promise((resolve) => client.once('message', resolve));
    expect((await run.stop()).code).toBe(0);
    await client.endAsync();
  });

  it('tells once that a broker cannot be reached, and still ends cleanly', async () => {
    const run = simulate('run', '--broker', 'mqtt://127.0.0.1:1', '--scale', '0.05');
    await expect.poll(run.said, { timeout: LIMIT_MS }).toContain('cannot be reached');
    // Time for more attempts, which are not told.
    await new Promise((resolve) => setTimeout(resolve, 4000));
    const { code, out, error } = await run.stop();
    expect([code, out.match(/cannot be reached/g)?.length, error]).toEqual([0, 1, '']);
  });

  it.each([
    [['run', '--broker', 'mqtt://127.0.0.1:1', '--scenario', 'flood']],
    [['run', '--broker', 'mqtt://127.0.0.1:1', '--county', '/nowhere/at/all']],
    [['run', '--broker', 'mqtt://127.0.0.1:1', '--ca', '/nowhere/ca.pem', '--scale', '0.05']],
    [['generate', '--out', join(ENTRY, 'county'), '--scale', '0.05']],
  ])('ends %j with one sentence and code 2', async (args) => {
    const { code, error } = await simulate(...args).ended;
    expect([code, error.trim().split('\n').length]).toEqual([2, 1]);
  });
});

type Times = { at?: number; from?: number };
const keyOf = (topic: string, { at, from }: Times): string => `${topic} ${at ?? from ?? 0}`;
const lines = <T>(path: string): T[] =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
