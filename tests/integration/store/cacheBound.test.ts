import { join } from 'node:path';
import Database from 'better-sqlite3';
import { connectAsync } from 'mqtt';
import { expect, it, onTestFinished } from 'vitest';
import { seededRandom } from '../../support/makeCounty.ts';
import { faultCounty } from '../../support/MeterStream.ts';
import { startEngine } from '../../support/startEngine.ts';
import { startMosquitto } from '../../support/startMosquitto.ts';
import { openTelemetryPair } from '../../support/telemetryPair.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { writeCounty } from '../../support/writeCounty.ts';

const BOUND_MB = 2;
/** How much of it comes. */
const TIMES_THE_BOUND = 4;
const METERS = 100;
const SPEED = 600;
const EVERY_S = 3;
/** At most so many slots at a time: a step that came late on a busy machine would fill the bound with one batch. */
const MOST_SLOTS = 600;
const SEED = 3;
const DAY_MS = 86_400_000;
/** Of a random double 52 bits are left, however it is packed. */
const BYTES_A_SAMPLE = 6;
/** Is to be there at the end. */
const NEWEST_MS = 300_000;
const LIMIT_MS = 480_000;

/** What the file holds: pages that are free are filled again before it grows. */
function readUsedMb(file: string): number {
  const db = new Database(file, { readonly: true });
  const [pages, free, size] = ['page_count', 'freelist_count', 'page_size'].map((name) =>
    Number(db.pragma(name, { simple: true })),
  );
  db.close();
  return (((pages ?? 0) - (free ?? 0)) * (size ?? 0)) / 1e6;
}

it(
  'a running engine keeps its cache within the bound while data keep coming, and what is left is the newest',
  async () => {
    const folder = temporaryFolder();
    const [countyDir, dataDir] = [join(folder, 'county'), join(folder, 'data')];
    const county = faultCounty(METERS);
    await writeCounty(countyDir, county);
    const broker = await startMosquitto();
    onTestFinished(broker.dispose);
    const publisher = await connectAsync(broker.url);
    onTestFinished(() => publisher.endAsync(true));
    const startMs = Math.floor((Date.now() - 5 * DAY_MS) / 1000) * 1000;
    const startedMs = performance.now();
    await publisher.publishAsync('beacon/v1/clock', JSON.stringify({ at: startMs, speed: SPEED }), { retain: true });
    const engine = await startEngine({
      brokerUrl: broker.url,
      countyDir,
      dataDir,
      clock: 'broker',
      more: ['--cache-mb', String(BOUND_MB)],
    });
    onTestFinished(async () => {
      await engine.kill();
    });

    const random = seededRandom(SEED);
    const committed = (): Promise<number> => engine.metric('beacon_samples_committed_total{feed="beacon-meters"}');
    const usedMb: number[] = [];
    let [fromMs, sent] = [Math.floor(startMs + (performance.now() - startedMs) * SPEED), 0];
    const step = async (): Promise<void> => {
      const toMs = startMs + (performance.now() - startedMs) * SPEED;
      const count = Math.min(MOST_SLOTS, Math.floor((toMs - fromMs) / (EVERY_S * 1000)));
      for (const { id } of county.meters) {
        const voltageV = Array.from({ length: count }, () => 110 + 20 * random());
        await publisher.publishAsync(
          `beacon/v1/meter/${id}/intervals`,
          JSON.stringify({ from: fromMs, everyS: EVERY_S, voltageV }),
          { qos: 1 },
        );
      }
      sent += count * METERS;
      fromMs += count * EVERY_S * 1000;
      await expect.poll(committed).toBe(sent);
      usedMb.push(readUsedMb(join(dataDir, 'telemetry.db')));
      await new Promise((resolve) => setTimeout(resolve, 500));
    };
    while (sent * BYTES_A_SAMPLE < TIMES_THE_BOUND * BOUND_MB * 1e6) await step();
    // What came since the last sweep, and what waits to be sealed, comes on top.
    const mostMb = Math.max(...usedMb);
    expect(mostMb).toBeLessThan((TIMES_THE_BOUND - 1) * BOUND_MB);
    expect(await engine.stop()).toBe(0);
    console.log(
      `${sent.toLocaleString('en')} samples, ${((sent * BYTES_A_SAMPLE) / 1e6).toFixed(1)} MB at least, under a bound of ${BOUND_MB} MB: the file held ${mostMb.toFixed(1)} MB at most.`,
    );

    const left = openTelemetryPair(dataDir, fromMs, { mostBytes: 1e9 });
    onTestFinished(left.close);
    expect(left.range(startMs, startMs + 3_600_000).count).toBe(0);
    expect(left.range(fromMs - NEWEST_MS, fromMs).count).toBe((METERS * NEWEST_MS) / (EVERY_S * 1000));
  },
  LIMIT_MS,
);
