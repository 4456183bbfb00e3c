import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { freePort } from '../../support/freePort.ts';
import { seededRandom } from '../../support/makeCounty.ts';
import { faultCounty, MeterStream } from '../../support/MeterStream.ts';
import { openScreen } from '../../support/openScreen.ts';
import { startEngine } from '../../support/startEngine.ts';
import { eventually, runScript } from '../../support/startHost.ts';
import { startMosquitto } from '../../support/startMosquitto.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { tries } from '../../support/tries.ts';
import { writeCounty } from '../../support/writeCounty.ts';

const METERS = 10;
const KILLS = tries('Kills of an engine', 100, 1000);
const KILLS_BETWEEN_CHECKS = 20;
/** Every other one dies while it starts or soon after, the others in the middle of their work. */
const LONGEST_LIFE_MS = 2000;
const SEED = 20_261;
const LIMIT_MS = KILLS * 12_000;

const isBad = /damaged|set aside|begun anew|does not hold together|cannot start/;

it(
  `an engine killed ${KILLS} times at random moments under load has every acknowledged message, once`,
  async () => {
    const folder = temporaryFolder();
    const [countyDir, dataDir] = [join(folder, 'county'), join(folder, 'data')];
    await writeCounty(countyDir, faultCounty(METERS));
    const broker = await startMosquitto();
    onTestFinished(broker.dispose);
    const listen = `127.0.0.1:${await freePort()}`;
    const random = seededRandom(SEED);
    const stream = await MeterStream.connect(broker.url, METERS, Math.floor(Date.now() / 1000) * 1000 - 3 * 3_600_000);
    onTestFinished(() => stream.end());

    /** Lets an engine live to the end of what waits for it, and compares. */
    const check = async (): Promise<void> => {
      await stream.pause();
      const engine = await startEngine({ brokerUrl: broker.url, countyDir, dataDir });
      onTestFinished(async () => {
        await engine.kill();
      });
      const screen = await openScreen(engine.url);
      let differences: string[] = [];
      await eventually('Every acknowledged message', async () => {
        differences = await stream.differences(screen);
        return differences.length === 0 || undefined;
      }).catch(() => expect(differences).toEqual([]));
      expect(screen.stream('notices').get()).toEqual([]);
      screen.stop();
      expect(await engine.stop()).toBe(0);
    };

    await check();
    let connected = 0;
    for (let kill = 1; kill <= KILLS; kill++) {
      if (kill % KILLS_BETWEEN_CHECKS === 1) stream.run(40);
      const engine = runScript('out/main/host.js', [
        'engine',
        '--broker',
        broker.url,
        '--county',
        countyDir,
        '--data',
        dataDir,
        '--listen',
        listen,
      ]);
      onTestFinished(() => engine.kill('SIGKILL'));
      if (kill % 2 === 0) await eventually('The connection', () => /Connected to/.test(engine.errors()) || undefined);
      await new Promise((resolve) => setTimeout(resolve, (random() * LONGEST_LIFE_MS) / (2 - (kill % 2))));
      engine.kill('SIGKILL');
      expect(await engine.ended).toMatchObject({ signal: 'SIGKILL', errors: expect.not.stringMatching(isBad) });
      if (/Connected to/.test(engine.errors())) connected++;
      if (kill % KILLS_BETWEEN_CHECKS === 0) await check();
    }
    // The others died while they opened their files.
    expect(connected).toBeGreaterThanOrEqual(KILLS / 2);
    expect(stream.sent).toBeGreaterThan(KILLS * 5);
    expect(await runScript('out/main/host.js', ['engine', '--check', '--data', dataDir]).ended).toMatchObject({
      code: 0,
    });
  },
  LIMIT_MS,
);
