import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { test } from './e2eTest.ts';
import { layoutFaults } from './layoutFaults.ts';
import { addresses } from './pages/addresses.ts';
import { ControlRoom } from './pages/ControlRoom.ts';
import { DispatchPage } from './pages/DispatchPage.ts';

/** A small screen of a control room, and what a zoom of 200 % leaves of a large one, in CSS pixels. */
const usualSizes = [
  { width: 1366, height: 768 },
  { width: 960, height: 540 },
];
/** Further screens and zooms; `npm test -- long` measures on these, too. */
const otherSizes = [
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
  { width: 3840, height: 2160 },
  { width: 911, height: 512 },
  { width: 853, height: 480 },
  { width: 640, height: 360 },
];
const sizes = process.env['BEACON_TEST_LONG'] === '1' ? [...usualSizes, ...otherSizes] : usualSizes;
/** The last things that may be cut: the name of the urgent alarm, the answer to it, and the age of the data. */
const kept = [
  '[data-testid="urgent-banner"] b',
  '[data-testid="urgent-banner"] button',
  '[data-testid="link-state"]',
] as const;
const [, , age] = kept;

/** Faults of a page on each of the sizes; while it is empty or loading, it is measured again. */
async function faultsOn(page: Page, address: string, needed: readonly string[]): Promise<string[]> {
  await page.evaluate((hash) => window.location.assign(hash), `#/${address}`);
  const faults: string[] = [];
  for (const size of sizes) {
    await page.setViewportSize(size);
    await expect(page.locator('[role="status"][aria-label="Loading"]').filter({ visible: true })).toHaveCount(0);
    let found: string[] = [];
    await expect
      .poll(async () => (found = await layoutFaults(page, needed)).length, { timeout: 10_000 })
      .toBe(0)
      .catch(() => faults.push(...found.map((fault) => `${address} at ${size.width}×${size.height}: ${fault}`)));
  }
  return faults;
}

test.beforeEach(() => console.log(`The layout is measured at ${String(sizes.length)} sizes.`));

test.describe('a quiet county', () => {
  test('nothing is cut, covered or out of reach on any page at any size', async ({ county, page }) => {
    const room = new ControlRoom(page);
    await room.open(county.beacon.url, 'Administrator');
    const faults: string[] = [];
    for (const address of [...addresses, 'administration', 'wall'])
      faults.push(...(await faultsOn(page, address, address === 'wall' ? [] : [age])));
    expect(faults).toEqual([]);
  });
});

test.describe('a disturbed county', () => {
  test.skip(
    process.env['BEACON_TEST_LONG'] !== '1',
    'The layout of a disturbed county takes four minutes and is measured by npm test -- long.',
  );
  test.use({ live: { scenario: 'demo', speed: 1 } });

  test('nothing is cut, covered or out of reach on any page at any size', async ({ county, page }) => {
    const room = new ControlRoom(page);
    await room.open(county.beacon.url);
    await expect(page.getByTestId('urgent-banner')).toBeVisible({ timeout: 180_000 });
    await page.keyboard.press('4');
    await expect(page.getByText('Nobody has to be sent anywhere.')).toBeVisible();
    await new DispatchPage(page).openOnMap('A lorry with a long name across both lanes of Mill Road', 'Crash');
    await page.keyboard.press('d');
    await page.keyboard.press('1');
    const id = (await page.evaluate(() => window.location.hash)).split('/').at(-1) ?? '';
    const faults: string[] = [];
    for (const address of [...addresses, `incidents/${id}`, `dispatch/${id}`, `review/${id}`])
      faults.push(...(await faultsOn(page, address, kept)));
    faults.push(...(await faultsOn(page, 'wall', [kept[0]])));
    expect(faults).toEqual([]);
  });
});
