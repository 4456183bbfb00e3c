import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { generateCounty } from '../support/generateCounty.ts';
import { startBeacon } from '../support/startBeacon.ts';
import { startMosquitto } from '../support/startMosquitto.ts';
import { test } from './e2eTest.ts';
import { SCALE } from './LiveCounty.ts';
import { ControlRoom } from './pages/ControlRoom.ts';

test('the page Timetable says what was loaded, for which days, and each fault with its file, row and count', async ({
  page,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'beacon-e2e-'));
  const broker = await startMosquitto();
  const county = join(folder, 'county');
  await generateCounty(county, SCALE);
  appendFileSync(join(county, 'gtfs', 'stop_times.txt'), 'NOBODY,08:00:00,08:00:00,NOWHERE,1\n'.repeat(3));
  const beacon = await startBeacon({
    dataDir: join(folder, 'data'),
    args: ['--broker', broker.url, '--county', county, '--clock', 'wall'],
  });
  try {
    const room = new ControlRoom(page);
    await room.open(beacon.url, 'Operator');
    await page.keyboard.press('7');
    const feeds = page.getByRole('table', { name: 'Timetables' });
    await expect(feeds.getByRole('row', { name: /^gtfs/ })).toContainText(/In force.* to .*routes.*trips.*stops/);
    const fault = page.getByRole('table', { name: 'Faults in gtfs' }).getByRole('row', { name: /stop_times\.txt/ });
    await expect(fault).toContainText(/stop_times\.txt\d+stop_id is not in stops\.txt\.3$/);
  } finally {
    await beacon.stop();
    await broker.dispose();
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
});
