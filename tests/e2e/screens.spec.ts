import { expect } from '@playwright/test';
import { test } from './e2eTest.ts';
import { ControlRoom } from './pages/ControlRoom.ts';
import { IncidentPage } from './pages/IncidentPage.ts';

test('a second browser sees what the first one did', async ({ startHost, browser, page }) => {
  const { url } = await startHost();
  const context = await browser.newContext();
  const [first, second] = [new ControlRoom(page), new ControlRoom(await context.newPage())];
  await first.open(url);
  await second.open(url);
  await expect(first.alarms.first()).toBeVisible({ timeout: 180_000 });

  const alarm = first.alarms.first();
  const title = (await alarm.getByRole('paragraph').first().locator('span').first().textContent()) ?? '';
  await alarm.focus();
  await page.keyboard.press('a');
  await expect(first.alarm(title)).toContainText('Supervisor');
  await expect(second.alarm(title)).toContainText('Supervisor');

  await page.keyboard.press('n');
  await page.getByRole('textbox', { name: 'What' }).fill('Tree across Mill Road');
  await page.keyboard.press('Enter');
  await new IncidentPage(page).expectStatus('Reported');
  await expect(second.incidents.filter({ hasText: 'Tree across Mill Road' })).toBeVisible();

  await second.incidents.filter({ hasText: 'Tree across Mill Road' }).click();
  await new IncidentPage(second.page).take('Acknowledge');
  await new IncidentPage(page).expectStatus('Acknowledged');
  await context.close();
});
