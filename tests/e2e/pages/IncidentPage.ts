import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

/** The page of one incident, as the dispatcher works in it. */
export class IncidentPage {
  readonly root: Locator;
  readonly units: Locator;

  /** `testId` chooses between the column beside the map and the page that the incident has to itself. */
  constructor(page: Page, testId: 'incident-page' | 'incident-work' = 'incident-page') {
    this.root = page.getByTestId(testId);
    this.units = this.root.getByTestId('unit-row');
  }

  /** Opens an incident with the keyboard's form, and the page that it has to itself. */
  async openByHand(title: string, type: string): Promise<void> {
    const page = this.root.page();
    await page.keyboard.press('1');
    await page.keyboard.press('n');
    const dialog = page.getByRole('dialog', { name: 'Open an incident' });
    await dialog.getByRole('textbox', { name: 'What' }).fill(title);
    await dialog.getByRole('button', { name: /Type/ }).click();
    await page.getByRole('option', { name: type, exact: true }).click();
    await dialog.getByRole('button', { name: 'Open incident' }).click();
    await page
      .getByRole('article', { name: `Incident ${title}` })
      .getByRole('link', { name: 'The whole page' })
      .click();
    await this.expectStatus('Reported');
  }

  async expectStatus(status: string): Promise<void> {
    await expect(this.root.getByRole('list', { name: `Status: ${status}` })).toBeVisible();
  }

  /** Presses a step such as "Acknowledge" or "Restored". */
  async take(step: string): Promise<void> {
    await this.root.getByRole('button', { name: step, exact: true }).click();
  }

  async addNote(text: string): Promise<void> {
    await this.root.getByRole('textbox', { name: 'Note' }).fill(text);
    await this.root.getByRole('textbox', { name: 'Note' }).press('Enter');
    await expect(this.logLine(text)).toBeVisible();
  }

  async assign(assignee: string): Promise<void> {
    await this.root.getByRole('combobox', { name: 'Assigned to' }).fill(assignee);
    await this.root.getByRole('combobox', { name: 'Assigned to' }).press('Tab');
    await expect(this.logLine(`Assigned to ${assignee}`)).toBeVisible();
  }

  /** Sends the nearest free unit and returns its name. */
  async sendNearest(): Promise<string> {
    const button = this.units.first().getByRole('button', { name: /^Send / });
    const name = ((await button.getAttribute('aria-label')) ?? '').replace('Send ', '');
    await button.click();
    await expect(this.unit(name).getByRole('button', { name: `Stand down ${name}` })).toBeVisible();
    return name;
  }

  unit(name: string): Locator {
    return this.units.filter({ hasText: name });
  }

  async resolve(outcome: string): Promise<void> {
    await this.take('Resolve');
    await this.root.getByRole('textbox', { name: 'Outcome' }).fill(outcome);
    await this.root.getByRole('textbox', { name: 'Outcome' }).press('Enter');
  }

  /** The line of a milestone: its time, and the person or system that reported it. */
  milestone(name: string): Locator {
    return this.root
      .getByRole('row')
      .filter({ has: this.root.page().getByRole('rowheader', { name: new RegExp(`^${name} `) }) });
  }

  logLine(text: string | RegExp): Locator {
    return this.root.getByRole('list', { name: 'Log' }).getByRole('listitem').filter({ hasText: text });
  }

  /** The log in the order of events, without times and names. */
  async log(): Promise<string[]> {
    const lines = await this.root
      .getByRole('list', { name: 'Log' })
      .locator('p')
      .evaluateAll((all) => all.map((line) => line.firstChild?.textContent ?? ''));
    return lines.reverse();
  }
}
