import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

/** The dispatcher's page: calls, recommended units, the board of all units. */
export class DispatchPage {
  readonly page: Page;
  readonly calls: Locator;
  readonly proposals: Locator;
  readonly engaged: Locator;
  readonly board: Locator;
  /** The hint that says what the two keys of an order wait for. */
  readonly keys: Locator;

  constructor(page: Page) {
    this.page = page;
    this.calls = page.getByTestId('call-row');
    this.proposals = page.getByTestId('proposal-row');
    this.engaged = page.getByTestId('engaged-row');
    this.board = page.getByRole('table', { name: 'Units' });
    this.keys = page.getByRole('region', { name: 'Recommended units' }).getByRole('status');
  }

  /** Opens an incident in the middle of the map, by the map's menu. */
  async openOnMap(title: string, type: string): Promise<void> {
    await this.page.getByTestId('situation-map').filter({ visible: true }).click({ button: 'right' });
    await this.page.getByRole('menuitem', { name: /incident/i }).click();
    await this.page.getByRole('textbox', { name: 'What' }).fill(title);
    await this.page.getByRole('button', { name: /Type/ }).click();
    await this.page.getByRole('option', { name: type, exact: true }).click();
    await this.page.getByRole('button', { name: 'Open incident' }).click();
    await expect(this.calls.filter({ hasText: title })).toBeVisible();
  }

  unit(name: string): Locator {
    return this.board.getByRole('row', { name: new RegExp(`^${name} `) });
  }
}
