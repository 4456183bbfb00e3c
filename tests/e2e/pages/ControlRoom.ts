import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { Entrance } from './Entrance.ts';
import type { MapStats } from '../../../renderer/features/map/mapStats.ts';

type DrawnThing = ReturnType<MapStats['vehicles']>[number];
type LinkState =
  | 'connecting'
  | 'live'
  | 'frozen'
  | 'brokerLost'
  | 'brokerConnecting'
  | 'storeFailed'
  | 'silent'
  | 'partlySilent'
  | 'waiting';

/** The time that a browser on a busy machine may take to draw its first picture of the county. */
const FIRST_PICTURE_MS = 180_000;

/** The operator's screen: what can be seen on it, in its users' words. */
export class ControlRoom {
  readonly page: Page;
  readonly alarms: Locator;
  readonly incidents: Locator;
  readonly banner: Locator;
  readonly detail: Locator;

  constructor(page: Page) {
    this.page = page;
    this.alarms = page.getByTestId('alarm-row');
    this.incidents = page.getByTestId('incident-row');
    this.banner = page.getByTestId('banner');
    this.detail = page.getByTestId('detail-panel');
  }

  /** Opens the page and signs in; in the demonstration as the person of that name. */
  async open(url: string, name = 'Supervisor'): Promise<void> {
    await this.page.goto(url);
    await new Entrance(this.page).enter(name);
    await this.expectLink('live');
    await expect
      .poll(() => this.page.evaluate(() => globalThis.__beaconMapStats?.groundFrames ?? 0), {
        timeout: FIRST_PICTURE_MS,
      })
      .toBeGreaterThan(0);
  }

  async expectLink(state: LinkState): Promise<void> {
    await expect(this.page.getByTestId('link-state')).toHaveAttribute('data-state', state, {
      timeout: FIRST_PICTURE_MS,
    });
  }

  /** A frozen picture must not look live: the map and the panels lose their colour. */
  async expectGreyed(isGreyed: boolean): Promise<void> {
    const filters = (): Promise<string[]> =>
      this.page
        .locator('[data-frozen]')
        .evaluateAll((views) =>
          views.flatMap((view) => [...view.querySelectorAll('*')].map((part) => getComputedStyle(part).filter)),
        );
    await expect
      .poll(async () => (await filters()).some((filter) => filter.includes('grayscale')), { message: 'greyed' })
      .toBe(isGreyed);
  }

  alarm(title: string | RegExp): Locator {
    return this.alarms.filter({ hasText: title }).first();
  }

  /** Vehicles where the map draws them at this moment. */
  vehicles(): Promise<DrawnThing[]> {
    return this.page.evaluate(() => globalThis.__beaconMapStats?.vehicles() ?? []);
  }

  /** Response units, as the map draws them, with what they do. */
  units(): Promise<(DrawnThing & { status: string })[]> {
    return this.page.evaluate(() => globalThis.__beaconMapStats?.units() ?? []);
  }

  /** Marks of alarms and incidents, as the map draws them. */
  markers(): Promise<DrawnThing[]> {
    return this.page.evaluate(() => globalThis.__beaconMapStats?.markers() ?? []);
  }

  /** How many of the vehicles in sight are really painted, read from the canvas of what moves. */
  paintedVehicles(): Promise<number> {
    return this.page.getByTestId('situation-map').locator('canvas').last().evaluate(countPainted);
  }
}

/** Runs in the page. A WebGL canvas can be read only in the frame that drew it, so frames are tried until one did. */
async function countPainted(canvas: HTMLCanvasElement | SVGElement): Promise<number> {
  const stats = globalThis.__beaconMapStats;
  if (stats === undefined || !(canvas instanceof HTMLCanvasElement)) return 0;
  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
  if (copy === null) return 0;
  const [reach, scale] = [8, canvas.width / canvas.clientWidth];
  for (let frame = 0; frame < 300; frame++) {
    await new Promise(requestAnimationFrame);
    copy.clearRect(0, 0, canvas.width, canvas.height);
    copy.drawImage(canvas, 0, 0);
    const inSight = stats
      .vehicles()
      .filter(
        ({ x, y }) => x > reach && y > reach && x < canvas.clientWidth - reach && y < canvas.clientHeight - reach,
      );
    const isPainted = ({ x, y }: DrawnThing): boolean =>
      copy
        .getImageData((x - reach) * scale, (y - reach) * scale, 2 * reach * scale, 2 * reach * scale)
        .data.some((value) => value > 0);
    const painted = inSight.filter(isPainted).length;
    if (painted > 0) return painted;
  }
  return 0;
}
