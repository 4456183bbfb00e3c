import { expect } from '@playwright/test';
import { test } from './e2eTest.ts';
import { ControlRoom } from './pages/ControlRoom.ts';
import { Palette } from './pages/Palette.ts';
import { TimeLine } from './pages/TimeLine.ts';

test('addresses, keys and search hits lead where they say, or say why not', async ({ startHost, page }) => {
  const beacon = await startHost();
  const room = new ControlRoom(page);
  const palette = new Palette(page);
  await room.open(beacon.url, 'Operator');

  await test.step('an address that names no page', async () => {
    await page.goto(`${beacon.url}#/nonsense`);
    await expect(page.getByText('There is no page “nonsense”.')).toBeVisible();
    await expect(page.getByTestId('situation-map').filter({ visible: true })).toHaveCount(0);
  });

  await test.step('a page that this person may not see', async () => {
    await page.goto(`${beacon.url}#/administration`);
    await expect(page.getByText('The page “Administration” is not open to you.')).toBeVisible();
    await expect(page.getByText('This needs the role administrator; Operator is operator.')).toBeVisible();
    await page.getByRole('link', { name: 'Go to Situation' }).click();
    await expect(page.getByTestId('situation-map').filter({ visible: true })).toBeVisible();
  });

  await test.step('a person', async () => {
    await palette.type('Operator');
    await palette.results('People').first().click();
    const dialog = page.getByRole('dialog', { name: /Operator/ });
    await expect(dialog).toContainText('Holds no operating position and no open incident.');
    await page.keyboard.press('Escape');
  });

  await test.step('a road that is found on a page without a map', async () => {
    await page.keyboard.press('2');
    await expect(page.getByRole('main', { name: 'Alarms' })).toBeVisible();
    await palette.goTo('I-38');
    await expect(page.getByTestId('situation-map').filter({ visible: true })).toBeVisible();
    await expect(room.detail).toContainText('I-38');
  });

  await test.step('L goes back to live from the time line itself', async () => {
    const timeLine = new TimeLine(page);
    const slider = page.getByRole('slider', { name: 'Time of the picture' });
    // The palette gives the focus back to where it was, which may be after the slider has got it.
    await expect(async () => {
      await slider.focus();
      await page.keyboard.press('ArrowLeft');
      await expect(timeLine.frame).toBeVisible({ timeout: 5000 });
    }).toPass({ timeout: 120_000 });
    await slider.focus();
    await expect(slider).toBeFocused();
    await page.keyboard.press('l');
    await expect(timeLine.frame).toBeHidden({ timeout: 60_000 });
  });
});
