import { expect } from '@playwright/test';
import { test } from './e2eTest.ts';
import { ControlRoom } from './pages/ControlRoom.ts';

test('the screen says that the broker is lost and that it is back, and data flows again', async ({ county, page }) => {
  const room = new ControlRoom(page);
  await room.open(county.beacon.url);
  await expect.poll(async () => (await room.vehicles()).length).toBeGreaterThan(0);
  await expect(room.banner).toBeHidden();

  await county.broker.stop();
  await room.expectLink('brokerLost');
  await expect(room.banner).toContainText('Broker lost');
  await expect(room.banner).toContainText(county.broker.url);

  await county.broker.start();
  await room.expectLink('live');
  await expect(room.banner).toBeHidden();
  const stopped = await room.vehicles();
  const moved = async (): Promise<boolean> =>
    (await room.vehicles()).some(({ id, lon, lat }) =>
      stopped.some((before) => before.id === id && (before.lon !== lon || before.lat !== lat)),
    );
  await expect.poll(moved, { message: 'vehicles go on', timeout: 180_000 }).toBe(true);
});
