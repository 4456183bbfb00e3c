import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

/** The full list of alarms, used by keyboard. */
export class AlarmsPage {
  readonly page: Page;
  readonly list: Locator;
  readonly rows: Locator;
  readonly card: Locator;
  readonly urgent: Locator;
  readonly flood: Locator;
  readonly sound: Locator;

  constructor(page: Page) {
    this.page = page;
    this.list = page.getByTestId('alarm-list');
    this.rows = page.getByTestId('alarm-row');
    this.card = page.getByTestId('alarm-card');
    this.urgent = page.getByTestId('urgent-banner');
    this.flood = page.getByTestId('flood-note');
    this.sound = page.getByTestId('sound');
  }

  async open(url: string): Promise<void> {
    await this.page.goto(`${url}/#/alarms`);
    await expect(this.rows.first()).toBeVisible();
    await this.list.focus();
  }

  row(alarmId: string): Locator {
    return this.page.locator(`[data-testid="alarm-row"][data-alarm="${alarmId}"]`);
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Expects this alarm in the cursor's row, as the list announces it to assistive technology. */
  async expectCursorAt(alarmId: string): Promise<void> {
    const active = async (): Promise<string | null> =>
      this.page
        .locator(`[id="${(await this.list.getAttribute('aria-activedescendant')) ?? ''}"]`)
        .getAttribute('data-alarm');
    await expect.poll(active).toBe(alarmId);
    await expect(this.list).toBeFocused();
  }

  async show(list: string): Promise<void> {
    await this.page
      .getByRole('radiogroup', { name: 'List' })
      .getByRole('radio', { name: new RegExp(`^${list}`) })
      .click();
  }

  /** The ids of the alarms in the order of the list, from its top. */
  ids(): Promise<(string | null)[]> {
    return this.rows.evaluateAll((rows) =>
      rows
        .toSorted((a, b) => Number(a.dataset['index']) - Number(b.dataset['index']))
        .map((row) => row.dataset['alarm'] ?? null),
    );
  }
}
