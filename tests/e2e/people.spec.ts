import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { test } from './e2eTest.ts';
import { Administration } from './pages/Administration.ts';
import { ControlRoom } from './pages/ControlRoom.ts';
import { Entrance } from './pages/Entrance.ts';
import { IncidentPage } from './pages/IncidentPage.ts';
import { WallDisplay } from './pages/WallDisplay.ts';

test('two people change places at one screen, and each answers for what they did', async ({ startHost, page }) => {
  const { url } = await startHost();
  const [desk, entrance] = [new ControlRoom(page), new Entrance(page)];
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
  await new IncidentPage(page).expectStatus('Reported');
  await new IncidentPage(page).take('Acknowledge');
  await new IncidentPage(page).expectStatus('Acknowledged');
  const log = page.getByRole('list', { name: 'Log' });
  await expect(log.getByRole('listitem').filter({ hasText: 'Dispatcher' })).not.toHaveCount(0);
  await expect(log.getByRole('listitem').filter({ hasText: 'Supervisor' })).not.toHaveCount(0);

  await page.reload();
  await desk.expectLink('live');
  await expect(page.getByRole('button', { name: 'Supervisor, Supervisor' })).toBeVisible();
});

test('a display shows the token in its address, and is out when an administrator revokes it; so is a person whose account is', async ({
  startHost,
  dataDir,
  browser,
  page,
}) => {
  const { url } = await startHost();
  const [first, second] = [await browser.newContext(), await browser.newContext()];
  const [wall, operator] = [new WallDisplay(await first.newPage()), await second.newPage()];
  await wall.openWith(url, readFileSync(join(dataDir, 'wall-token'), 'utf8').trim());
  expect(wall.page.url()).not.toContain('token');
  await operator.goto(`${url}#/alarms`);
  await new Entrance(operator).enter('Operator');
  await expect(operator.getByRole('link', { name: 'Administration' })).toBeHidden();

  const administration = new Administration(page);
  await administration.open(url);
  const displays = page.getByRole('table', { name: 'Wall displays' });
  await expect(displays.getByRole('row', { name: /^Wall of .* Situation .* ago/ })).toBeVisible();
  const isOld = (): Promise<boolean> => wall.page.evaluate(() => 'isOld' in window);
  await wall.page.evaluate(() => Object.assign(window, { isOld: true }));
  await displays.getByRole('button', { name: 'Reload' }).click();
  await expect.poll(() => isOld().catch(() => true)).toBe(false);
  await administration.revoke('Displays', 'Wall of');
  await expect(new Entrance(wall.page).box).toBeVisible();
  await expect(wall.tiles).toHaveCount(0);
  await administration.revoke('Accounts', 'Operator');
  await expect(new Entrance(operator).box).toContainText('You were signed out');
  await new Entrance(operator).signIn('Operator', 'operator-demo');
  await expect(new Entrance(operator).fault).toHaveText('Name or password is wrong.');
  await first.close();
  await second.close();
});

test('an administrator renames the workstation, tries out the broker, and sees what is not set up yet', async ({
  startHost,
  page,
}) => {
  const { url } = await startHost();
  const administration = new Administration(page);
  await administration.open(url);
  await administration.rename('Flood desk');
  const broker = page.getByRole('region', { name: 'Broker' });
  await broker.getByRole('button', { name: 'Test the rights' }).click();
  await expect(broker.getByRole('status')).toHaveText('The broker refused nothing.');
  await expect(broker.getByRole('row', { name: /^beacon\/v1\/dispatch\/# write taken/ })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Backups' })).toContainText('makes no backups by itself');
  await expect(page.getByRole('region', { name: 'Notifications' })).toContainText('Nothing is set up');
});

test('an administrator makes an account and gives a forgotten password anew, and the person sets an own one', async ({
  startHost,
  browser,
  page,
}) => {
  const { url } = await startHost();
  const administration = new Administration(page);
  await administration.open(url);
  await administration.create('Bob', 'seven green bottles');
  const context = await browser.newContext();
  const entrance = new Entrance(await context.newPage());
  await entrance.page.goto(`${url}#/alarms`);
  await entrance.signIn('Bob', 'forgotten');
  await expect(entrance.fault).toHaveText('Name or password is wrong.');

  await administration.setPassword('Bob', 'eight green bottles');
  await entrance.signIn('Bob', 'eight green bottles');
  await entrance.choosePassword('nine green bottles');
  await expect(entrance.box).toBeHidden();
  await entrance.page.getByRole('button', { name: 'Bob, Operator' }).click();
  await entrance.page.getByRole('menuitem', { name: 'Change my password' }).click();
  const dialog = entrance.page.getByRole('dialog');
  await dialog.getByLabel('Old password').fill('nine green bottles');
  for (const label of [/^New password/, 'The new one again']) await dialog.getByLabel(label).fill('ten green bottles');
  await dialog.getByRole('button', { name: 'Change it' }).click();
  await expect(entrance.page.getByText('Your password was changed.')).toBeVisible();
  await context.close();
});

test('an operator is told which role a command needs, and a viewer is shown none', async ({ startHost, page }) => {
  const { url } = await startHost();
  const [desk, entrance, incident] = [new ControlRoom(page), new Entrance(page), new IncidentPage(page)];
  await desk.open(url, 'Operator');
  await page.keyboard.press('n');
  await page.getByRole('textbox', { name: 'What' }).fill('Oil on Mill Road');
  await page.keyboard.press('Enter');
  await incident.expectStatus('Reported');
  const resolve = incident.root.getByRole('button', { name: 'Resolve', exact: true });
  await expect(resolve).toBeDisabled();
  await expect(resolve).toHaveAccessibleDescription('Needs a dispatcher.');
  await expect(incident.units.first().getByRole('button')).toHaveAccessibleDescription('Needs a dispatcher.');
  await incident.take('Acknowledge');
  await incident.expectStatus('Acknowledged');

  await page.keyboard.press('Control+Shift+L');
  await entrance.enter('Viewer');
  await incident.expectStatus('Acknowledged');
  await expect(
    incident.root.getByRole('button', { name: /^(Verified|Resolve|Send .*|Take it|Hand over …|Add)$/ }),
  ).toHaveCount(0);
  await page.keyboard.press('n');
  await expect(page.getByText('Needs an operator.')).toBeVisible();
  await expect(page.getByRole('dialog')).toBeHidden();
});
