import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { Entrance } from './Entrance.ts';

/** The display on the wall: tiles, and nothing to press. */
export class WallDisplay {
  readonly page: Page;
  readonly tiles: Locator;
  readonly deadTiles: Locator;

  constructor(page: Page) {
    this.page = page;
    this.tiles = page.getByTestId('wall-tile');
    this.deadTiles = page.locator('[data-testid="wall-tile"][data-dead="true"]');
  }

  async open(url: string): Promise<void> {
    await this.page.goto(`${url}#/wall`);
    await new Entrance(this.page).enter('Viewer');
    await expect(this.tiles.first()).toContainText(' old', { timeout: 60_000 });
  }
}
