import { expect } from '@playwright/test';
import { test } from './e2eTest.ts';
import { metresApart } from './metresApart.ts';
import { ControlRoom } from './pages/ControlRoom.ts';

/** Less than this may be the rounding of a position that stands still. */
const MOVED_M = 20;
test('the map shows the county’s vehicles moving', async ({ county, page }) => {
  const room = new ControlRoom(page);
  await room.open(county.beacon.url);
  await expect
    .poll(async () => (await room.vehicles()).length, { message: 'vehicles on the map' })
    .toBeGreaterThanOrEqual(3);
  const before = await room.vehicles();

  const moved = async (): Promise<number> => {
    const now = new Map((await room.vehicles()).map((vehicle) => [vehicle.id, vehicle]));
    return before.filter((vehicle) => metresApart(vehicle, now.get(vehicle.id) ?? vehicle) > MOVED_M).length;
  };
  await expect.poll(moved, { message: 'the same vehicles at other places' }).toBeGreaterThanOrEqual(2);
  expect(await room.paintedVehicles()).toBeGreaterThan(0);
});
