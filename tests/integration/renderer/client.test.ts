import { afterEach, expect, it } from 'vitest';
import { keepConnected } from '../../../renderer/client/carrier.ts';
import { createClient } from '../../../renderer/client/client.ts';
import type { Client } from '../../../renderer/client/client.ts';
import { createCountyStore } from '../../../renderer/client/countyData.ts';
import { openSocketLine } from '../../../renderer/client/openSocketLine.ts';
import { createLiveTables } from '../../../renderer/live/liveTables.ts';
import { startFixtureEngine } from '../../support/fixtureEngine.ts';
import type { FixtureEngine } from '../../support/fixtureEngine.ts';

const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

async function engineAt(port: number): Promise<FixtureEngine> {
  const engine = await startFixtureEngine(port);
  cleanups.push(engine.close);
  return engine;
}

function clientOf(port: number): Client {
  const setTimer = (run: () => void, ms: number): (() => void) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  };
  const every = (ms: number, run: () => void): (() => void) => {
    const timer = setInterval(run, ms);
    return () => clearInterval(timer);
  };
  const carrier = keepConnected(openSocketLine(`ws://127.0.0.1:${port}/contract`), { random: () => 0, setTimer });
  const client = createClient(carrier, { monotonicMs: () => performance.now(), every });
  cleanups.push(client.stop);
  return client;
}

it('a screen loads the county and sees vehicles move over a real WebSocket', async () => {
  const { port } = await engineAt(0);
  const client = clientOf(port);
  const county = createCountyStore(client);
  const tables = createLiveTables(client, () => performance.now());
  client.start();
  await expect.poll(() => county.get().meters?.ids.length, { timeout: 60_000 }).toBe(2000);
  await expect.poll(() => tables.vehicles.rows.length, { timeout: 60_000 }).toBe(40);
  await expect.poll(() => client.stream('alarms').get()?.size, { timeout: 60_000 }).toBe(5);
  const placeOf = (row: number): { lon: number; lat: number } => {
    tables.vehicles.motion.draw([row], performance.now(), 1);
    const [lon = NaN, lat = NaN] = tables.vehicles.motion.drawn.subarray(2 * row, 2 * row + 2);
    return { lon, lat };
  };
  const before = placeOf(0);
  // Both directions count: where the loop runs north, the longitude stays.
  const moved = (): number => Math.hypot(placeOf(0).lon - before.lon, placeOf(0).lat - before.lat);
  await expect.poll(moved, { timeout: 60_000 }).toBeGreaterThan(1e-5);
});

it('a screen says that the engine is gone, and comes back by itself', async () => {
  const first = await startFixtureEngine();
  const client = clientOf(first.port);
  client.start();
  await expect.poll(() => client.connection.get().state, { timeout: 60_000 }).toBe('open');
  await first.close();
  await expect.poll(() => client.connection.get().state, { timeout: 60_000 }).toBe('lost');
  await expect(client.request('county.units', {})).rejects.toMatchObject({ code: 'disconnected' });
  await engineAt(first.port);
  await expect.poll(() => client.connection.get().state, { timeout: 60_000 }).toBe('open');
  await expect(client.request('county.units', {})).resolves.toMatchObject({ units: expect.any(Array) as unknown[] });
});
