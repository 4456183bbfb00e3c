import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { goodGtfs } from '../support/goodCounty.ts';
import { openScreen } from '../support/openScreen.ts';
import { startEngine } from '../support/startEngine.ts';
import { runScript } from '../support/startHost.ts';
import type { Ended } from '../support/startHost.ts';
import { startMosquitto } from '../support/startMosquitto.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const county = (...args: string[]): Promise<Ended> => runScript('out/main/host.js', ['county', ...args]).ended;

it('a new county has no fault and starts; a fault in it is listed with its place, shown on the screen, and costs its row', async () => {
  const dir = join(temporaryFolder(), 'ours');
  expect(await county('new', dir)).toMatchObject({ code: 0, errors: '' });
  expect(await county('new', dir)).toMatchObject({ code: 1, errors: expect.stringMatching(/not empty/) as string });
  const good = await county('check', dir);
  expect(good).toMatchObject({ code: 0, errors: '' });
  expect(good.output).toMatch(/0 errors, 0 left out, 0 warnings\.$/m);

  writeFileSync(
    join(dir, 'detectors.csv'),
    'id,linkId,lon,lat,lanes,periodS\nD1,L1,-93.495,44.5,1,60\nD2,L1,"1,5",44.5,1,60\n',
  );
  for (const [name, text] of Object.entries(goodGtfs)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), name.endsWith('stop_times.txt') ? `${text}T1,,,S9,3\nT1,,,S9,4\n` : text);
  }
  const broker = await startMosquitto();
  onTestFinished(() => broker.dispose());
  const dataDir = temporaryFolder();
  const engine = await startEngine({ brokerUrl: broker.url, countyDir: dir, dataDir });
  onTestFinished(() => engine.kill().then(() => undefined));
  const screen = await openScreen(engine.url);
  const { feeds } = await screen.request('county.timetable', {});
  expect(feeds).toMatchObject([
    {
      source: 'gtfs',
      firstDay: '20260101',
      used: [{}],
      trips: 1,
      faults: [{ file: 'stop_times.txt', line: 4, count: 2 }],
    },
  ]);
  const { files, faults, folder } = await screen.request('county.files', {});
  expect(folder).toBe(dir);
  expect(files).toContainEqual({ name: 'detectors.csv', holds: '1 detector' });
  expect(faults).toMatchObject([
    { level: 'leftOut', file: 'detectors.csv', line: 3, column: 7 },
    { level: 'leftOut', file: 'gtfs/stop_times.txt', line: 4 },
  ]);
  expect(
    screen
      .stream('notices')
      .get()
      ?.map(({ text }) => text),
  ).toEqual([
    expect.stringMatching(/a fault, and one thing is left out: detectors\.csv:3:7: `lon` has a decimal comma/),
    expect.stringMatching(
      /^Parts of the timetable cannot be used\. gtfs\/stop_times\.txt:4: stop_id is not in stops\.txt/,
    ),
  ]);
  await engine.stop();

  const bad = await county('check', dir);
  expect(bad.code).toBe(1);
  expect(bad.output).toMatch(/^gtfs\/stop_times\.txt:4: left out: stop_id is not in stops\.txt\. \(2 times\)$/m);
  expect(bad.output).toMatch(/^detectors\.csv:3:7: left out: `lon` has a decimal comma: write 1\.5/m);
  // The data folder belongs to its county from then on.
  const profile = JSON.stringify({
    id: 'other',
    name: 'Other',
    timeZone: 'UTC',
    displayUnits: 'us',
    population: 1,
    bounds: [-94, 44, -93, 45],
    center: [-93.5, 44.5],
    nominalVoltageV: 120,
    simulated: false,
  });
  writeFileSync(join(dir, 'county.json'), profile);
  const other = await runScript('out/main/host.js', [
    'engine',
    '--broker',
    broker.url,
    '--county',
    dir,
    '--data',
    dataDir,
    '--listen',
    '127.0.0.1:0',
  ]).ended;
  expect(other).toMatchObject({
    code: 1,
    errors: expect.stringMatching(/belongs to the county My County \(my-county\)/) as string,
  });
  expect(await county('check')).toMatchObject({ code: 2 });
  expect(await county('check', join(dir, 'nowhere'))).toMatchObject({ code: 1 });
});
