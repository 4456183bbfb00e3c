import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { Entrance } from './Entrance.ts';

/** Where an administrator decides who may come in. */
export class Administration {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Goes there as the administrator of the demonstration. */
  async open(url: string): Promise<void> {
    await this.#page.goto(`${url}#/administration`);
    await new Entrance(this.#page).enter('Administrator');
    await expect(this.#page.getByRole('region', { name: 'Accounts' })).toBeVisible();
  }

  /** The row of what begins with that name. */
  row(section: 'Accounts' | 'Displays', name: string): Locator {
    return this.#page.getByRole('region', { name: section }).getByRole('row', { name: new RegExp(`^${name}`) });
  }

  async create(name: string, password: string): Promise<void> {
    await this.#page.getByRole('button', { name: 'New account …' }).click();
    const dialog = this.#page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
    await dialog.getByLabel(/^First password/).fill(password);
    await dialog.getByRole('button', { name: 'Make the account' }).click();
    await expect(this.row('Accounts', name)).toContainText('Operator');
  }

  async setPassword(name: string, password: string): Promise<void> {
    await this.row('Accounts', name).getByRole('button', { name: 'Password …' }).click();
    const dialog = this.#page.getByRole('dialog');
    await dialog.getByLabel(/^New password/).fill(password);
    await dialog.getByRole('button', { name: 'Set it' }).click();
    await expect(dialog).toBeHidden();
  }

  async revoke(section: 'Accounts' | 'Displays', name: string): Promise<void> {
    await this.row(section, name).getByRole('button', { name: 'Revoke …' }).click();
    await this.#page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click();
    await expect(this.row(section, name)).toContainText('Revoked');
  }
}
