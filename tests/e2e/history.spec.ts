import { expect } from '@playwright/test';
import { fillLedger } from '../support/fillLedger.ts';
import { test } from './e2eTest.ts';
import { ControlRoom } from './pages/ControlRoom.ts';
import { Palette } from './pages/Palette.ts';

const DAY_MS = 86_400_000;
/** A feeder's load over the day and the year. */
const load = (atMs: number): number =>
  900 + 250 * Math.sin((2 * Math.PI * atMs) / DAY_MS) + 200 * Math.cos((2 * Math.PI * atMs) / (365 * DAY_MS));

test('a chart shows a month by hours and a year by days, says so, and its span is chosen by keyboard', async ({
  startHost,
  dataDir,
  page,
}, testInfo) => {
  await fillLedger(dataDir, 'America/Chicago', [{ scope: 'own:F02', quantity: 'powerKw', days: 400, valueAt: load }]);
  const room = new ControlRoom(page);
  await room.open((await startHost()).url);
  await new Palette(page).goTo('F02 Nolan Landing North');
  await expect(room.detail).toHaveAttribute('data-kind', 'feeder');
  const span = room.detail.getByRole('radiogroup', { name: 'Span' });
  const chosen = span.getByRole('radio', { checked: true });
  await expect(chosen).toHaveText('Day');
  await expect(room.detail.locator('figcaption')).toHaveText('Samples');

  await span.getByRole('radio', { name: 'Month' }).click();
  await expect(room.detail.locator('figcaption')).toHaveText(/^Means of an hour/);
  await expect(room.detail.getByRole('img', { name: /^History of/ })).toBeVisible();
  // The chart is drawn where no text can become HTML.
  const refusal = await page.evaluate(() => {
    try {
      document.createElement('div').innerHTML = '<b>text</b>';
      return 'none';
    } catch (error) {
      return String(error);
    }
  });
  expect(refusal).toContain('TrustedHTML');
  await testInfo.attach('a month', { body: await room.detail.screenshot(), contentType: 'image/png' });

  await chosen.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(chosen).toHaveText('Year');
  await expect(room.detail.locator('figcaption')).toHaveText(/^Means of a day/);
  await testInfo.attach('a year', { body: await room.detail.screenshot(), contentType: 'image/png' });
});
