import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { firstAdministrator } from '../../support/signIn.ts';

/** The time that a busy machine may take to check a password. */
const ENTER_MS = 180_000;

/** The page that a screen shows while nobody is signed in. */
export class Entrance {
  readonly page: Page;
  readonly box: Locator;
  readonly fault: Locator;

  constructor(page: Page) {
    this.page = page;
    this.box = page.getByRole('region', { name: 'Sign in' });
    this.fault = this.box.getByRole('alert');
  }

  /**
   * Signs in: in the demonstration as the person of that name, elsewhere as the first administrator, who is created if
   * there is none.
   */
  async enter(name = 'Supervisor'): Promise<void> {
    const title = this.box.getByRole('heading', { level: 2 });
    await expect(title).toBeVisible();
    const known = this.box.getByRole('button', { name, exact: true });
    if (await known.isVisible()) await known.click();
    else if ((await title.textContent()) === 'The first administrator') await this.#setUp();
    else await this.signIn(firstAdministrator.name, firstAdministrator.password);
    await expect(this.box).toBeHidden({ timeout: ENTER_MS });
  }

  async signIn(name: string, password: string): Promise<void> {
    await this.box.getByRole('textbox', { name: 'Name' }).fill(name);
    await this.box.getByLabel('Password').fill(password);
    await this.box.getByRole('button', { name: 'Sign in' }).click();
  }

  /** Replaces the password that an administrator chose. */
  async choosePassword(password: string): Promise<void> {
    for (const label of [/^New password/, 'The new one again']) await this.box.getByLabel(label).fill(password);
    await this.box.getByRole('button', { name: 'Go on' }).click();
  }

  async #setUp(): Promise<void> {
    const { name, password } = firstAdministrator;
    await this.box.getByRole('textbox', { name: 'Name' }).fill(name);
    for (const label of [/^Password/, 'The same again']) await this.box.getByLabel(label).fill(password);
    await this.box.getByRole('button', { name: 'Make the account' }).click();
  }
}
