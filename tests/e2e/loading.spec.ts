import { expect } from '@playwright/test';
import type { Page, Response } from '@playwright/test';
import { test } from './e2eTest.ts';
import { ControlRoom } from './pages/ControlRoom.ts';

/** Half as much again as the first picture needed when this was written. */
const MOST_FIRST_SCRIPT_BYTES = 750_000;
const PREFETCHED_MS = 60_000;

const pages = ['Alarms', 'Incidents', 'Dispatch', 'Shift', 'Review', 'Administration'] as const;

const isScript = (url: string): boolean => new URL(url).pathname.endsWith('.js');

/** The scripts that have come so far, by the name of their file without its hash. */
function watchScripts(page: Page): Map<string, Response> {
  const scripts = new Map<string, Response>();
  page.on('response', (response) => {
    const name = /\/([^/]+)-[\w-]{8}\.js$/.exec(response.url())?.[1];
    if (name !== undefined) scripts.set(name, response);
  });
  return scripts;
}

test('the first picture comes with little script, and that is compressed', async ({ startHost, page }) => {
  const { url } = await startHost();
  // The page waits for idle moments before it loads more; here it has none.
  await page.addInitScript(() => Object.assign(window, { requestIdleCallback: () => 0 }));
  const scripts = watchScripts(page);
  await new ControlRoom(page).open(url);

  const packed = await Promise.all([...scripts.values()].map((script) => script.request().sizes()));
  const bytes = packed.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0);
  expect(bytes).toBeGreaterThan(100_000);
  expect(bytes).toBeLessThan(MOST_FIRST_SCRIPT_BYTES);
  for (const name of ['drawing', 'react', 'SituationPage'])
    expect(scripts.get(name)?.headers()['content-encoding'], name).toBe('br');
  for (const name of ['charts', 'AdministrationPage', 'ShiftPage', 'WallView'])
    expect([...scripts.keys()], name).not.toContain(name);
});

test('every page opens also when the engine has died since the screen began', async ({ startHost, page }) => {
  const beacon = await startHost();
  const scripts = watchScripts(page);
  const room = new ControlRoom(page);
  await room.open(beacon.url, 'Administrator');
  await expect
    .poll(() => [...scripts.keys()], { timeout: PREFETCHED_MS })
    .toEqual(expect.arrayContaining(['charts', ...pages.map((name) => `${name}Page`)]));
  await expect.poll(() => scripts.get('AdministrationPage')?.finished(), { timeout: PREFETCHED_MS }).toBeNull();

  await beacon.kill();
  await room.expectLink('frozen');
  for (const name of pages) {
    await page.getByRole('link', { name, exact: true }).click();
    const shown = page.getByRole('main', { name, exact: true });
    await expect(shown).toBeVisible();
    await expect(shown.getByTestId('page-skeleton')).toHaveCount(0);
    await expect(shown.getByText('could not be loaded')).toHaveCount(0);
  }
});

test('a page whose script does not come says so, and comes when it is asked for again', async ({ startHost, page }) => {
  const { url } = await startHost();
  let isBroken = true;
  await page.route(
    (address) => isScript(address.href) && address.pathname.includes('/AlarmsPage-'),
    (route) => (isBroken ? route.fulfill({ status: 404, body: 'Not found' }) : route.continue()),
  );
  const room = new ControlRoom(page);
  await room.open(url);
  await page.getByRole('link', { name: 'Alarms', exact: true }).click();
  const shown = page.getByRole('main', { name: 'Alarms', exact: true });
  await expect(shown.getByRole('alert')).toContainText('The page “Alarms” could not be loaded.');
  await expect(shown.getByRole('button', { name: 'Reload the window' })).toBeVisible();
  // The rest goes on.
  await expect(page.getByRole('link', { name: 'Situation', exact: true })).toBeVisible();

  const again = shown.getByRole('button', { name: 'Load it again' });
  const list = shown.getByTestId('alarm-list');
  await expect(again).toBeVisible();
  isBroken = false;
  // On a busy machine the connection may be away for a moment: the screen then asks again by itself, before the click.
  await again.click({ timeout: 10_000 }).catch(() => undefined);
  await expect(list).toBeVisible();
  await expect(shown.getByText('could not be loaded')).toHaveCount(0);
});
