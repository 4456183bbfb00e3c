import { expect } from '@playwright/test';
import { test } from './e2eTest.ts';
import { ControlRoom } from './pages/ControlRoom.ts';
import { IncidentPage } from './pages/IncidentPage.ts';

test('times are entered after the dispatch, corrected and withdrawn, and what is open is asked about at the end', async ({
  startHost,
  page,
}) => {
  const { url } = await startHost();
  const incident = new IncidentPage(page, 'incident-work');
  const { root } = incident;
  await new ControlRoom(page).open(url);
  await incident.openByHand('Crash at Mill Road', 'Crash');
  await incident.sendNearest();
  await incident.expectStatus('Dispatched');
  const aware = /\d\d:\d\d:\d\d/.exec((await incident.milestone('T1').textContent()) ?? '')?.[0] ?? '';

  await test.step('a unit was sent before anybody verified, and the verification is entered afterwards', async () => {
    await root.getByRole('button', { name: 'Enter T2, Verified' }).click();
    await root.getByRole('textbox', { name: 'Verified at' }).fill('abc');
    await page.keyboard.press('Enter');
    await expect(root.getByRole('alert').filter({ hasText: 'Write a time such as 14:03' })).toBeVisible();
    await root.getByRole('textbox', { name: 'Verified at' }).fill(aware.slice(0, 5));
    await page.keyboard.press('Enter');
    await expect(incident.milestone('T2')).toContainText(aware);
    await incident.expectStatus('Dispatched');
  });

  await test.step('corrected with a reason, and withdrawn with one', async () => {
    await root.getByRole('button', { name: 'Change T2, Verified' }).click();
    await root.getByRole('button', { name: 'Correct', exact: true }).click();
    await root.getByRole('textbox', { name: 'Verified at' }).fill('0 min ago');
    await root.getByRole('textbox', { name: 'Why is it corrected?' }).fill('The patrol rang');
    await page.keyboard.press('Enter');
    await expect(incident.logLine('corrects what was given by Supervisor: The patrol rang')).toBeVisible();
    await root.getByRole('button', { name: 'Change T2, Verified' }).click();
    await root.getByRole('button', { name: 'Withdraw', exact: true }).click();
    await root.getByRole('textbox', { name: 'Why is it withdrawn?' }).fill('It was another crash');
    await page.keyboard.press('Enter');
    await expect(incident.logLine('Verified (T2) taken back: It was another crash')).toBeVisible();
    await expect(incident.milestone('T2')).not.toContainText(aware);
  });

  await test.step('the unit and the message to the public are asked about, and steps that were not taken stay dark', async () => {
    const message = root.getByRole('region', { name: 'Public message' });
    await message.getByRole('textbox').fill('Avoid Mill Road.');
    await message.getByRole('button', { name: 'Release' }).click();
    await expect(incident.logLine('Public message released: Avoid Mill Road.')).toBeVisible();
    await incident.take('Resolve');
    const open = root.getByRole('list', { name: 'Still open' }).getByRole('listitem');
    await expect(open).toHaveCount(2);
    await expect(open.first()).toContainText('Stand down');
    await open.last().getByRole('button').click();
    await page.getByRole('option', { name: 'Keep it released' }).click();
    await root.getByRole('textbox', { name: 'Outcome' }).fill('Cars towed');
    await root.getByRole('button', { name: 'Resolve', exact: true }).click();
    await incident.expectStatus('Resolved');
    await expect(incident.logLine('stood down')).toBeVisible();
    const steps = root.getByRole('list', { name: 'Status: Resolved' });
    for (const step of ['Verified', 'Restored', 'Recovered'])
      await expect(steps.getByRole('listitem', { name: `${step}, not taken` })).toBeVisible();
    await expect(steps.getByRole('listitem', { name: 'Dispatched', exact: true })).toBeVisible();
  });
});
