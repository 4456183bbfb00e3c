import { expect } from '@playwright/test';
import { test } from './e2eTest.ts';
import { ControlRoom } from './pages/ControlRoom.ts';
import { IncidentPage } from './pages/IncidentPage.ts';
import { Palette } from './pages/Palette.ts';
import { TimeLine } from './pages/TimeLine.ts';
import { violations } from './violations.ts';

/** A morning: at night too few drive for a queue. */
test.use({ live: { scenario: 'demo', speed: 2 } });

test('a crash is proposed as one incident with what people report, found again by its words, and looked back at', async ({
  county,
  page,
}) => {
  const room = new ControlRoom(page);
  const incident = new IncidentPage(page);
  await room.open(county.beacon.url);
  const time = new TimeLine(page);
  let notedAtMs = 0;
  const proposal = page.getByTestId('proposal').filter({ hasText: /Queue|Probable crash/ });

  await test.step('the evidence says why each belongs', async () => {
    await expect(proposal.getByRole('listitem').filter({ hasText: 'Citizen report: crash' })).toContainText(
      /On the same stretch of .*: somebody sees there what the detectors measure\./,
      { timeout: 300_000 },
    );
    await expect(proposal.getByRole('listitem').first()).toContainText('Explains the others.');
    expect(await violations(page)).toEqual([]);
  });

  await test.step('accepted, it is one incident with all of its alarms, and proposed no longer', async () => {
    await proposal.getByRole('button', { name: 'Open incident' }).click();
    await incident.expectStatus('Reported');
    await expect(incident.root.getByRole('button', { name: /Citizen report: crash/ })).toBeVisible();
    await expect(page.getByTestId('proposal').filter({ hasText: 'Proposed: one incident' })).toHaveCount(0);
    await incident.addNote('Excavator is on its way');
    notedAtMs = await time.liveMs();
  });

  await test.step('the note is found, and leads to the incident', async () => {
    const palette = new Palette(page);
    await palette.type('excavator');
    await expect(palette.results('What people did').first()).toContainText('Incident noted: Excavator is on its way');
    await page.keyboard.press('Escape');
  });

  await test.step('its review shows the county of then, in step with what was done', async () => {
    // Nearer to now than half a minute is live.
    await expect.poll(async () => (await time.liveMs()) - notedAtMs, { timeout: 180_000 }).toBeGreaterThan(31_000);
    await page.getByRole('link', { name: 'Review' }).click();
    await page.getByRole('link', { name: /Queue|Probable crash/ }).click();
    await expect(time.frame).toBeVisible({ timeout: 180_000 });
    const note = page.getByTestId('review-line').filter({ hasText: 'Excavator is on its way' });
    await expect(note).toHaveAttribute('data-step', 'ahead');
    await note.click();
    await expect(note).toHaveAttribute('data-step', 'now', { timeout: 180_000 });
    await page.getByRole('button', { name: 'Close the review' }).click();
    await expect(time.frame).toBeHidden();
  });
});
