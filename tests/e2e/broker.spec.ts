import { expect } from '@playwright/test';
import { test } from './e2eTest.ts';
import { Desk } from './pages/Desk.ts';

test('the screen says that the broker is lost and that it is back, and data flows again', async ({ county, page }) => {
  const desk = new Desk(page);
  await desk.open(county.beacon.url);
  await expect.poll(async () => (await desk.vehicles()).length).toBeGreaterThan(0);
  await expect(desk.banner).toBeHidden();

  await county.broker.stop();
  await desk.expectLink('brokerLost');
  await expect(desk.banner).toContainText('Broker lost');
  await expect(desk.banner).toContainText(county.broker.url);

  await county.broker.start();
  await desk.expectLink('live');
  await expect(desk.banner).toBeHidden();
  const stopped = await desk.vehicles();
  const moved = async (): Promise<boolean> =>
    (await desk.vehicles()).some(({ id, lon, lat }) =>
      stopped.some((before) => before.id === id && (before.lon !== lon || before.lat !== lat)),
    );
  await expect.poll(moved, { message: 'vehicles go on', timeout: 60_000 }).toBe(true);
});
