import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { countyFolder, goodGtfs } from '../../support/goodCounty.ts';
import { openScreen } from '../../support/openScreen.ts';
import { startEngine } from '../../support/startEngine.ts';
import { eventually } from '../../support/startHost.ts';
import { startMosquitto } from '../../support/startMosquitto.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

it('a new timetable in the county’s folder is in use without a restart', async () => {
  const countyDir = countyFolder(goodGtfs);
  const broker = await startMosquitto();
  onTestFinished(broker.dispose);
  const engine = await startEngine({ brokerUrl: broker.url, countyDir, dataDir: temporaryFolder() });
  onTestFinished(() => engine.kill().then(() => undefined));
  const screen = await openScreen(engine.url);
  const names = async (): Promise<string[]> =>
    (await screen.request('county.transit', {})).routes.map(({ shortName }) => shortName);
  expect(await names()).toEqual(['1']);
  writeFileSync(
    join(countyDir, 'gtfs', 'routes.txt'),
    'route_id,route_short_name,route_type\nR1,Express,3\nR2,Night,3\n',
  );
  await eventually('The new timetable', async () => (await names()).includes('Night') || undefined);
  // No run was measured yet.
  expect(await screen.request('county.timetableAdvice', {})).toMatchObject({
    days: 0,
    runs: 0,
    hopeless: [],
    legs: [],
  });
  await expect(screen.request('county.proposedStopTimes', {})).rejects.toThrow('No better timetable is known.');
  expect((await screen.request('county.timetable', {})).feeds).toMatchObject([{ routes: 2, trips: 1 }]);
});
