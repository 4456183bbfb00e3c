import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { Entrance } from './Entrance.ts';

/** The page where an administrator decides who may sign in. */
export class Administration {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Opens the page as the administrator of the demonstration. */
  async open(url: string): Promise<void> {
    await this.#page.goto(`${url}#/administration`);
    await this.enter();
  }

  async enter(): Promise<void> {
    await new Entrance(this.#page).enter('Administrator');
    await expect(this.#page.getByRole('region', { name: 'Accounts' })).toBeVisible();
  }

  /** The row of the entry whose text begins with that name. */
  row(section: 'Accounts' | 'Displays' | 'Workstations', name: string): Locator {
    return this.#page
      .getByRole('region', { name: section, exact: true })
      .getByRole('row', { name: new RegExp(`^${name}`) });
  }

  async create(name: string, password: string, role = 'Operator'): Promise<void> {
    await this.#page.getByRole('button', { name: 'New account …' }).click();
    const dialog = this.#page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
    await dialog.getByLabel(/^First password/).fill(password);
    await dialog.getByRole('button', { name: /Role/ }).click();
    await this.#page.getByRole('option', { name: role }).click();
    await dialog.getByRole('button', { name: 'Make the account' }).click();
    await expect(this.row('Accounts', name)).toContainText(role);
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

  /** Renames the workstation of this screen. */
  async rename(name: string): Promise<void> {
    const own = this.#page.getByRole('region', { name: 'Workstations' }).getByRole('row').nth(1);
    await own.getByRole('button', { name: 'Rename …' }).click();
    const dialog = this.#page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
    await dialog.getByRole('button', { name: 'Rename', exact: true }).click();
    await expect(dialog).toBeHidden();
    await expect(this.row('Workstations', name)).toBeVisible();
  }

  /** Makes a code with which one workstation may join. */
  async makeCode(): Promise<string> {
    await this.#page.getByRole('button', { name: 'New workstation …' }).click();
    const dialog = this.#page.getByRole('dialog', { name: 'A code for one workstation' });
    const code = dialog.locator('code');
    await expect(code).toHaveText(/^[0-9A-Z-]{20,}$/);
    const text = (await code.textContent()) ?? '';
    await dialog.getByRole('button', { name: 'Done' }).click();
    return text;
  }

  async join(code: string): Promise<void> {
    await this.#page.getByRole('button', { name: 'Join a desk …' }).click();
    const dialog = this.#page.getByRole('dialog', { name: 'Join a desk' });
    await dialog.getByRole('textbox', { name: 'Code' }).fill(code);
    await dialog.getByRole('button', { name: 'Join', exact: true }).click();
    await expect(dialog).toBeHidden();
  }
}
