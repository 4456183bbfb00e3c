import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { test } from './fieldTest.ts';
import { ControlRoom } from './pages/ControlRoom.ts';
import { Entrance } from './pages/Entrance.ts';
import { WallDisplay } from './pages/WallDisplay.ts';

const SLOW_MS = 180_000;

const tile = (page: Page, name: string): Locator => page.locator(`[data-testid="wall-tile"][aria-label="${name}"]`);
const figure = (page: Page, id: string): Locator => page.locator(`[data-figure="${id}"]`);

test('an empty county says what it waits for, and does not look calm', async ({ field, page }) => {
  await page.goto(field.url);
  await new Entrance(page).enter();
  const room = new ControlRoom(page);
  await room.expectLink('waiting');
  await expect(room.banner).toContainText('No data yet');
  await expect(room.banner).toContainText(/Beacon waits for the first data of Traffic detectors, Vehicles, Meters/);
  await expect(page.getByText('Nothing can be judged yet.')).toBeVisible();
  await expect(page.getByText('No alarms.')).toHaveCount(0);
  await expect(figure(page, 'customersOut')).toContainText('–');
  await expect(figure(page, 'customersOut')).toContainText('no data yet');

  await page.goto(`${field.url}#/wall`);
  for (const name of ['Alarms', 'Situation', 'Key figures'])
    await expect(tile(page, name)).toContainText('no data yet', { timeout: SLOW_MS });
});

test('one silent feed is named on each tile and figure that needs it, and makes them old', async ({ field, page }) => {
  const { silence } = await field.report('traffic', 'zone');
  const room = new ControlRoom(page);
  await room.open(field.url);
  await expect(figure(page, 'electricityLoad')).toHaveAttribute('data-silent', 'false');

  silence('zone');
  await room.expectLink('partlySilent');
  await expect(page.getByTestId('link-state')).toContainText(/Water zones and feeders silent\s*\d+ min/);
  await expect(figure(page, 'electricityLoad')).toContainText(/Water zones and feeders silent.*\d+ min old/, {
    timeout: SLOW_MS,
  });
  await expect(figure(page, 'trafficDelay')).not.toContainText('silent');

  await page.goto(`${field.url}#/wall`);
  for (const name of ['Alarms', 'Situation', 'Key figures'])
    await expect(tile(page, name)).toContainText(/Water zones and feeders silent, \d+ (min|h [0-9]+) old/, {
      timeout: SLOW_MS,
    });
  await expect(tile(page, 'Incidents')).toContainText(/\d+ s old/);
});

test('the wall is as old as its data when the broker has died', async ({ field, page }) => {
  await field.report('traffic', 'zone', 'meter');
  const wall = new WallDisplay(page);
  await wall.open(field.url);
  await expect(tile(page, 'Alarms')).toContainText(/\d+ s old/, { timeout: SLOW_MS });

  await field.stopBroker();
  for (const name of ['Alarms', 'Situation', 'Key figures'])
    await expect(tile(page, name)).toContainText(/[2-9] min old/, { timeout: SLOW_MS });
  await expect(figure(page, 'electricityLoad')).toContainText(/\d+ min old/, { timeout: SLOW_MS });
  await expect(wall.deadTiles).toHaveCount(0);
});
