import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

/** The command palette, by keyboard only. */
export class Palette {
  readonly #page: Page;
  readonly #dialog: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.#dialog = page.getByRole('dialog', { name: 'Search or command' });
  }

  async type(text: string): Promise<void> {
    await this.#page.keyboard.press('Control+k');
    await expect(this.#dialog.getByRole('searchbox')).toBeFocused();
    await this.#page.keyboard.type(text);
  }

  /** The results beneath a heading such as "Commands" or "In the county". */
  results(heading: string): Locator {
    return this.#dialog.getByRole('group', { name: heading }).getByRole('menuitem');
  }

  /** Searches for a thing of the county and selects the first result. */
  async goTo(text: string): Promise<void> {
    await this.type(text);
    await this.#choose(this.results('In the county').first());
  }

  async run(command: string): Promise<void> {
    await this.type(command);
    await this.#choose(this.results('Commands').filter({ hasText: command }));
  }

  async #choose(result: Locator): Promise<void> {
    await expect(result).toBeVisible();
    // The current row is announced to assistive technology and not focused: the focus stays in the field.
    for (let press = 0; press < 20 && (await result.getAttribute('data-focused')) === null; press++)
      await this.#page.keyboard.press('ArrowDown');
    await this.#page.keyboard.press('Enter');
    await expect(this.#dialog).toBeHidden();
  }
}
