import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

/** Where an administrator decides who may come in. */
export class Administration {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async open(): Promise<void> {
    await this.#page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Administration' }).click();
    await expect(this.#page.getByRole('region', { name: 'Accounts' })).toBeVisible();
  }

  /** The row of what begins with that name. */
  row(section: 'Accounts' | 'Displays', name: string): Locator {
    return this.#page.getByRole('region', { name: section }).getByRole('row', { name: new RegExp(`^${name}`) });
  }

  async revoke(section: 'Accounts' | 'Displays', name: string): Promise<void> {
    await this.row(section, name).getByRole('button', { name: 'Revoke …' }).click();
    await this.#page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click();
    await expect(this.row(section, name)).toContainText('Revoked');
  }
}
