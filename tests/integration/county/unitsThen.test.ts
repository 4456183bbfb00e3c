import { connectAsync } from 'mqtt';
import { expect, it, onTestFinished, vi } from 'vitest';
import { unitStatuses } from '../../../shared/base/values.ts';
import type { UnitMessage } from '../../../shared/wire/topics.ts';
import { openScreen } from '../../support/openScreen.ts';
import { startFaultBench } from '../../support/startFaultBench.ts';
import { eventually } from '../../support/startHost.ts';

const MINUTE_MS = 60_000;

it('a unit is seen where it was an hour ago, with what it did then, though the engine was killed once it had acknowledged', async () => {
  const bench = await startFaultBench();
  const first = await bench.start();
  const publisher = await connectAsync(bench.url);
  onTestFinished(() => publisher.endAsync(true));
  const nowMs = Date.now();
  const told: UnitMessage[] = [
    {
      at: nowMs - 75 * MINUTE_MS,
      lon: -93.51,
      lat: 44.51,
      status: 'enRoute',
      headingDeg: 90,
      speedMps: 14,
      incident: 'INC-1',
    },
    { at: nowMs - 10 * MINUTE_MS, lon: -93.52, lat: 44.52, status: 'returning' },
    { at: nowMs, lon: -93.53, lat: 44.53, status: 'available' },
  ];
  const watched = await openScreen(first.url, ['units']);
  for (const report of told) await publisher.publishAsync('beacon/v1/unit/U1', JSON.stringify(report), { qos: 1 });
  await eventually('The unit of now', () => watched.rows('units').get(0)?.seenAtMs === nowMs || undefined);
  // All is kept that came before a reading that the engine has stored, as batches commit in the order of arrival.
  bench.stream.send();
  await bench.complete(watched);
  await first.kill();

  const screen = await openScreen((await bench.start()).url, ['units']);
  const expectAt = async (atMs: number, then: object): Promise<void> => {
    await screen.request('time.travel', { atMs, speed: 0 });
    await vi.waitFor(
      () => {
        expect(screen.replay()).toMatchObject({ atMs, state: 'standing' });
        const row = screen.rows('units').get(0);
        const incidentId = screen.stream('units').get()?.get(0)?.incidentId;
        expect({
          lon: row?.lon,
          lat: row?.lat,
          seenAtMs: row?.seenAtMs,
          status: unitStatuses[row?.status ?? -1],
          incidentId,
        }).toEqual(then);
      },
      { timeout: 60_000, interval: 50 },
    );
  };
  // Long before the picture begins, and within it.
  await expectAt(nowMs - 60 * MINUTE_MS, {
    lon: -93.51,
    lat: 44.51,
    seenAtMs: nowMs - 75 * MINUTE_MS,
    status: 'enRoute',
    incidentId: 'INC-1',
  });
  await expectAt(nowMs - 5 * MINUTE_MS, {
    lon: -93.52,
    lat: 44.52,
    seenAtMs: nowMs - 10 * MINUTE_MS,
    status: 'returning',
    incidentId: undefined,
  });
  // Before it was heard at all it is at its base, off duty, as on a screen that has just started.
  await expectAt(nowMs - 90 * MINUTE_MS, {
    lon: -93.5,
    lat: 44.5,
    seenAtMs: Number.NaN,
    status: 'offDuty',
    incidentId: undefined,
  });
});
