import { expect } from '@playwright/test';
import { test } from './e2eTest.ts';
import { ControlRoom } from './pages/ControlRoom.ts';
import { DispatchPage } from './pages/DispatchPage.ts';

/** For a unit to drive through the county, at the speed of the county's clock. */
const DRIVE_MS = 150_000;

test.use({ live: { scenario: 'quiet', speed: 8 } });

test('the dispatcher sends the recommended unit with two keys, follows it, and takes the order back', async ({
  county,
  page,
}) => {
  const room = new ControlRoom(page);
  const dispatch = new DispatchPage(page);
  await room.open(county.beacon.url);
  await page.keyboard.press('4');
  await expect(page.getByText('Nobody has to be sent anywhere.')).toBeVisible();
  await expect(dispatch.unit('Tow 1')).toContainText('available', { timeout: 180_000 });

  await test.step('a stalled van: a tow truck and somebody for the traffic are recommended', async () => {
    await dispatch.openOnMap('Stalled van', 'Stalled vehicle');
    await expect(dispatch.calls.first()).toContainText('nobody sent');
    await expect(dispatch.proposals.filter({ hasText: 'Tow 1' })).toBeVisible();
  });

  await test.step('a digit alone sends nobody, and neither does D with Escape', async () => {
    await page.keyboard.press('d');
    await expect(dispatch.keys).toContainText('Send which?');
    await page.keyboard.press('Escape');
    await expect(dispatch.keys).toContainText('then a digit sends');
    await expect(dispatch.engaged).toHaveCount(0);
  });

  const name = (await dispatch.proposals.first().locator('b').first().textContent()) ?? '';
  await test.step('D and 1 send the first; it accepts, drives and arrives', async () => {
    await page.keyboard.press('d');
    await page.keyboard.press('1');
    await expect(dispatch.engaged.filter({ hasText: name })).toBeVisible();
    await expect(dispatch.engaged.filter({ hasText: name })).toContainText('on scene', { timeout: DRIVE_MS });
    await expect(dispatch.unit(name)).toContainText('on scene');
    await expect(dispatch.calls.first()).toContainText('on scene');
  });

  await test.step('U takes the order back', async () => {
    await page.keyboard.press('u');
    await expect(dispatch.engaged).toHaveCount(0);
    await expect(dispatch.unit(name)).toContainText('available', { timeout: DRIVE_MS });
  });
});
