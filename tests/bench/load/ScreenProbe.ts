import { writeFileSync } from 'node:fs';
import type { Browser, BrowserContext, CDPSession, Page } from '@playwright/test';
import { layerNames } from '../../../renderer/client/selection.ts';
import { Entrance } from '../../e2e/pages/Entrance.ts';

const SIZE = { width: 1920, height: 1080 };
const PICTURE_MS = 180_000;
const PAN_PX = 400;

/** The stored session of a tab, as JSON. */
export type Session = string;
export type FirstPicture = { pictureMs: number; transferredBytes: number; scriptBytes: number };

/** Signs in and returns what a later tab needs in order to be let in at once. */
export async function signInAt(browser: Browser, url: string): Promise<Session> {
  const context = await browser.newContext({ viewport: SIZE });
  const page = await context.newPage();
  await page.goto(`${url}#/alarms`);
  await new Entrance(page).enter('Supervisor');
  await page.getByTestId('alarm-list').waitFor({ timeout: PICTURE_MS });
  const session = await page.evaluate(() => JSON.stringify(window.sessionStorage));
  await context.close();
  return session;
}

/** Runs in the page: sets who is signed in and which layers are on, and notes when there is something to see. */
function prepare({ session, layers }: { session: string; layers: string | undefined }): void {
  for (const [key, value] of Object.entries(JSON.parse(session) as Record<string, string>))
    window.sessionStorage.setItem(key, value);
  if (layers !== undefined) window.localStorage.setItem('beacon.layers', layers);
  const look = (): void => {
    const mapMs = globalThis.__beaconMapStats?.pictureAtMs();
    const hasData = document.querySelector('[data-testid="alarm-row"], [data-testid="figure"]') !== null;
    if (mapMs === undefined || !hasData) requestAnimationFrame(look);
    else Object.assign(globalThis, { firstPictureMs: performance.now() });
  };
  requestAnimationFrame(look);
}

type TraceEvent = { name: string; /** Microseconds of CPU time. */ tdur?: number };

/** Returns the CPU time of all animation frames of a trace, in milliseconds. */
function scriptOfFrames(trace: Buffer): number {
  const { traceEvents } = JSON.parse(trace.toString('utf8')) as { traceEvents: TraceEvent[] };
  const frames = traceEvents.filter(({ name }) => name === 'FireAnimationFrame');
  return frames.reduce((sum, { tdur = 0 }) => sum + tdur, 0) / 1000;
}

/** A tab without a cache, from the request for the page until its first picture. */
export class ScreenProbe {
  readonly page: Page;
  readonly #browser: Browser;
  readonly #context: BrowserContext;
  readonly #tools: CDPSession;

  private constructor(browser: Browser, context: BrowserContext, page: Page, tools: CDPSession) {
    this.#browser = browser;
    this.#context = context;
    this.page = page;
    this.#tools = tools;
  }

  static async open(browser: Browser, url: string, session: Session, hasAllLayers = false): Promise<ScreenProbe> {
    const context = await browser.newContext({ viewport: SIZE });
    const page = await context.newPage();
    const layers = JSON.stringify(Object.fromEntries(layerNames.map((name) => [name, true])));
    await page.addInitScript(prepare, { session, layers: hasAllLayers ? layers : undefined });
    const tools = await context.newCDPSession(page);
    await page.goto(url, { waitUntil: 'commit' });
    return new ScreenProbe(browser, context, page, tools);
  }

  /**
   * Measures when the map showed links with speeds and a list or a figure had appeared, and the scripts that were
   * loaded until then.
   */
  async firstPicture(): Promise<FirstPicture> {
    await this.page.waitForFunction(() => 'firstPictureMs' in globalThis, undefined, { timeout: PICTURE_MS });
    return this.page.evaluate(() => {
      const { firstPictureMs } = globalThis as unknown as { firstPictureMs: number };
      const scripts = (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).filter(
        ({ name, responseEnd }) => name.endsWith('.js') && responseEnd <= firstPictureMs,
      );
      const sum = (bytes: readonly number[]): number => bytes.reduce((all, each) => all + each, 0);
      return {
        pictureMs: firstPictureMs,
        transferredBytes: sum(scripts.map(({ transferSize }) => transferSize)),
        scriptBytes: sum(scripts.map(({ decodedBodySize }) => decodedBodySize)),
      };
    });
  }

  /**
   * Drags the map to and fro. `jsPerFrameMs` is the CPU time of what runs for a frame, per frame that the map drew;
   * `jsPerSecondMs` is that of all scripts, including the panels and the handling of arriving messages. Neither counts
   * waiting for the graphics process.
   */
  async panned(
    seconds: number,
    profileFile: string,
  ): Promise<{ jsPerFrameMs: number; jsPerSecondMs: number; frames: number }> {
    await this.#tools.send('Performance.enable', { timeDomain: 'threadTicks' });
    if (profileFile !== '') await this.#startProfile();
    await this.#browser.startTracing(this.page, { categories: ['devtools.timeline'] });
    const [before, startedMs] = [await this.#scriptAndFrames(), performance.now()];
    await this.#drag(startedMs + seconds * 1000);
    const [after, tookMs] = [await this.#scriptAndFrames(), performance.now() - startedMs];
    const frameScriptMs = scriptOfFrames(await this.#browser.stopTracing());
    if (profileFile !== '') await this.#writeProfile(profileFile);
    const frames = after.frames - before.frames;
    if (frames === 0) throw new Error('The map drew no frame while it was dragged.');
    const jsPerSecondMs = ((after.scriptMs - before.scriptMs) / tookMs) * 1000;
    return { jsPerFrameMs: frameScriptMs / frames, jsPerSecondMs, frames };
  }

  async #drag(endMs: number): Promise<void> {
    const [x, y] = [SIZE.width / 2, SIZE.height / 2];
    for (let turn = 0; performance.now() < endMs; turn++) {
      const by = turn % 2 === 0 ? PAN_PX : -PAN_PX;
      await this.page.mouse.move(x - by / 2, y);
      await this.page.mouse.down();
      await this.page.mouse.move(x + by / 2, y + by / 8, { steps: 40 });
      await this.page.mouse.up();
    }
  }

  /** The heap after a garbage collection, in MB. */
  async heapMb(): Promise<number> {
    await this.#tools.send('HeapProfiler.collectGarbage');
    return (await this.#tools.send('Runtime.getHeapUsage')).usedSize / 1e6;
  }

  close(): Promise<void> {
    return this.#context.close();
  }

  async #scriptAndFrames(): Promise<{ scriptMs: number; frames: number }> {
    const scriptMs = (await this.#metric('ScriptDuration')) * 1000;
    const frames = await this.page.evaluate(() => globalThis.__beaconMapStats?.movingFrames ?? 0);
    return { scriptMs, frames };
  }

  async #metric(wanted: string): Promise<number> {
    const { metrics } = await this.#tools.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
  }

  async #startProfile(): Promise<void> {
    await this.#tools.send('Profiler.enable');
    await this.#tools.send('Profiler.start');
  }

  async #writeProfile(file: string): Promise<void> {
    const { profile } = await this.#tools.send('Profiler.stop');
    writeFileSync(file, JSON.stringify(profile));
  }
}
