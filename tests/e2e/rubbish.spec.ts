import { expect } from '@playwright/test';
import { connectAsync } from 'mqtt';
import { seededBytes } from '../support/seededBytes.ts';
import { test } from './e2eTest.ts';
import { ControlRoom } from './pages/ControlRoom.ts';
import { Palette } from './pages/Palette.ts';

/** One topic of each feed, as a device of that kind would use it. */
const TOPICS = [
  'beacon/v1/traffic/D0001',
  'beacon/v1/vehicle/1001',
  'beacon/v1/meter/E000001',
  'beacon/v1/zone/F01',
  'beacon/v1/unit/P1',
  'beacon/v1/report/R-1',
  '/hfp/v2/journey/ongoing/vp/bus/0012/01005/1001/1/Centre/14:30/1010101/5/60;24/19/73/44',
  'gtfs-rt/vehicle-positions',
  'tms-v2/23001/5122',
  'wmbusmeters/water-1',
  'rtlamr/scm',
  'spBv1.0/County/DDATA/edge/pump',
];

test('rubbish on every topic is refused, shown with its reason, and disturbs nothing', async ({ county, page }) => {
  const room = new ControlRoom(page);
  await room.open(county.beacon.url);
  const field = await connectAsync(county.broker.url);
  for (const [index, topic] of TOPICS.entries())
    await field.publishAsync(topic, seededBytes(index, 40 + 100 * index), { qos: 1 });
  await field.endAsync();

  const refused = async (): Promise<string[]> => {
    await new Palette(page).run('Show refused messages');
    const rows = page.getByRole('dialog', { name: 'Refused messages' }).getByRole('row');
    await rows
      .first()
      .waitFor({ timeout: 5000 })
      .catch(() => undefined);
    const topics = await rows.locator('td:nth-child(3)').allTextContents();
    await page.keyboard.press('Escape');
    return topics;
  };
  await expect
    .poll(refused, { message: 'topics in the list of refused messages', timeout: 180_000 })
    .toEqual(expect.arrayContaining(TOPICS));

  await room.expectLink('live');
  const before = await room.vehicles();
  const moved = async (): Promise<boolean> =>
    (await room.vehicles()).some(({ id, lon }) => before.some((vehicle) => vehicle.id === id && vehicle.lon !== lon));
  await expect.poll(moved, { message: 'vehicles go on', timeout: 180_000 }).toBe(true);
});
