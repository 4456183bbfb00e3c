import { expect } from '@playwright/test';
import { test } from './e2eTest.ts';
import { ControlRoom } from './pages/ControlRoom.ts';
import { WallDisplay } from './pages/WallDisplay.ts';

test('the desk greys out and says so when the engine dies, and comes back by itself', async ({ startHost, page }) => {
  const beacon = await startHost();
  const room = new ControlRoom(page);
  await room.open(beacon.url);

  await beacon.kill();
  await room.expectLink('frozen');
  await expect(room.banner).toContainText('No connection to the engine since');
  await room.expectGreyed(true);

  await startHost(beacon.port);
  await room.expectLink('live');
  await expect(room.banner).toBeHidden();
  await room.expectGreyed(false);
});

test('the wall shows the age of every tile, and each one dies with the host', async ({ startHost, page }) => {
  const beacon = await startHost();
  const wall = new WallDisplay(page);
  await wall.open(beacon.url);
  await expect(wall.tiles).toHaveCount(4);
  for (const tile of await wall.tiles.all()) await expect(tile).toContainText(/\d+ s old/);
  await expect(wall.deadTiles).toHaveCount(0);

  await beacon.stop();
  await expect(wall.deadTiles).toHaveCount(4, { timeout: 180_000 });
  for (const tile of await wall.tiles.all()) await expect(tile).toContainText('Not live since');
});
