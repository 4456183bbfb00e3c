import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { writeNewCounty } from '../../../main/engine/registry/newCounty.ts';
import { openScreen } from '../../support/openScreen.ts';
import type { Screen } from '../../support/openScreen.ts';
import { startEngine } from '../../support/startEngine.ts';
import { eventually } from '../../support/startHost.ts';
import { startMosquitto } from '../../support/startMosquitto.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const detectorsOf = async (screen: Screen): Promise<string | undefined> => {
  const { files } = await screen.request('county.files', {});
  return files.find(({ name }) => name === 'detectors.csv')?.holds;
};

it('files of the county that were changed are taken without a restart of the process, and wrong ones are refused', async () => {
  const broker = await startMosquitto();
  onTestFinished(() => broker.dispose());
  const countyDir = join(temporaryFolder(), 'county');
  writeNewCounty(countyDir);
  const engine = await startEngine({ brokerUrl: broker.url, countyDir, dataDir: temporaryFolder() });
  onTestFinished(() => engine.kill().then(() => undefined));
  const screen = await openScreen(engine.url);
  let drawnAnew = 0;
  screen.onOtherCounty(() => drawnAnew++);
  expect(await screen.request('desk.reloadCounty', {})).toEqual({ changes: [], leftOut: 0 });

  appendFileSync(join(countyDir, 'detectors.csv'), 'D2,L2,-93.495,44.5,1,60,"Main Street, westbound"\n');
  expect(await screen.request('desk.reloadCounty', {})).toEqual({
    changes: ['detectors.csv: 1 added (D2).'],
    leftOut: 0,
  });
  await eventually('The other county', () => drawnAnew === 1);
  await eventually('Both detectors', async () => {
    const holds = await detectorsOf(screen).catch(() => undefined);
    return holds === '2 detectors';
  });

  const profile = join(countyDir, 'county.json');
  const text = readFileSync(profile, 'utf8');
  writeFileSync(profile, text.slice(0, 40));
  await expect(screen.request('desk.reloadCounty', {})).rejects.toThrow(/^Nothing was changed\. .*county\.json/);
  writeFileSync(profile, text.replace('"my-county"', '"another"'));
  await expect(screen.request('desk.reloadCounty', {})).rejects.toThrow('belongs to my-county');
  expect(await detectorsOf(screen)).toBe('2 detectors');
  expect(drawnAnew).toBe(1);
});
