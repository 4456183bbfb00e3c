import { expect } from '@playwright/test';
import { test } from './e2eTest.ts';
import { ControlRoom } from './pages/ControlRoom.ts';
import { IncidentPage } from './pages/IncidentPage.ts';

/** A queue is called a crash once somebody has reported one there. */
const QUEUE = /(Queue|Probable crash) on/;
/** For a unit to drive through the county, at the speed of the county's clock. */
const DRIVE_MS = 150_000;

test.use({ live: { scenario: 'crash', speed: 8 } });

test('an incident goes from its alarm to its end, by keyboard and mouse, and outlives a restart', async ({
  county,
  page,
}) => {
  const room = new ControlRoom(page);
  const incident = new IncidentPage(page);
  await room.open(county.beacon.url);
  await expect(room.alarm(QUEUE)).toBeVisible({ timeout: 180_000 });

  await test.step('opened from the alarm with the keyboard alone', async () => {
    await room.alarm(QUEUE).focus();
    await page.keyboard.press('i');
    await expect(page.getByRole('dialog', { name: 'Open an incident' })).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'What' })).toBeFocused();
    await page.keyboard.press('Enter');
    await incident.expectStatus('Reported');
    await expect(room.alarm(QUEUE)).toContainText('has incident');
  });

  let unit = '';
  await test.step('acknowledged, noted, assigned, and a unit sent', async () => {
    await incident.take('Acknowledge');
    await incident.expectStatus('Acknowledged');
    await incident.addNote('Two cars, right lane blocked');
    await incident.assign('Dispatcher');
    unit = await incident.sendNearest();
    await incident.expectStatus('Dispatched');
  });

  await test.step('the unit arrives by its own report', async () => {
    await expect(incident.unit(unit)).toContainText('on scene', { timeout: DRIVE_MS });
    await incident.expectStatus('On scene');
  });

  await test.step('restored and resolved', async () => {
    await incident.take('Restored');
    await incident.expectStatus('Restored');
    await incident.resolve('Cars towed, road free');
    await incident.expectStatus('Resolved');
  });

  const steps = [
    new RegExp(`^Opened: ${QUEUE.source}`),
    /^Acknowledged$/,
    /^Two cars, right lane blocked$/,
    /^Assigned to Dispatcher$/,
    / ordered to go$/,
    /on scene/i,
    /^Service restored \(T5\)/,
    /^Resolved: Cars towed, road free$/,
  ];
  const expectWhole = async (): Promise<void> => {
    const log = await incident.log();
    const places = steps.map((step) => log.findIndex((line) => step.test(line)));
    expect(places, log.join('\n')).toEqual(places.toSorted((a, b) => a - b));
    expect(places, log.join('\n')).not.toContain(-1);
  };
  await expectWhole();

  await test.step('the record is there after a restart', async () => {
    await county.beacon.stop();
    await room.expectLink('frozen');
    await county.startBeacon();
    await page.reload();
    await room.expectLink('live');
    // The address names what was looked at.
    await incident.expectStatus('Resolved');
    await expectWhole();
  });
});
