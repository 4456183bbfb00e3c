import { expect } from '@playwright/test';
import { test } from './e2eTest.ts';
import { ControlRoom } from './pages/ControlRoom.ts';
import { Palette } from './pages/Palette.ts';
import { violations } from './violations.ts';

test.use({ live: { scenario: 'outage', speed: 1 } });

test('everything is found and done by keyboard, and nothing is without a name or contrast', async ({
  county,
  page,
}) => {
  const room = new ControlRoom(page);
  const palette = new Palette(page);
  await room.open(county.beacon.url);
  await expect(room.alarms.first()).toBeVisible({ timeout: 180_000 });
  await test.step('the desk', async () => expect(await violations(page)).toEqual([]));

  await test.step('a road', async () => {
    await palette.goTo('I-38');
    await expect(room.detail).toHaveAttribute('data-kind', 'link');
    await expect(room.detail).toContainText('I-38');
  });

  await test.step('a vehicle', async () => {
    await expect.poll(async () => (await room.vehicles()).length).toBeGreaterThan(0);
    const [vehicle] = await room.vehicles();
    await palette.goTo(vehicle?.id.split('/').at(-1) ?? '');
    await expect(room.detail).toHaveAttribute('data-kind', 'vehicle');
    expect(await violations(page)).toEqual([]);
  });

  await test.step('the dialogs', async () => {
    await palette.type('show');
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('n');
    await expect(page.getByRole('dialog', { name: 'Open an incident' })).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });
});
