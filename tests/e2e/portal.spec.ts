import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { test } from './e2eTest.ts';
import { ControlRoom } from './pages/ControlRoom.ts';
import { IncidentPage } from './pages/IncidentPage.ts';
import { violations } from './violations.ts';

const phone = { viewport: { width: 390, height: 844 }, locale: 'en-US' };

/** What must hold on every page: no rule of WCAG is broken, and nothing is wider than the screen. */
async function expectGood(page: Page): Promise<void> {
  expect(await violations(page), page.url()).toEqual([]);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width, page.url()).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
}

test('on a phone: an outage is read, a pothole reported without scripts, answered, and reopened', async ({
  startHost,
  browser,
  page,
  dataDir,
}) => {
  const beacon = await startHost();
  const portalLine = /The citizens' portal is at (\S+)/;
  await expect.poll(() => beacon.output(), { timeout: 60_000 }).toMatch(portalLine);
  const portal = portalLine.exec(beacon.output())?.[1] ?? '';
  const plain = await (await browser.newContext({ ...phone, javaScriptEnabled: false })).newPage();
  const scripted = await (await browser.newContext(phone)).newPage();
  const room = new ControlRoom(page);
  await room.open(beacon.url);

  await test.step('what nobody released is not there, and that is not called "all is well"', async () => {
    await scripted.goto(portal);
    await expect(scripted.getByText('This does not mean that all is well')).toBeVisible({ timeout: 30_000 });
    await expectGood(scripted);
  });

  await test.step('an outage is read once its message is released', async () => {
    const incident = new IncidentPage(page, 'incident-work');
    await incident.openByHand('Dark street', 'Power outage');
    const message = incident.root.getByRole('region', { name: 'Public message' });
    await message.getByRole('textbox').fill('Power is out in the north. Crews are on their way.');
    await message.getByRole('button', { name: 'Release' }).click();
    await expect(async () => {
      await plain.goto(portal);
      await expect(plain.getByText('Crews are on their way.')).toBeVisible({ timeout: 1000 });
    }).toPass({ timeout: 60_000 });
    await expect(plain.getByText('Dark street')).toBeHidden();
    await scripted.goto(`${portal}/es`);
    await expect(scripted.getByRole('heading', { name: /Apagón/ })).toBeVisible();
    await expectGood(scripted);
  });

  let number = '';
  await test.step('a pothole is reported with the keyboard alone, and without scripts', async () => {
    await plain.goto(`${portal}/en`);
    await plain.getByRole('link', { name: 'Report a problem' }).first().focus();
    await plain.keyboard.press('Enter');
    await plain.getByLabel('Say in your own words what is wrong').focus();
    await plain.keyboard.type('A deep hole in the right lane');
    await plain.getByRole('button', { name: 'Next' }).focus();
    await plain.keyboard.press('Enter');
    await plain.locator('#suggested').getByRole('button', { name: 'Pothole' }).focus();
    await plain.keyboard.press('Enter');
    await expect(plain.getByLabel('What is wrong?')).toHaveValue('A deep hole in the right lane');
    await plain.getByRole('button', { name: 'Send the report' }).focus();
    await plain.keyboard.press('Enter');
    await expect(plain.getByRole('alert')).toContainText('Say where it is');
    await plain.getByLabel('Address, corner or stop').focus();
    await plain.keyboard.type('Main Street at Third');
    await plain.getByRole('button', { name: 'Send the report' }).focus();
    await plain.keyboard.press('Enter');
    await expect(plain.getByText('Your report has been received.')).toBeVisible();
    number = /requests\/([0-9A-Z-]+)/.exec(plain.url())?.[1] ?? '';
  });

  await test.step('it is answered in the control room', async () => {
    await page.goto(`${beacon.url.replace(/\/$/, '')}/#/incidents/citizens`);
    const row = page.getByRole('row').filter({ hasText: number });
    await expect(row).toContainText('A deep hole in the right lane');
    expect(await violations(page)).toEqual([]);
    await row.getByRole('button', { name: 'Answer …' }).click();
    const dialog = page.getByRole('dialog', { name: `Answer ${number}` });
    await dialog.getByRole('button', { name: /State/ }).click();
    await page.getByRole('option', { name: 'Done' }).click();
    await dialog.getByRole('textbox', { name: /Reason/ }).fill('Filled on Monday');
    await dialog.getByRole('button', { name: 'Send the answer' }).click();
    await expect(row).toContainText('Filled on Monday');
  });

  await test.step('its reporter says that it is not fixed, and it is open again', async () => {
    await scripted.goto(plain.url());
    await expect(scripted.getByText('Filled on Monday')).toBeVisible();
    await expectGood(scripted);
    await plain.reload();
    await plain.getByLabel('Dissatisfied', { exact: true }).check();
    await plain.getByRole('button', { name: 'Give this mark' }).click();
    await expect(plain.getByText('Your mark: Dissatisfied')).toBeVisible();
    await plain.getByRole('button', { name: 'No, open it again' }).click();
    await expect(plain.getByText('Open again: the reporter says that it is not fixed')).toBeVisible();
  });

  await test.step('the own use is shown with the code on the bill, and with a wrong one nothing', async () => {
    const file = readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).find((each) =>
      each.endsWith('accounts.csv'),
    );
    const [head = '', first = ''] = readFileSync(join(dataDir, file ?? ''), 'utf8').split('\n');
    const cellOf = (name: string): string => first.split(',')[head.split(',').indexOf(name)] ?? '';
    const signIn = async (code: string): Promise<void> => {
      await plain.getByLabel('Number of your account').fill(cellOf('id'));
      await plain.getByLabel('Code on your newest bill').fill(code);
      await plain.getByRole('button', { name: 'Show my use' }).click();
    };
    await plain.goto(`${portal}/en`);
    await plain.getByRole('link', { name: 'My use' }).click();
    await signIn('WRONGCODE');
    await expect(plain.getByRole('alert')).toContainText('do not belong together');
    await signIn(cellOf('code'));
    await expect(plain.getByRole('heading', { name: `Account ${cellOf('id')}` })).toBeVisible();
    // The same page with scripts, which axe needs.
    await scripted.context().addCookies(await plain.context().cookies());
    await scripted.goto(`${portal}/en/use?step=hour`);
    await expect(scripted.getByRole('heading', { name: `Account ${cellOf('id')}` })).toBeVisible();
    await expectGood(scripted);
    await plain.getByRole('button', { name: 'End the session' }).click();
    await scripted.goto(`${portal}/es/use`);
    await expect(scripted.getByLabel('Número de su cuenta')).toBeVisible();
    await expectGood(scripted);
  });

  await test.step('the assistant puts danger first, and says what it does not know, in both languages', async () => {
    await plain.goto(`${portal}/en`);
    await plain.getByRole('link', { name: 'Ask', exact: true }).click();
    await plain.getByLabel('Your question').fill('I smell gas in my kitchen');
    await plain.getByRole('button', { name: 'Ask', exact: true }).click();
    await expect(plain.getByText('call 911 now')).toBeVisible();
    await scripted.goto(`${portal}/es/assistant`);
    await expectGood(scripted);
    await scripted.getByLabel('Su pregunta').fill('¿Quién ganó el mundial de 1978?');
    await scripted.getByRole('button', { name: 'Preguntar', exact: true }).click();
    await expect(scripted.getByText('1978').first()).toBeVisible();
    await expectGood(scripted);
  });

  await test.step('every page holds at 390 and 320 pixels, with its errors', async () => {
    for (const path of [
      '/en/report',
      '/es/report/signal',
      '/en/requests',
      '/en/requests/find?number=no',
      '/es/accessibility',
      '/en/none',
    ]) {
      await scripted.goto(`${portal}${path}`);
      await expectGood(scripted);
    }
    await scripted.goto(`${portal}/es/report/signal`);
    await scripted.getByRole('button', { name: 'Enviar el informe' }).click();
    await expect(scripted.getByRole('alert')).toBeVisible();
    await expectGood(scripted);
    await scripted.goto(`${portal}/es/report`);
    await scripted.getByLabel('Diga con sus palabras qué pasa').fill('El semáforo no funciona');
    await scripted.getByRole('button', { name: 'Siguiente' }).click();
    await expect(scripted.locator('#suggested').getByRole('button', { name: /Semáforo/ })).toBeVisible();
    await expectGood(scripted);
    await scripted.goto(`${portal}/es/feedback?page=report`);
    await scripted.getByLabel('Satisfecho', { exact: true }).check();
    await scripted.getByRole('button', { name: 'Enviar esta opinión' }).click();
    await expect(scripted.getByText('Gracias por su opinión')).toBeVisible();
    await expectGood(scripted);
    await scripted.setViewportSize({ width: 320, height: 640 });
    await scripted.goto(`${portal}/es`);
    await expectGood(scripted);
  });
  await plain.context().close();
  await scripted.context().close();
});
