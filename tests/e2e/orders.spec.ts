import { expect } from '@playwright/test';
import { topicOf } from '../../shared/wire/topics.ts';
import { test } from './fieldTest.ts';
import { ControlRoom } from './pages/ControlRoom.ts';
import { DispatchPage } from './pages/DispatchPage.ts';

test.use({ rights: ['topic readwrite beacon/v1/#', `topic deny ${topicOf('dispatch', '+')}`], speed: 1 });

test('an order that the broker refuses is not shown as ordered', async ({ field, page }) => {
  await field.report('traffic', 'units');
  const room = new ControlRoom(page);
  const dispatch = new DispatchPage(page);
  await room.open(field.url);
  await page.keyboard.press('4');
  await expect(page.getByText('Nobody has to be sent anywhere.')).toBeVisible();
  await dispatch.openOnMap('Stalled van', 'Stalled vehicle');
  await expect(dispatch.proposals.first()).toBeVisible({ timeout: 60_000 });
  await page.keyboard.press('d');
  await page.keyboard.press('1');
  await expect(dispatch.engaged.first()).toContainText('order refused by the broker: not authorized', {
    timeout: 60_000,
  });
});

test('an order that waits for the broker says so', async ({ field, page }) => {
  await field.report('traffic', 'units');
  const room = new ControlRoom(page);
  const dispatch = new DispatchPage(page);
  await room.open(field.url);
  await page.keyboard.press('4');
  await expect(page.getByText('Nobody has to be sent anywhere.')).toBeVisible();
  await dispatch.openOnMap('Stalled van', 'Stalled vehicle');
  await expect(dispatch.proposals.first()).toBeVisible({ timeout: 60_000 });
  await field.stopBroker();
  await room.expectLink('brokerLost');
  await page.keyboard.press('d');
  await page.keyboard.press('1');
  await expect(dispatch.engaged.first()).toContainText('order waits for the broker', { timeout: 60_000 });
  await expect(page.getByText('and the order waits for the broker')).toBeVisible();
});
