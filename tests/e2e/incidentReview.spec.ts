import { expect } from '@playwright/test';
import { test } from './e2eTest.ts';
import { ControlRoom } from './pages/ControlRoom.ts';
import { Entrance } from './pages/Entrance.ts';
import { IncidentPage } from './pages/IncidentPage.ts';

/** The smallest PNG there is. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

test('an incident is worked on from verification to its review, with all its times, by two people', async ({
  startHost,
  page,
}) => {
  const { url } = await startHost();
  const [desk, entrance, incident] = [
    new ControlRoom(page),
    new Entrance(page),
    new IncidentPage(page, 'incident-work'),
  ];
  await desk.open(url);
  await page.keyboard.press('n');
  await page.getByRole('textbox', { name: 'What' }).fill('Crash at Mill Road');
  const dialog = page.getByRole('dialog', { name: 'Open an incident' });
  await dialog.getByRole('button', { name: /Type/ }).click();
  await page.getByRole('option', { name: 'Crash', exact: true }).click();
  await dialog.getByRole('button', { name: 'Open incident' }).click();
  await page.getByRole('link', { name: 'The whole page of the incident' }).click();
  await incident.expectStatus('Reported');

  await test.step('the times, each with who said so and how it is known', async () => {
    await incident.root.getByRole('button', { name: 'Enter T0, Occurred' }).click();
    await incident.root.getByRole('textbox', { name: 'Occurred at' }).fill('4 min ago');
    await page.keyboard.press('Enter');
    await incident.take('Verified');
    await incident.expectStatus('Verified');
    await incident.sendNearest();
    for (const step of ['On scene', 'Restored', 'Last unit left', 'Normal again']) await incident.take(step);
    await incident.expectStatus('Recovered');
    for (const name of ['T0', 'T2', 'T4', 'T5', 'T6', 'T7'])
      await expect(incident.milestone(name)).toContainText(/Supervisor, operator.*\d\d:\d\d:\d\d/);
    await expect(incident.milestone('T0')).toContainText(/−0[34]:\d\d/);
    await expect(incident.milestone('T1')).toContainText('Supervisor, opening');
    await expect(incident.milestone('T3')).toContainText('Supervisor, order to');
    const clocks = incident.root.getByRole('list', { name: 'Service level' }).getByRole('listitem');
    await expect(clocks.filter({ hasText: /✓ met/ })).toHaveCount(await clocks.count());
  });

  await test.step('a picture is attached', async () => {
    const chooser = page.waitForEvent('filechooser');
    await incident.root.getByRole('button', { name: 'Attach a file …' }).click();
    await (await chooser).setFiles({ name: 'scene.png', mimeType: 'image/png', buffer: PICTURE });
    await expect(incident.root.getByRole('list', { name: 'Pictures and documents' })).toContainText('scene.png');
  });

  await test.step('handed over, resolved, reopened and resolved by another person', async () => {
    await incident.root.getByRole('button', { name: 'Hand over …' }).click();
    await incident.root.getByRole('textbox', { name: 'Hand over to' }).fill('Dispatcher');
    await page.keyboard.press('Enter');
    await expect(incident.root.getByRole('status', { name: 'Handover' })).toContainText(
      'Supervisor offers it to Dispatcher',
    );
    await page.keyboard.press('Control+Shift+L');
    await entrance.enter('Dispatcher');
    await incident.take('Take it over');
    await expect(incident.root.getByRole('combobox', { name: 'Assigned to' })).toHaveValue('Dispatcher');
    await incident.resolve('Cars towed');
    await incident.expectStatus('Resolved');
    await incident.take('Reopen');
    await incident.root.getByRole('button', { name: 'Reopen', exact: true }).click();
    await incident.expectStatus('Recovered');
    await incident.resolve('Cars towed, road swept');
    await incident.expectStatus('Resolved');
    await expect(incident.root.getByRole('button', { name: 'Review and close …' })).toHaveAccessibleDescription(
      'Needs a supervisor.',
    );
  });

  await test.step('reviewed and closed by the supervisor', async () => {
    await page.keyboard.press('Control+Shift+L');
    await entrance.signIn('Supervisor', 'supervisor-demo');
    await incident.root.getByRole('button', { name: 'Review and close …' }).click();
    await incident.root.getByRole('textbox', { name: 'What went well' }).fill('Quick on scene');
    await incident.root.getByRole('textbox', { name: 'What is to be improved' }).fill('Sweeper came late');
    await incident.root.getByRole('button', { name: 'Review and close', exact: true }).click();
    await expect(incident.root.getByRole('region', { name: 'Outcome and review' })).toContainText('Sweeper came late');
    await expect(incident.logLine('Reviewed and closed')).toBeVisible();
  });

  await test.step('looked back at, and back on its page', async () => {
    await incident.root.getByRole('link', { name: 'Look back at it' }).click();
    await expect(page.getByTestId('review-track')).toBeVisible();
    await page.getByRole('link', { name: 'Crash at Mill Road' }).click();
    await incident.expectStatus('Resolved');
  });
});
