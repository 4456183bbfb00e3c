import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

/** The time line at the foot of the screen, and the frame that marks the past. */
export class TimeLine {
  readonly frame: Locator;
  /** The message that says why a command was not carried out. */
  readonly refusal: Locator;
  readonly #page: Page;
  readonly #slider: Locator;
  readonly #clock: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.frame = page.getByTestId('past-frame');
    this.refusal = page
      .getByRole('region', { name: 'Messages' })
      .getByText('This screen shows the past. Go back to live to do this.');
    this.#slider = page.getByRole('slider', { name: 'Time of the picture' });
    this.#clock = page.getByRole('banner').locator('time');
  }

  /** The county's clock at the top, which is live whatever the picture shows. */
  async liveMs(): Promise<number> {
    return Date.parse((await this.#clock.getAttribute('datetime')) ?? '');
  }

  async pictureMs(): Promise<number> {
    return Date.parse((await this.frame.locator('time').getAttribute('datetime')) ?? '');
  }

  /** Waits for the next whole minute of the county's clock. */
  async nextMinute(): Promise<{ atMs: number; text: string }> {
    await expect
      .poll(async () => (await this.liveMs()) % 60_000, { intervals: [100], timeout: 180_000 })
      .toBeLessThan(10_000);
    const atMs = Math.floor((await this.liveMs()) / 60_000) * 60_000;
    const text = ((await this.#clock.locator('b').textContent()) ?? '').slice(0, 5);
    return { atMs, text };
  }

  /** Moves the picture to that local time ("09:31") within the last minutes. */
  async goBackTo(text: string): Promise<void> {
    await this.#slider.focus();
    for (let presses = 0; presses < 30; presses++) {
      if ((await this.#slider.getAttribute('aria-valuetext'))?.endsWith(text) === true) return;
      await this.#page.keyboard.press('ArrowLeft');
    }
    throw new Error(`The time line has no ${text}.`);
  }

  /** The figure at the foot, in vehicle-hours per hour. */
  async trafficDelay(): Promise<number> {
    return Number((await this.#page.locator('[data-figure="trafficDelay"] b').textContent())?.replace(',', ''));
  }
}
