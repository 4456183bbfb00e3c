import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { test } from './e2eTest.ts';
import { ControlRoom } from './pages/ControlRoom.ts';
import { Entrance } from './pages/Entrance.ts';

const DAY_MS = 86_400_000;
const HOST = join(import.meta.dirname, '../../out/main/host.js');
const textOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

test('a plan is registered by two people, evaluated with its interval, and verified', async ({
  startHost,
  dataDir,
  page,
}) => {
  const first = await startHost();
  await first.stop();
  const today = Math.floor(Date.now() / DAY_MS);
  const start = today - 70;
  const rows = Array.from({ length: 470 }, (_, at) => {
    const day = today - 470 + at;
    return `${textOf(day)},${(40 + ((day * 7919) % 13) / 13) * (day >= start ? 0.8 : 1)}`;
  });
  const file = join(dataDir, 'before.csv');
  writeFileSync(file, `day,value\n${rows.join('\n')}\n`);
  const impact = (...args: string[]) =>
    spawnSync(process.execPath, [HOST, 'engine', 'impact', ...args, '--data', dataDir], { encoding: 'utf8' });
  expect(impact('import', file, '--measure', 'waterInflow').stdout).toContain('470 days');

  const { url } = await startHost();
  await new ControlRoom(page).open(url, 'Supervisor');
  await page.getByRole('link', { name: 'Impact' }).click();
  await expect(page.getByRole('heading', { name: /Where to act first/ })).toBeVisible();
  await page.getByRole('radio', { name: 'Plans' }).click();
  await page.getByRole('button', { name: 'Write a plan' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Question').fill('Does the new main lose less?');
  await dialog.getByRole('button', { name: /Measure/ }).click();
  await page.getByRole('option', { name: /Water inflow/ }).click();
  await dialog.getByLabel('Baseline from (day)').fill(textOf(start - 390));
  await dialog.getByLabel('Start of the change (day)').fill(textOf(start));
  await dialog.getByLabel('First day after the change-over').fill(textOf(start + 3));
  await dialog.getByLabel('Last day').fill(textOf(today - 2));
  await dialog.getByRole('button', { name: 'Write the plan' }).click();
  const plan = page.getByRole('table', { name: 'Plans' }).getByRole('row');
  await expect(plan).toContainText('To be registered by another person');
  await plan.getByRole('button', { name: 'Register' }).click();
  await expect(page.getByText(/registered by somebody else/)).toBeVisible();

  await page.keyboard.press('Control+Shift+L');
  await new Entrance(page).signIn('Administrator', 'administrator-demo');
  await plan.getByRole('button', { name: 'Register' }).click();
  await expect(plan).toContainText('Smallest effect that would be seen');
  await expect(plan).toContainText('Exploratory: The plan was registered on');
  await plan.getByRole('button', { name: 'Evaluate' }).click();
  await expect(plan).toContainText(/−(19|20|21)\.\d %, 90 % interval/);

  await page.getByRole('radio', { name: 'Results' }).click();
  await page.getByRole('button', { name: /^Show/ }).click();
  await expect(page.getByRole('table', { name: 'Report' })).toContainText('Hash of the baseline');

  const reports = readdirSync(join(dataDir, 'impact')).map((name) => join(dataDir, 'impact', name));
  const report = reports.find((each) => readFileSync(each, 'utf8').includes('"samplesHash"')) ?? '';
  expect(
    execFileSync(process.execPath, [HOST, 'engine', 'impact', 'verify', report, '--data', dataDir], {
      encoding: 'utf8',
    }),
  ).toContain('agrees');
  const altered = join(dataDir, 'altered.json');
  writeFileSync(altered, readFileSync(report, 'utf8').replace(/"leastShare":0\.75/, '"leastShare":0.74'));
  const refused = impact('verify', altered);
  expect(refused.stdout).toContain('The definition in the report is not the one that its hash names.');
  expect(refused.status).toBe(1);
});
