import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { test } from './e2eTest.ts';
import { ControlRoom } from './pages/ControlRoom.ts';
import { IncidentPage } from './pages/IncidentPage.ts';

type Road = { id: string; path: [number, number][] };

/** Long roads of the generated county, which can be clicked at any zoom, near its middle first. */
function longRoads(dataDir: string): Road[] {
  const [file = ''] = globSync(join(dataDir, 'county-*', 'network.geojson'));
  const { features } = JSON.parse(readFileSync(file, 'utf8')) as {
    features: {
      properties: { id: string; roadClass: string; lengthM: number };
      geometry: { coordinates: [number, number][] };
    }[];
  };
  return features
    .filter(({ properties }) => properties.roadClass === 'arterial' && properties.lengthM > 1500)
    .map(({ properties, geometry }) => ({ id: properties.id, path: geometry.coordinates }));
}

const effectsOf = (page: Page): Promise<{ closed: string[]; diverted: string[] } | undefined> =>
  page.evaluate(() => globalThis.__beaconMapStats?.roadEffects());

type Place = { x: number; y: number; width: number; height: number };

/** Where the map draws the middle of a road, once neither the map nor its picture moves; undefined off the map. */
async function placeOf(page: Page, linkId: string): Promise<Place | undefined> {
  const map = page.getByTestId('situation-map').filter({ visible: true });
  let [before, place] = ['', undefined as Place | undefined];
  await expect
    .poll(
      async () => {
        const at = await page.evaluate((id) => globalThis.__beaconMapStats?.road(id), linkId);
        const box = await map.boundingBox();
        place = at && box ? { x: at.x, y: at.y, width: box.width, height: box.height } : undefined;
        const now = JSON.stringify([place, box]);
        const isStill = now === before;
        before = now;
        return isStill;
      },
      { intervals: [400] },
    )
    .toBe(true);
  return place;
}

/** Clicks the roads one after the other, each where the map draws its middle. */
async function clickRoads(page: Page, roads: readonly Road[], count: number): Promise<void> {
  const map = page.getByTestId('situation-map').filter({ visible: true });
  const chosen = page.getByTestId('incident-work').getByRole('group', { name: /roads/i }).getByRole('listitem');
  let clicked = 0;
  for (const { id } of roads) {
    const at = await placeOf(page, id);
    if (at === undefined || at.x < 20 || at.y < 20 || at.x > at.width - 20 || at.y > at.height - 20) continue;
    await map.click({ position: { x: at.x, y: at.y } });
    clicked++;
    await expect(chosen).toHaveCount(clicked);
    if (clicked === count) return;
  }
  throw new Error(`Only ${clicked} roads could be clicked.`);
}

test.skip(
  process.env['BEACON_TEST_MAP'] !== '1',
  'Clicks on the drawn map, and was not yet seen to pass on two busy cores; it runs with BEACON_TEST_MAP=1.',
);

test('roads are closed by clicks on the map, drawn until the county’s clock says so, and handed on at the end', async ({
  startHost,
  dataDir,
  page,
}) => {
  const { url } = await startHost();
  const incident = new IncidentPage(page, 'incident-work');
  const { root } = incident;
  const effects = root.getByRole('region', { name: 'Closures, diversions, service' });
  await new ControlRoom(page).open(url);
  await incident.openByHand('Road works', 'Other');
  const second = page.url();
  await incident.openByHand('Crash at Mill Road', 'Crash');
  const roads = longRoads(dataDir);
  const spread = roads.filter((_, index) => index % Math.ceil(roads.length / 40) === 0);

  await test.step('two roads, until a time that is one', async () => {
    await effects.getByRole('button', { name: 'Close roads …' }).click();
    await clickRoads(page, spread, 2);
    await effects.getByRole('textbox', { name: /^Until/ }).fill('abc');
    await effects.getByRole('button', { name: 'Close the road' }).click();
    await expect(effects.getByRole('alert')).toContainText('Write a time such as 18:05');
    await effects.getByRole('textbox', { name: /^Until/ }).fill('2 h');
    await effects.getByRole('button', { name: 'Close the road' }).click();
    await expect(effects.getByRole('listitem').filter({ hasText: 'Closed' }).first()).toContainText(
      /until .*\d\d:\d\d/,
    );
    await expect.poll(async () => (await effectsOf(page))?.closed.length).toBe(2);
  });

  await test.step('a diversion along a road of the map', async () => {
    await effects.getByRole('button', { name: 'Diversion …' }).click();
    await clickRoads(page, spread.toReversed(), 1);
    await effects.getByRole('textbox', { name: 'Diversion by' }).fill('Oak Street');
    await effects.getByRole('button', { name: 'Set the diversion' }).click();
    await expect.poll(async () => (await effectsOf(page))?.diverted.length).toBe(1);
  });

  await test.step('a route that there is not is refused', async () => {
    await effects.getByRole('button', { name: 'Service alert …' }).click();
    await effects.getByRole('textbox', { name: 'What passengers are told' }).fill('Delays');
    await effects.getByRole('textbox', { name: /^Routes/ }).fill('banana');
    await effects.getByRole('button', { name: 'Set the service alert' }).click();
    await expect(effects.getByRole('alert')).toContainText('The county has no route banana.');
    await effects.getByRole('button', { name: 'Cancel' }).click();
  });

  await test.step('the closures are handed on to the other incident, and the diversion ends', async () => {
    await incident.take('Resolve');
    const open = root.getByRole('list', { name: 'Still open' }).getByRole('listitem');
    await expect(open).toHaveCount(3);
    for (const index of [0, 1]) {
      await open.nth(index).getByRole('button').click();
      await page.getByRole('option', { name: 'Hand on to another incident' }).click();
    }
    await root.getByRole('button', { name: /Handed on to/ }).click();
    await page.getByRole('option', { name: /Road works/ }).click();
    await root.getByRole('button', { name: 'Resolve', exact: true }).click();
    await incident.expectStatus('Resolved');
    await expect
      .poll(() => effectsOf(page))
      .toMatchObject({ closed: [expect.any(String), expect.any(String)], diverted: [] });
    await page.goto(second);
    await expect(effects.getByRole('listitem').filter({ hasText: 'Closed' }).first()).toBeVisible();
  });
});
