import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { startEngine } from '../support/startEngine.ts';
import type { RunningEngine } from '../support/startEngine.ts';
import { eventually } from '../support/startHost.ts';
import { startMosquitto } from '../support/startMosquitto.ts';
import type { AttackOrder } from './load/attackerProcess.ts';
import { attacks } from './load/attacks.ts';
import type { AttackName } from './load/attacks.ts';
import { HonestScreen, publishReadings, signInS } from './load/HonestPeers.ts';
import type { Bench, BenchOptions, Figures } from './bench.ts';
import { Child } from './load/Child.ts';
import { meterCounty } from './load/meterCounty.ts';
import { percentile } from './load/percentile.ts';
import { residentBytes } from './load/residentBytes.ts';

type Say = (line: string) => void;

const LOOK_EVERY_MS = 200;
const SIGN_IN_EVERY_MS = 3000;
const WARM_UP_MS = 5000;
const SETTLE_MS = 3000;
const MB = 1e6;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Watches the engine's memory and signs in again and again, until it is stopped. */
function watch({ pid, url }: RunningEngine): {
  take: () => { rssPeakMb: number; signInS: number };
  isDead: () => boolean;
  stop: () => void;
} {
  let [peakBytes, longestS, isDead, isOver] = [0, 0, false, false];
  const timer = setInterval(() => {
    const bytes = residentBytes(pid);
    if (Number.isNaN(bytes)) isDead = true;
    else peakBytes = Math.max(peakBytes, bytes);
  }, LOOK_EVERY_MS);
  void (async () => {
    while (!isOver) {
      const tookS = await signInS(url);
      longestS = Math.max(longestS, tookS);
      await wait(SIGN_IN_EVERY_MS);
    }
  })();
  return {
    take() {
      const taken = { rssPeakMb: peakBytes / MB, signInS: longestS };
      [peakBytes, longestS] = [0, 0];
      return taken;
    },
    isDead: () => isDead,
    stop: () => {
      isOver = true;
      clearInterval(timer);
    },
  };
}

async function measure(
  engine: RunningEngine,
  brokerUrl: string,
  token: string,
  meterIds: readonly string[],
  options: BenchOptions,
  say: Say,
): Promise<Figures> {
  const seconds = options.number('seconds', 15);
  const only = options.text('only', '');
  const screen = new HonestScreen();
  await screen.open(engine.url);
  const client = await connectAsync(brokerUrl);
  const stopReadings = publishReadings(client, meterIds, options.number('rate', 200));
  await wait(WARM_UP_MS);
  const watched = watch(engine);
  await wait(seconds * 1000);
  const normal = watched.take();
  say(`  normal         ${Math.round(normal.rssPeakMb)} MB, ${normal.signInS.toFixed(1)} s to sign in`);
  screen.latenessMs.length = 0;
  let [rssPeakMb, honestSignInS] = [0, 0];
  const attacker = new Child<AttackOrder, true>('attackerProcess.ts');
  for (const attack of Object.keys(attacks) as AttackName[]) {
    if ((only !== '' && attack !== only) || watched.isDead()) continue;
    const before = screen.latenessMs.length;
    await attacker.ask({ attack, target: { url: engine.url, brokerUrl, token, seconds } });
    await wait(SETTLE_MS);
    const { rssPeakMb: peakMb, signInS: longestS } = watched.take();
    const worstMs = Math.max(0, ...screen.latenessMs.slice(before));
    say(
      `  ${attack.padEnd(14)} ${Math.round(peakMb)} MB, ${longestS.toFixed(1)} s to sign in, pulses up to ${Math.round(worstMs)} ms late${watched.isDead() ? ', and the engine died' : ''}`,
    );
    [rssPeakMb, honestSignInS] = [Math.max(rssPeakMb, peakMb), Math.max(honestSignInS, longestS)];
  }
  attacker.stop();
  const acknowledged = stopReadings();
  await wait(SETTLE_MS);
  watched.stop();
  const committed = watched.isDead() ? 0 : await engine.metric('beacon_samples_committed_total{feed="beacon-meters"}');
  screen.close();
  await client.endAsync(true);
  return {
    engineDied: watched.isDead() ? 1 : 0,
    rssPeakMb: Math.round(rssPeakMb),
    rssNormalMb: Math.round(normal.rssPeakMb),
    honestPulseP99Ms: Math.round(percentile(screen.latenessMs, 0.99)),
    honestSignInS: Math.round(honestSignInS * 10) / 10,
    honestLosses: screen.losses,
    lost: Math.max(0, acknowledged - committed),
    readings: acknowledged,
  };
}

async function run(options: BenchOptions, say: Say): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'beacon-abuse-'));
  const broker = await startMosquitto();
  const [countyDir, dataDir] = [join(folder, 'county'), join(folder, 'data')];
  const meters = options.number('meters', 42_000);
  const meterIds = await meterCounty(countyDir, meters);
  const engine = await startEngine({ brokerUrl: broker.url, countyDir, dataDir });
  say(`Attacks on an engine with ${String(meters)} meters, beside an honest screen and an honest publisher.`);
  try {
    const file = join(dataDir, 'wall-token');
    await eventually('The token of the wall', () => existsSync(file) || undefined);
    const token = readFileSync(file, 'utf8').trim();
    return await measure(engine, broker.url, token, meterIds, options, say);
  } finally {
    await engine.stop();
    await broker.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Measures what honest peers notice of attacks, and what these cost. */
export const abuse: Bench = {
  what: 'attacks (slow readers, floods, long and invented names, sign-ins, recorded beats) beside honest peers',
  options: {
    seconds: 'how long each attack lasts (15)',
    meters: 'of the county (42000)',
    rate: 'readings a second of the honest publisher (200)',
    only: 'the name of one attack',
  },
  run,
};
