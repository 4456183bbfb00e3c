import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openScreen } from '../support/openScreen.ts';
import { startEngine } from '../support/startEngine.ts';
import { eventually, runScript } from '../support/startHost.ts';
import type { Ended } from '../support/startHost.ts';
import { startMosquitto } from '../support/startMosquitto.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { writeOsm } from '../support/writeOsm.ts';

const county = (...args: string[]): Promise<Ended> => runScript('out/main/host.js', ['county', ...args]).ended;
const data = join(import.meta.dirname, '../../../shared/data');
const [andorra, feed] = [join(data, 'osm/andorra.osm.pbf'), join(data, 'gtfs-raba/raba.zip')];
const isThere = existsSync(andorra) && existsSync(feed);
if (!isThere) console.log(`Skipped: the import of Andorra needs ${andorra} and ${feed}, which are not there.`);

it.skipIf(!isThere)('Andorra is imported with a timetable, starts, and runs with the simulator', async () => {
  const dir = join(temporaryFolder(), 'andorra');
  const made = await county('import', '--osm', andorra, '--gtfs', feed, '--out', dir);
  expect(made).toMatchObject({ code: 0, errors: '' });
  expect(made.output).toMatch(/\[#+\] 100 % nodes/);
  expect(made.output).toMatch(/0 errors, 0 left out/);
  expect(readFileSync(join(dir, 'import-report.txt'), 'utf8')).toMatch(/highway=footway: 44/);

  const broker = await startMosquitto();
  onTestFinished(() => broker.dispose());
  const engine = await startEngine({ brokerUrl: broker.url, countyDir: dir, dataDir: temporaryFolder() });
  onTestFinished(() => engine.kill().then(() => undefined));
  const screen = await openScreen(engine.url, ['links']);
  const entry = join(import.meta.dirname, '../../simulators/entry.ts');
  const simulator = spawn(process.execPath, [entry, 'run', '--county', dir, '--broker', broker.url], {
    stdio: 'ignore',
  });
  onTestFinished(async () => {
    simulator.kill('SIGTERM');
    await once(simulator, 'close');
  });
  // Detectors publish once a minute; a link has a speed as soon as its detector was heard.
  const measured = (): number =>
    [...screen.rows('links').values()].filter(({ speedRatio }) => Number.isFinite(speedRatio)).length;
  await eventually('Speeds on links of Andorra', () => (measured() > 5 ? true : undefined));
});

it('a way is printed as JSON or in words, and one that is not there is refused with the reason', async () => {
  const folder = temporaryFolder();
  const osm = join(folder, 'small.osm.pbf');
  writeOsm(osm, {
    nodes: { 1: [0, 0], 2: [1, 0], 3: [2, 0], 4: [5, 5], 5: [6, 5] },
    ways: {
      10: [[1, 2, 3], { highway: 'primary', name: 'Main Street', maxspeed: '36' }],
      11: [[4, 5], { highway: 'primary', name: 'Island Road' }],
    },
  });
  const dir = join(folder, 'small');
  expect(await county('import', '--osm', osm, '--out', dir)).toMatchObject({ code: 0 });
  const from = ['--from', '-93.5,44.5'];
  const there = await county('route', '--county', dir, ...from, '--to', '-93.487392,44.5', '--json');
  expect(there.code).toBe(0);
  const { seconds, metres, roads } = JSON.parse(there.output) as Record<string, unknown>;
  expect(metres).toBeCloseTo(1000, -1);
  expect(seconds).toBeCloseTo(1000 / 9, 0);
  expect(roads).toEqual(['Main Street']);
  expect((await county('route', '--county', dir, ...from, '--to', '-93.487392,44.5', '--shortest')).output).toBe(
    '2 min, 0.6 mi: Main Street\n',
  );
  const island = await county('route', '--county', dir, ...from, '--to', '-93.43,44.545', '--json');
  expect(island.code).toBe(1);
  expect(JSON.parse(island.output)).toMatchObject({ refusal: expect.stringMatching(/not connected/) as string });
  expect(await county('route', '--county', dir, ...from, '--to', 'here')).toMatchObject({ code: 2 });
  expect(await county('import', '--osm', osm)).toMatchObject({ code: 2 });
  expect(await county('import', '--osm', osm, '--out', dir, '--bounds', '4,3,2,1')).toMatchObject({ code: 2 });
  expect(await county('import', '--osm', join(folder, 'none.pbf'), '--out', join(folder, 'b'))).toMatchObject({
    code: 1,
    errors: expect.stringMatching(/There is no file/) as string,
  });
});
