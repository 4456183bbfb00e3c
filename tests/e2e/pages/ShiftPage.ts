import { readFileSync } from 'node:fs';
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

/** The time that a thread of a busy machine may take to make a report. */
const REPORT_MS = 60_000;

/** The page of shifts, in its users' words. */
export class ShiftPage {
  readonly page: Page;
  readonly report: Locator;
  readonly shifts: Locator;

  constructor(page: Page) {
    this.page = page;
    this.report = page.getByRole('article');
    this.shifts = page.getByRole('grid', { name: 'Shifts' });
  }

  /** Opens the page by its tab. */
  async open(): Promise<void> {
    await this.page.getByRole('link', { name: 'Shift', exact: true }).click();
    await expect(this.page.getByRole('navigation', { name: 'Shifts and periods' })).toBeVisible();
  }

  async press(name: string): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).click();
  }

  async comment(text: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Comment for the report' }).fill(text);
    await this.press('Add comment');
  }

  async expectReport(text: string | RegExp): Promise<void> {
    await expect(this.report).toContainText(text, { timeout: REPORT_MS });
  }

  /** Saves a report and returns its bytes. */
  async save(name: string): Promise<Buffer> {
    const download = this.page.waitForEvent('download', { timeout: REPORT_MS });
    await this.press(name);
    return readFileSync(await (await download).path());
  }
}
