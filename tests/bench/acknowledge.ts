import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { smallCounty } from '../support/smallCounty.ts';
import { startEngine } from '../support/startEngine.ts';
import type { RunningEngine } from '../support/startEngine.ts';
import { eventually } from '../support/startHost.ts';
import { startMosquitto } from '../support/startMosquitto.ts';
import { writeCounty } from '../support/writeCounty.ts';
import type { Bench, BenchOptions, Figures } from './bench.ts';
import { percentile } from './load/percentile.ts';
import { ProbeScreen } from './load/ProbeScreen.ts';

/** Not a divisor of any period of the engine, so that acknowledgements arrive at every phase of it. */
const PAUSE_MS = 37;
const PATIENCE_MS = 120_000;

/**
 * A screen, and the alarm that it has received for each report. Workstations may give one alarm different ids; its
 * subject is the same everywhere.
 */
class AlarmScreen {
  readonly probe: ProbeScreen;
  readonly #acknowledged = new Set<string>();
  /** Ids of alarms by report. */
  readonly #alarms = new Map<string, string>();
  /** Called when the alarm of this report is shown as acknowledged. */
  onAcknowledged: (reportId: string) => void = () => undefined;

  private constructor(url: string) {
    this.probe = new ProbeScreen(url, ['alarms']);
    this.probe.onAlarms = (changed) => {
      for (const { id, subject, acknowledgedAtMs } of changed) {
        if (subject.kind !== 'report') continue;
        this.#alarms.set(subject.id, id);
        if (acknowledgedAtMs === undefined || this.#acknowledged.has(subject.id)) continue;
        this.#acknowledged.add(subject.id);
        this.onAcknowledged(subject.id);
      }
    };
  }

  static async open(url: string): Promise<AlarmScreen> {
    const screen = new AlarmScreen(url);
    await screen.probe.open();
    return screen;
  }

  reportIds(): string[] {
    return [...this.#alarms.keys()];
  }

  /** Resolves when the engine has answered. */
  acknowledge(reportId: string): Promise<unknown> {
    return this.probe.ask('alarm.acknowledge', { alarmIds: [this.#alarms.get(reportId) ?? ''] });
  }
}

/** Makes the second and every further workstation join the desk of the first. */
async function joinAll([first, ...others]: readonly RunningEngine[]): Promise<void> {
  const member = await AlarmScreen.open(first?.url ?? '');
  for (const [index, { url }] of others.entries()) {
    const { code } = await member.probe.ask('desk.makeCode', {});
    const joining = await AlarmScreen.open(url);
    await joining.probe.ask('desk.join', { code });
    joining.probe.close();
    await eventually(
      'The joined workstation',
      async () => {
        const { workstations } = await member.probe.ask('desk.state', {});
        return (
          workstations.filter(({ state, behind }) => state === 'live' && behind === 0).length === index + 1 || undefined
        );
      },
      PATIENCE_MS,
    );
  }
  member.probe.close();
}

/**
 * Publishes reports of citizens from all over the county, each of which raises an alarm at every workstation, and waits
 * until all screens have them.
 */
async function raise(brokerUrl: string, screens: readonly AlarmScreen[], count: number): Promise<string[]> {
  const client = await connectAsync(brokerUrl);
  for (let at = 0; at < count; at++)
    await client.publishAsync(
      `beacon/v1/report/R-${at}`,
      JSON.stringify({
        at: Date.now(),
        category: 'traffic',
        text: 'Standing still',
        lon: -93.99 + 0.049 * (at % 20),
        lat: 44.01 + 0.049 * (Math.floor(at / 20) % 20),
      }),
      { qos: 1 },
    );
  await client.endAsync();
  await eventually(
    'Every alarm on every screen',
    () => screens.every((screen) => screen.reportIds().length >= count) || undefined,
    PATIENCE_MS,
  );
  return screens[0]?.reportIds() ?? [];
}

/** Gives one acknowledgement at one screen; returns the milliseconds until the last of all screens shows it. */
function acknowledgeAt(screen: AlarmScreen, screens: readonly AlarmScreen[], reportId: string): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const waiting = new Set(screens);
  const startedMs = performance.now();
  for (const each of screens) {
    each.onAcknowledged = (id) => {
      if (id !== reportId) return;
      waiting.delete(each);
      if (waiting.size === 0) resolve(performance.now() - startedMs);
    };
  }
  void screen.acknowledge(reportId);
  return promise;
}

async function measure(screens: readonly AlarmScreen[], reportIds: readonly string[]): Promise<number[]> {
  const tookMs: number[] = [];
  for (const [index, reportId] of reportIds.entries()) {
    const screen = screens[index % screens.length];
    if (screen === undefined) throw new Error('there is no screen');
    tookMs.push(await acknowledgeAt(screen, screens, reportId));
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  return tookMs;
}

async function run(options: BenchOptions, say: (line: string) => void): Promise<Figures> {
  const [workstations, each, acknowledgements] = [
    options.number('workstations', 3),
    options.number('screens', 2),
    options.number('acknowledgements', 200),
  ];
  const folder = mkdtempSync(join(tmpdir(), 'beacon-acknowledge-'));
  const broker = await startMosquitto();
  const engines: RunningEngine[] = [];
  const screens: AlarmScreen[] = [];
  try {
    await writeCounty(join(folder, 'county'), smallCounty());
    for (let at = 0; at < workstations; at++)
      engines.push(
        await startEngine({
          brokerUrl: broker.url,
          countyDir: join(folder, 'county'),
          dataDir: join(folder, `data-${at}`),
        }),
      );
    await joinAll(engines);
    for (const { url } of engines) for (let at = 0; at < each; at++) screens.push(await AlarmScreen.open(url));
    say(
      `${workstations} workstations share a desk at a Mosquitto, with ${each} screens each: from an acknowledgement at one screen until all ${screens.length} show it.`,
    );
    const tookMs = await measure(screens, await raise(broker.url, screens, acknowledgements));
    const [p50Ms, p95Ms, p99Ms] = [0.5, 0.95, 0.99].map((share) => Math.round(percentile(tookMs, share) * 10) / 10) as [
      number,
      number,
      number,
    ];
    say(
      `${tookMs.length} acknowledgements, all shown everywhere: ${p50Ms} ms at the median, ${p95Ms} ms at p95, ${p99Ms} ms at p99.`,
    );
    return { p50Ms, p95Ms, p99Ms, workstations, screens: screens.length, acknowledgements: tookMs.length };
  } finally {
    for (const { probe } of screens) probe.close();
    for (const engine of engines) await engine.stop();
    await broker.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Measures how long it takes until all screens of the control room show what one person did. */
export const acknowledge: Bench = {
  what: 'from an acknowledgement at one workstation until all screens of all workstations show it',
  options: {
    workstations: 'that share a desk (3)',
    screens: 'at each of them (2)',
    acknowledgements: 'one after the other (200)',
  },
  run,
};
