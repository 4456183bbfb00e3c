import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { expect, it, onTestFinished } from 'vitest';
import { openScreen } from '../../support/openScreen.ts';
import { freePort } from '../../support/freePort.ts';
import { startBuilt } from '../../support/startBuilt.ts';
import type { BuiltProcess } from '../../support/startBuilt.ts';
import { alarmOf, noticesOf, startFaultBench } from '../../support/startFaultBench.ts';
import { eventually } from '../../support/startHost.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const HOUR_MS = 3_600_000;

it('a broker killed under load costs nothing that it acknowledged, and the screen says so while it is gone', async () => {
  const port = await freePort();
  const dir = join(temporaryFolder(), 'broker');
  const start = async (): Promise<BuiltProcess> => {
    const broker = await startBuilt('broker', ['--data', dir, '--port', String(port)], /"listening":/);
    onTestFinished(async () => {
      await broker.kill();
    });
    return broker;
  };
  let broker = await start();
  const { start: startEngine, stream, complete } = await startFaultBench({ brokerUrl: `mqtt://127.0.0.1:${port}` });
  const screen = await openScreen((await startEngine()).url);
  for (let round = 0; round < 3; round++) {
    stream.run(10);
    await new Promise((resolve) => setTimeout(resolve, 700));
    await broker.kill();
    expect(await alarmOf(screen, 'system.broker')).toBe('Connection to the broker lost');
    expect(screen.stream('vitals').get()?.broker.state).toBe('lost');
    broker = await start();
    await eventually(
      'The connection',
      () => screen.stream('vitals').get()?.broker.state === 'connected' || undefined,
      60_000,
    );
    await complete(screen);
    await eventually(
      'The end of the alarm',
      () =>
        ![...(screen.stream('alarms').get()?.values() ?? [])].some(
          ({ rule, state }) => rule === 'system.broker' && state === 'active',
        ) || undefined,
    );
  }
  expect(stream.sent).toBeGreaterThan(50);
});

it('a clock that steps back an hour and forward a day costs nothing, and is told', async () => {
  const { url, start, stream, complete } = await startFaultBench();
  const clock = await connectAsync(url);
  onTestFinished(() => clock.endAsync(true));
  const setClock = async (offsetMs: number): Promise<void> => {
    await clock.publishAsync('beacon/v1/clock', JSON.stringify({ at: Date.now() + offsetMs, speed: 1 }), {
      qos: 1,
      retain: true,
    });
  };
  await setClock(0);
  const engine = await start('broker');
  const screen = await openScreen(engine.url);
  const nowMs = (): number => screen.stream('vitals').get()?.nowMs ?? 0;
  const startedMs = nowMs();
  // A step is seen against the time before it.
  await eventually('Some time of the county', () => nowMs() > startedMs + 2500 || undefined);
  for (const [offsetMs, word] of [
    [0, undefined],
    [-2 * HOUR_MS, /went back by 2 hours/],
    [22 * HOUR_MS, /went forward by 24 hours/],
    [0, /went back by 22 hours/],
  ] as const) {
    await setClock(offsetMs);
    if (word !== undefined) await eventually(String(word), () => word.test(noticesOf(screen)) || undefined);
    for (let n = 0; n < 50; n++) stream.send();
    await complete(screen);
  }
  const { quality } = await screen.request('series.query', {
    deviceId: 'F1-0',
    quantity: 'registerKwh',
    fromMs: 0,
    toMs: Date.now(),
    maxPoints: 5000,
    asRate: false,
  });
  // Only what came while the clock was behind is doubted.
  expect([quality.slice(0, 50), quality.slice(50, 100), quality.slice(100)].map((part) => [...new Set(part)])).toEqual([
    [0],
    [2],
    [0],
  ]);
  expect(await engine.stop()).toBe(0);
});
