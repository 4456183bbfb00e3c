import { expect } from '@playwright/test';
import { test } from './e2eTest.ts';
import { metresApart } from './metresApart.ts';
import { Desk } from './pages/Desk.ts';
import { TimeLine } from './pages/TimeLine.ts';

/** A queue is called a crash once somebody has reported one there. */
const QUEUE = /(Queue|Probable crash) on/;
const MINUTE_MS = 60_000;
/** Who came so far since then can be told from where he was then, however far behind its reports a vehicle is drawn. */
const FAR_M = 1000;

test.use({ live: { scenario: 'crash', speed: 4 } });

test('the county is shown as it was, nothing can be commanded there, and the way back leads to live', async ({ county, page }) => {
  test.setTimeout(400_000);
  const desk = new Desk(page);
  const line = new TimeLine(page);
  await desk.open(county.beacon.url);
  await expect(desk.alarm(QUEUE)).toBeVisible({ timeout: 150_000 });

  const minute = await line.nextMinute();
  const then = { vehicles: await desk.vehicles(), delay: await line.trafficDelay() };
  expect(then.vehicles.length).toBeGreaterThan(0);
  await expect.poll(() => line.liveMs(), { timeout: 150_000 }).toBeGreaterThan(minute.atMs + 4 * MINUTE_MS);
  const later = { vehicles: await desk.vehicles(), delay: await line.trafficDelay() };

  await test.step('back by the arrow keys', async () => {
    await line.goBackTo(minute.text);
    await expect(line.frame).toContainText(`${minute.text}:00`);
    await expect(line.frame).toHaveAttribute('data-state', 'standing', { timeout: 60_000 });
  });

  await test.step('vehicles and roads are those of then', async () => {
    const shown = new Map((await desk.vehicles()).map((vehicle) => [vehicle.id, vehicle]));
    const before = new Map(then.vehicles.map((vehicle) => [vehicle.id, vehicle]));
    const moved = later.vehicles.flatMap((now) => {
      const [was, is] = [before.get(now.id), shown.get(now.id)];
      return was !== undefined && is !== undefined && metresApart(was, now) > FAR_M ? [{ was, is, now }] : [];
    });
    expect(moved.length).toBeGreaterThan(0);
    for (const { was, is, now } of moved) expect(metresApart(is, was), was.id).toBeLessThan(metresApart(is, now));
    expect(Math.abs(later.delay - then.delay)).toBeGreaterThan(0);
    await expect.poll(async () => Math.abs((await line.trafficDelay()) - then.delay)).toBeLessThan(Math.abs(later.delay - then.delay));
  });

  await test.step('live alarms stay, and commands are refused', async () => {
    await expect(desk.alarm(QUEUE)).toBeVisible();
    await desk.alarm(QUEUE).hover();
    await expect(desk.alarm(QUEUE).getByRole('button', { name: 'Open incident' })).toBeDisabled();
    await desk.alarm(QUEUE).focus();
    await page.keyboard.press('a');
    await expect(line.refusal.first()).toBeVisible();
    await page.keyboard.press('n');
    await expect(page.getByRole('dialog', { name: 'Open an incident' })).toHaveCount(0);
  });

  await test.step('played on', async () => {
    await page.getByRole('button', { name: 'Play' }).click();
    await expect(line.frame).toContainText('replay ×10');
    await expect.poll(() => line.pictureMs()).toBeGreaterThan(minute.atMs + 15_000);
  });

  await test.step('back to live', async () => {
    await page.keyboard.press('l');
    await expect(line.frame).toHaveCount(0);
    await desk.expectLink('live');
    await expect.poll(async () => (await desk.vehicles()).length).toBeGreaterThan(0);
    await desk.alarm(QUEUE).focus();
    await page.keyboard.press('i');
    await expect(page.getByRole('dialog', { name: 'Open an incident' })).toBeVisible();
  });
});
