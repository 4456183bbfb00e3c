import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { test } from './e2eTest.ts';
import { ControlRoom } from './pages/ControlRoom.ts';
import { Entrance } from './pages/Entrance.ts';
import { IncidentPage } from './pages/IncidentPage.ts';

const WORDS = 'Two cars, one of them burning';
const noteOf = (page: Page) => new IncidentPage(page, 'incident-work').root.getByRole('textbox', { name: 'Note' });
const kept = (page: Page): Promise<string[]> =>
  page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('beacon.draft.')));

test('what was typed outlives a reload, a locked screen, another person and the death of the page', async ({
  startHost,
  page,
  context,
  browser,
}) => {
  const { url } = await startHost();
  const incident = new IncidentPage(page, 'incident-work');
  await new ControlRoom(page).open(url);
  await incident.openByHand('Crash at Mill Road', 'Crash');
  await noteOf(page).fill(WORDS);

  await test.step('a reload', async () => {
    await page.reload();
    await expect(noteOf(page)).toHaveValue(WORDS);
  });

  await test.step('a locked screen, which shows another person nothing of it', async () => {
    await page.keyboard.press('Control+Shift+L');
    await new Entrance(page).enter('Dispatcher');
    await expect(noteOf(page)).toHaveValue('');
    await page.keyboard.press('Control+Shift+L');
    await new Entrance(page).signIn('Supervisor', 'supervisor-demo');
    await expect(noteOf(page)).toHaveValue(WORDS);
  });

  const again = await context.newPage();
  await test.step('the death of the page', async () => {
    const address = page.url();
    await page.close();
    await again.goto(address);
    await new Entrance(again).signIn('Supervisor', 'supervisor-demo');
    await expect(noteOf(again)).toHaveValue(WORDS);
  });

  await test.step('a colleague who takes the incident meanwhile is shown beside the name that was typed', async () => {
    const work = new IncidentPage(again, 'incident-work');
    const field = work.root.getByRole('combobox', { name: 'Assigned to' });
    await field.fill('Traffic desk');
    // Closes the list of positions, which hides the page behind it.
    await field.press('Escape');
    const colleague = await browser.newPage();
    await colleague.goto(again.url());
    await new Entrance(colleague).enter('Dispatcher');
    await new IncidentPage(colleague, 'incident-work').root
      .getByRole('button', { name: 'Take it', exact: true })
      .click();
    const conflict = work.root.getByRole('alert', { name: 'Assigned to was changed meanwhile' });
    await expect(conflict).toContainText('Dispatcher');
    await expect(field).toHaveValue('Traffic desk');
    await conflict.getByRole('button', { name: 'Keep mine' }).click();
    await work.root.getByRole('button', { name: 'Assign', exact: true }).click();
    await expect(work.logLine('Assigned to Traffic desk')).toBeVisible();
    await colleague.close();
  });

  await test.step('a sent note ends its draft, and a sign-out leaves nothing', async () => {
    await noteOf(again).press('Enter');
    await expect(new IncidentPage(again, 'incident-work').logLine(WORDS)).toBeVisible();
    expect(await kept(again)).toEqual([]);
    await noteOf(again).fill('Unsent');
    await again.getByRole('button', { name: 'Supervisor, Supervisor' }).click();
    await again.getByRole('menuitem', { name: 'Sign out' }).click();
    await expect(again.getByRole('dialog', { name: 'Sign out?' })).toContainText('1 text of yours is not sent.');
    await again.getByRole('dialog').getByRole('button', { name: 'Sign out', exact: true }).click();
    await expect(new Entrance(again).box).toBeVisible();
    expect(await kept(again)).toEqual([]);
  });
});

test('a form to open an incident that was being filled in is there again after a reload', async ({
  startHost,
  page,
}) => {
  const { url } = await startHost();
  await new ControlRoom(page).open(url);
  await page.keyboard.press('n');
  await page.getByRole('textbox', { name: 'What' }).fill('Smell of gas at the school');
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'What' })).toHaveValue('Smell of gas at the school');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Open an incident' })).toBeHidden();
  await page.keyboard.press('n');
  await expect(page.getByRole('textbox', { name: 'What' })).toHaveValue('Smell of gas at the school');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.keyboard.press('n');
  await expect(page.getByRole('textbox', { name: 'What' })).toHaveValue('');
});
