import { expect } from '@playwright/test';
import type { Truth } from '../../simulators/scenarios/Scenario.ts';
import { test } from './e2eTest.ts';
import type { LiveCounty } from './LiveCounty.ts';
import { metresApart } from './metresApart.ts';
import { ControlRoom } from './pages/ControlRoom.ts';

/** A queue is called a crash once somebody has reported one there. */
const QUEUE = /(Queue|Probable crash) on/;
/** A detector stands at most this far from where the crash is; the queue begins somewhere between. */
const NEAR_M = 1500;
/** A slow machine needs this long for two minutes of the county. */
const NOTICED_MS = 150_000;

type Event = Truth & { subjectId: string };

async function eventOf(county: LiveCounty, kind: string): Promise<Event> {
  const find = (): Truth | undefined => county.truths().find((truth) => truth.kind === kind);
  await expect.poll(find, { message: `the county has a ${kind}` }).toBeDefined();
  const truth = find();
  const [subjectId] = truth?.subjectIds ?? [];
  if (truth === undefined || subjectId === undefined) throw new Error(`There is no ${kind}.`);
  return { ...truth, subjectId };
}

async function marked(room: ControlRoom, rule: string): Promise<{ id: string; lon: number; lat: number }[]> {
  const find = async (): Promise<{ id: string; lon: number; lat: number }[]> =>
    (await room.markers()).filter(({ id }) => id.startsWith(`${rule}:`));
  await expect
    .poll(async () => (await find()).length, { message: `a mark of ${rule} on the map`, timeout: NOTICED_MS })
    .toBeGreaterThan(0);
  return find();
}

test.use({ live: { scenario: 'crash,outage,burst', speed: 2 } });

test('what happens in the county appears in the list and on the map, where it happened', async ({ county, page }) => {
  const room = new ControlRoom(page);
  await room.open(county.beacon.url);

  await test.step('a feeder without supply', async () => {
    const { subjectId } = await eventOf(county, 'feederOutage');
    await marked(room, `electricity.outage:feeder:${subjectId}`);
    const outage = room.alarm(new RegExp(`${subjectId}.* out`));
    await expect(outage).toBeVisible();
    await outage.click();
    await expect(room.detail).toHaveAttribute('data-kind', 'feeder');
    await expect(room.detail).toContainText(subjectId);
  });

  await test.step('a queue behind the crash', async () => {
    const crash = await eventOf(county, 'crash');
    for (const queue of await marked(room, 'traffic.queue')) expect(metresApart(queue, crash)).toBeLessThan(NEAR_M);
    await expect(room.alarm(QUEUE)).toBeVisible();
  });

  await test.step('a burst main', async () => {
    const { subjectId } = await eventOf(county, 'waterMainBurst');
    await marked(room, `water.burst:zone:${subjectId}`);
    await expect(room.alarm('Probable main burst')).toBeVisible();
  });
});
