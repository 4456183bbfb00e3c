import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { test } from './e2eTest.ts';
import { Administration } from './pages/Administration.ts';
import { Desk } from './pages/Desk.ts';
import { Entrance } from './pages/Entrance.ts';
import { IncidentPage } from './pages/IncidentPage.ts';
import { WallDisplay } from './pages/WallDisplay.ts';

test('two people change places at one screen, and each answers for what they did', async ({ startHost, page }) => {
  const { url } = await startHost();
  const [desk, entrance] = [new Desk(page), new Entrance(page)];
  await desk.open(url, 'Dispatcher');
  await page.keyboard.press('n');
  await page.getByRole('textbox', { name: 'What' }).fill('Tree across Mill Road');
  await page.keyboard.press('Enter');
  await new IncidentPage(page).expectStatus('Reported');

  await page.keyboard.press('Control+Shift+L');
  await expect(entrance.box.getByRole('heading', { name: 'Locked by Dispatcher' })).toBeVisible();
  await expect(page.getByText('Tree across Mill Road')).toBeHidden();
  await entrance.signIn('Dispatcher', 'not my password');
  await expect(entrance.fault).toHaveText('Name or password is wrong.');
  await entrance.signIn('Supervisor', 'supervisor-demo');
  await desk.incidents.filter({ hasText: 'Tree across Mill Road' }).click();
  await new IncidentPage(page).take('Acknowledge');
  await new IncidentPage(page).expectStatus('Acknowledged');
  const log = page.getByRole('list', { name: 'Log' });
  await expect(log.getByRole('listitem').filter({ hasText: 'Dispatcher' })).not.toHaveCount(0);
  await expect(log.getByRole('listitem').filter({ hasText: 'Supervisor' })).not.toHaveCount(0);

  await page.reload();
  await desk.expectLink('live');
  await expect(page.getByRole('button', { name: 'Supervisor, Supervisor' })).toBeVisible();
});

test('a display shows the token in its address, and is out when it is revoked; so is a person whose account is', async ({ startHost, dataDir, browser, page }) => {
  const { url } = await startHost();
  const administration = new Administration(page);
  await new Desk(page).open(url, 'Administrator');
  const [first, second] = [await browser.newContext(), await browser.newContext()];
  const [wall, operator] = [new WallDisplay(await first.newPage()), new Desk(await second.newPage())];
  await wall.openWith(url, readFileSync(join(dataDir, 'wall-token'), 'utf8').trim());
  expect(wall.page.url()).not.toContain('token');
  await operator.open(url, 'Operator');

  await administration.open();
  await administration.revoke('Displays', 'Wall of');
  await expect(new Entrance(wall.page).box).toBeVisible({ timeout: 5000 });
  await expect(wall.tiles).toHaveCount(0);
  await administration.revoke('Accounts', 'Operator');
  await expect(new Entrance(operator.page).box).toContainText('You were signed out', { timeout: 5000 });
  await new Entrance(operator.page).signIn('Operator', 'operator-demo');
  await expect(new Entrance(operator.page).fault).toHaveText('Name or password is wrong.');
  await first.close();
  await second.close();
});
