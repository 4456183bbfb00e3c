import { expect } from '@playwright/test';
import type { DrawnThing } from '../../renderer/features/map/mapStats.ts';
import { test } from './e2eTest.ts';
import { metresApart } from './metresApart.ts';
import { ControlRoom } from './pages/ControlRoom.ts';
import { TimeLine } from './pages/TimeLine.ts';

/** A queue is called a crash once somebody has reported one there. */
const QUEUE = /(Queue|Probable crash) on/;
const MINUTE_MS = 60_000;
/** Who came so far since then can be told from where he was then, however far behind its reports a vehicle is drawn. */
const FAR_M = 1000;

/** Patrols stay in their town. */
const FAR_ON_PATROL_M = 300;

const movedBetween = (
  then: readonly DrawnThing[],
  later: readonly DrawnThing[],
  farM: number,
): { was: DrawnThing; now: DrawnThing }[] =>
  then.flatMap((was) =>
    later.filter((now) => now.id === was.id && metresApart(was, now) > farM).map((now) => ({ was, now })),
  );

/** Whatever went far since is drawn nearer to where it was then. */
function expectDrawnAsThen(moved: ReturnType<typeof movedBetween>, shown: readonly DrawnThing[]): void {
  expect(moved.length).toBeGreaterThan(0);
  const drawn = new Map(shown.map((thing) => [thing.id, thing]));
  for (const { was, now } of moved) {
    const is = drawn.get(was.id);
    if (is !== undefined) expect(metresApart(is, was), was.id).toBeLessThan(metresApart(is, now));
  }
  expect(moved.some(({ was }) => drawn.has(was.id))).toBe(true);
}

test.use({ live: { scenario: 'crash', speed: 4 } });

test('the county is shown as it was, nothing can be commanded there, and the way back leads to live', async ({
  county,
  page,
}) => {
  const room = new ControlRoom(page);
  const line = new TimeLine(page);
  await room.open(county.beacon.url);
  await expect(room.alarm(QUEUE)).toBeVisible({ timeout: 150_000 });

  const minute = await line.nextMinute();
  const then = { vehicles: await room.vehicles(), units: await room.units(), delay: await line.trafficDelay() };
  expect(then.vehicles.length).toBeGreaterThan(0);
  await expect.poll(() => line.liveMs(), { timeout: 150_000 }).toBeGreaterThan(minute.atMs + 4 * MINUTE_MS);
  await expect
    .poll(async () => movedBetween(then.units, await room.units(), FAR_ON_PATROL_M).length, { timeout: 150_000 })
    .toBeGreaterThan(0);
  const later = { vehicles: await room.vehicles(), units: await room.units(), delay: await line.trafficDelay() };

  await test.step('back by the arrow keys', async () => {
    await line.goBackTo(minute.text);
    await expect(line.frame).toContainText(`${minute.text}:00`);
    await expect(line.frame).toHaveAttribute('data-state', 'standing', { timeout: 180_000 });
  });

  await test.step('vehicles and roads are those of then', async () => {
    expectDrawnAsThen(movedBetween(then.vehicles, later.vehicles, FAR_M), await room.vehicles());
    expect(Math.abs(later.delay - then.delay)).toBeGreaterThan(0);
    await expect
      .poll(async () => Math.abs((await line.trafficDelay()) - then.delay))
      .toBeLessThan(Math.abs(later.delay - then.delay));
  });

  await test.step('so are units: on patrol where they were, and on what they did', async () => {
    const shown = await room.units();
    expect(shown.length).toBe(then.units.length);
    expectDrawnAsThen(movedBetween(then.units, later.units, FAR_ON_PATROL_M), shown);
    const doing = (units: typeof shown): string[] => units.map(({ id, status }) => `${id} ${status}`).sort();
    expect(doing(shown)).toEqual(doing(then.units));
  });

  await test.step('live alarms stay, and commands are refused', async () => {
    await expect(room.alarm(QUEUE)).toBeVisible();
    await room.alarm(QUEUE).hover();
    await expect(room.alarm(QUEUE).getByRole('button', { name: 'Open incident' })).toBeDisabled();
    await room.alarm(QUEUE).focus();
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
    await room.expectLink('live');
    await expect.poll(async () => (await room.vehicles()).length).toBeGreaterThan(0);
    await room.alarm(QUEUE).focus();
    await page.keyboard.press('i');
    await expect(page.getByRole('dialog', { name: 'Open an incident' })).toBeVisible();
  });
});
