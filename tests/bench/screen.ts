import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import type { Browser } from '@playwright/test';
import { connectAsync } from 'mqtt';
import { generateCounty } from '../support/generateCounty.ts';
import { startBeacon } from '../support/startBeacon.ts';
import { startMosquitto } from '../support/startMosquitto.ts';
import { startSimulator } from '../support/startSimulator.ts';
import type { Bench, BenchOptions, Figures } from './bench.ts';
import { driveVehicles } from './load/driveVehicles.ts';
import { percentile } from './load/percentile.ts';
import { ScreenProbe, signInAt } from './load/ScreenProbe.ts';
import type { FirstPicture } from './load/ScreenProbe.ts';

type Say = (line: string) => void;

const PAN_SECONDS = 20;
/** The time until frames of every kind have come and the layers are made. */
const SETTLE_MS = 15_000;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Starts a Chromium that draws in software, as on a machine without a graphics card. */
const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['BEACON_CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'],
  });

/** Starts Beacon with the county of a scale, its simulator, and additional vehicles. */
async function startCounty(
  folder: string,
  scale: number,
  vehicles: number,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const county = join(folder, 'county');
  const broker = await startMosquitto();
  await generateCounty(county, scale);
  const args = ['--broker', broker.url, '--county', county];
  const beacon = await startBeacon({ dataDir: join(folder, 'data'), args });
  const simulator = await startSimulator(broker.url, county);
  const client = await connectAsync(broker.url);
  const { bounds } = JSON.parse(readFileSync(join(county, 'county.json'), 'utf8')) as {
    bounds: [number, number, number, number];
  };
  const stopVehicles = driveVehicles(client, vehicles, bounds);
  const stop = async (): Promise<void> => {
    stopVehicles();
    await client.endAsync(true);
    await simulator.stop();
    await beacon.stop();
    await broker.dispose();
  };
  return { url: beacon.url, stop };
}

async function loads(browser: Browser, url: string, session: string, count: number, say: Say): Promise<FirstPicture[]> {
  const pictures: FirstPicture[] = [];
  for (let load = 0; load < count; load++) {
    const screen = await ScreenProbe.open(browser, url, session);
    const picture = await screen.firstPicture();
    await screen.close();
    pictures.push(picture);
    say(`  load ${load + 1}: the first picture after ${Math.round(picture.pictureMs)} ms`);
  }
  return pictures;
}

async function measure(
  browser: Browser,
  url: string,
  options: BenchOptions,
  say: Say,
): Promise<Record<string, number>> {
  const [count, minutes] = [options.number('loads', 5), options.number('minutes', 1)];
  const session = await signInAt(browser, url);
  const pictures = await loads(browser, url, session, count, say);
  const median = (of: (picture: FirstPicture) => number): number => Math.round(percentile(pictures.map(of), 0.5));
  const screen = await ScreenProbe.open(browser, url, session, true);
  await screen.firstPicture();
  await wait(SETTLE_MS);
  const { jsPerFrameMs, jsPerSecondMs, frames } = await screen.panned(PAN_SECONDS, options.text('profile', ''));
  const heapMb = await screen.heapMb();
  await wait(minutes * 60_000);
  const heapAfterMb = await screen.heapMb();
  await screen.close();
  const tenth = (value: number): number => Math.round(value * 10) / 10;
  return {
    firstPictureMs: median(({ pictureMs }) => pictureMs),
    scriptKb: Math.round(median(({ transferredBytes }) => transferredBytes) / 1000),
    uncompressedScriptKb: Math.round(median(({ scriptBytes }) => scriptBytes) / 1000),
    jsPerFrameMs: tenth(jsPerFrameMs),
    jsPerSecondMs: Math.round(jsPerSecondMs),
    frames,
    heapMb: tenth(heapMb),
    heapAfterMb: tenth(heapAfterMb),
    minutes,
  };
}

async function run(options: BenchOptions, say: Say): Promise<Figures> {
  const [scale, vehicles] = [options.number('scale', 1), options.number('vehicles', 2000)];
  const folder = mkdtempSync(join(tmpdir(), 'beacon-screen-'));
  say(`The county at scale ${scale} with ${vehicles} vehicles beside its own, drawn in software at 1920 by 1080.`);
  const county = await startCounty(folder, scale, vehicles);
  const browser = await launch();
  try {
    const figures = await measure(browser, county.url, options, say);
    say(
      `${figures['firstPictureMs'] ?? NaN} ms to the first picture at the median; ${figures['scriptKb'] ?? NaN} kB of script for it, ${figures['uncompressedScriptKb'] ?? NaN} kB unpacked; ${figures['jsPerFrameMs'] ?? NaN} ms of script per frame and ${figures['jsPerSecondMs'] ?? NaN} ms per second in all while the map is dragged with all layers on; ${figures['heapMb'] ?? NaN} MB on the heap, ${figures['heapAfterMb'] ?? NaN} MB after ${figures['minutes'] ?? NaN} min.`,
    );
    return figures;
  } finally {
    await browser.close();
    await county.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Measures what a screen costs: its start, a frame, and its memory. */
export const screen: Bench = {
  what: 'from the request for the page until its first picture, script per frame while the map is dragged, and the heap',
  options: {
    scale: 'size of the county (1: some 42,000 meters)',
    vehicles: 'how many vehicles report once a second (2000)',
    loads: 'how many loads without a cache; the median counts (5)',
    minutes: 'after how many minutes the heap is measured again (1; 10 shows growth)',
    profile: 'a file for the CPU profile of the dragging',
  },
  run,
};
