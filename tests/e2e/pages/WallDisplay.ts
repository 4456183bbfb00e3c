import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { Entrance } from './Entrance.ts';

/** The wall display: tiles, and nothing to press. */
export class WallDisplay {
  readonly page: Page;
  readonly tiles: Locator;
  readonly deadTiles: Locator;

  constructor(page: Page) {
    this.page = page;
    this.tiles = page.getByTestId('wall-tile');
    this.deadTiles = page.locator('[data-testid="wall-tile"][data-dead="true"]');
  }

  /** Opens the display and signs a person in. */
  async open(url: string): Promise<void> {
    await this.page.goto(`${url}#/wall`);
    await new Entrance(this.page).enter('Viewer');
    await this.#expectPicture();
  }

  /** Opens the display with its token. */
  async openWith(url: string, token: string): Promise<void> {
    await this.page.goto(`${url}#/wall?token=${token}`);
    await this.#expectPicture();
  }

  async #expectPicture(): Promise<void> {
    await expect(this.tiles.first()).toContainText(' old', { timeout: 180_000 });
  }
}
