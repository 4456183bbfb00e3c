import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';
import { extractText } from 'unpdf';
import { builtEntry } from '../support/startBuilt.ts';
import { test } from './e2eTest.ts';
import { ControlRoom } from './pages/ControlRoom.ts';
import { IncidentPage } from './pages/IncidentPage.ts';
import { ShiftPage } from './pages/ShiftPage.ts';

const textOf = async (pdf: Uint8Array): Promise<string> =>
  (await extractText(new Uint8Array(pdf), { mergePages: true })).text.replace(/\s+/g, ' ');

test('a shift is opened, closed, commented, signed and taken over; its report is the same on the screen, on paper and beside the engine', async ({
  startHost,
  dataDir,
  page,
}) => {
  const { url } = await startHost();
  const [desk, shift] = [new ControlRoom(page), new ShiftPage(page)];
  await desk.open(url, 'Supervisor');
  await page.keyboard.press('n');
  await page.getByRole('textbox', { name: 'What' }).fill('Tree across Mill Road');
  await page.keyboard.press('Enter');
  await new IncidentPage(page).expectStatus('Reported');
  await shift.open();
  await shift.press('Open a shift');
  await expect(shift.shifts.getByRole('row')).toContainText(['Going on']);
  await shift.press('Close the shift');
  await shift.expectReport('Tree across Mill Road');
  await shift.comment('The tree is still there.');
  await shift.expectReport('The tree is still there.');
  await shift.press('Sign the report …');
  await page.getByLabel('Password of Supervisor').fill('not the password');
  await shift.press('Sign');
  await expect(page.getByText('The password is wrong.')).toBeVisible();
  await page.getByLabel('Password of Supervisor').fill('supervisor-demo');
  await shift.press('Sign');
  await expect(shift.shifts.getByRole('row')).toContainText(['signed by Supervisor']);
  await expect(page.getByRole('textbox', { name: 'Comment for the report' })).toBeHidden();
  await shift.press('Take over');
  await expect(shift.shifts.getByRole('row')).toContainText(['Going on', 'Taken over, signed by Supervisor']);

  await shift.shifts.getByRole('row').nth(1).click();
  await shift.expectReport(/SHA-256 of the report’s data: [0-9a-f]{64}/);
  const hash = /[0-9a-f]{64}/.exec((await shift.report.textContent()) ?? '')?.[0] ?? '';
  const id = /Shift (\S+-1)/.exec((await shift.report.textContent()) ?? '')?.[1]?.slice(0, 12) ?? '';
  const saved = await textOf(await shift.save(`Save shift ${id} as PDF`));
  const file = join(dataDir, 'signed.pdf');
  await promisify(execFile)(process.execPath, [
    builtEntry('host'),
    'engine',
    'report',
    '--data',
    dataDir,
    '--shift',
    id,
    '--out',
    file,
  ]);
  for (const text of [saved, await textOf(readFileSync(file))]) {
    expect(text).toContain('SIGNED');
    expect(text).toContain('Tree across Mill Road');
    expect(text).toContain('“The tree is still there.” Supervisor');
    expect(text).toContain(`${hash}, the one that was signed.`);
  }
});
