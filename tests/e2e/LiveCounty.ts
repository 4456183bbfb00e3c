import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Truth } from '../../simulators/scenarios/Scenario.ts';
import { generateCounty } from '../support/generateCounty.ts';
import { startBeacon } from '../support/startBeacon.ts';
import type { RunningBeacon } from '../support/startBeacon.ts';
import { startMosquitto } from '../support/startMosquitto.ts';
import { startSimulator } from '../support/startSimulator.ts';
import type { SimulatorRun } from '../support/startSimulator.ts';

/** Everything that a county has, and little enough for a slow machine. */
export const SCALE = 0.1;

export type LiveOptions = { scenario: string; speed: number };

/** A Monday morning in the county, so that its buses run at whatever hour the tests do. */
const MONDAY_MORNING = '2026-05-04T14:30:00Z';

/**
 * A broker, a county that reports to it and Beacon in between, each a process of its own as they would be on three
 * machines.
 */
export class LiveCounty {
  readonly broker: Awaited<ReturnType<typeof startMosquitto>>;
  readonly #folder: string;
  readonly #options: LiveOptions;
  #beacon: RunningBeacon | undefined;
  #simulator: SimulatorRun | undefined;

  private constructor(broker: LiveCounty['broker'], options: LiveOptions) {
    this.broker = broker;
    this.#options = options;
    this.#folder = mkdtempSync(join(tmpdir(), 'beacon-e2e-'));
  }

  static async start(options: LiveOptions): Promise<LiveCounty> {
    const county = new LiveCounty(await startMosquitto(), options);
    try {
      await generateCounty(county.#countyDir, SCALE);
      await county.startBeacon();
      await county.#startSimulator();
      return county;
    } catch (error) {
      await county.stop();
      throw error;
    }
  }

  get #countyDir(): string {
    return join(this.#folder, 'county');
  }

  get #truthFile(): string {
    return join(this.#folder, 'truth.jsonl');
  }

  get beacon(): RunningBeacon {
    if (this.#beacon === undefined) throw new Error('Beacon has not started.');
    return this.#beacon;
  }

  /** Beacon on the same data folder each time, and at the same address. */
  async startBeacon(): Promise<void> {
    const args = ['--broker', this.broker.url, '--county', this.#countyDir, '--clock', 'broker'];
    this.#beacon = await startBeacon({ dataDir: join(this.#folder, 'data'), port: this.#beacon?.port ?? 0, args });
  }

  async #startSimulator(): Promise<void> {
    const { scenario, speed } = this.#options;
    const args = [
      '--scenario',
      scenario,
      '--speed',
      String(speed),
      '--start',
      MONDAY_MORNING,
      '--truth',
      this.#truthFile,
    ];
    this.#simulator = await startSimulator(this.broker.url, this.#countyDir, args);
  }

  /** What has really happened so far. Beacon never sees this file. */
  truths(): Truth[] {
    if (!existsSync(this.#truthFile)) return [];
    return readFileSync(this.#truthFile, 'utf8')
      .split('\n')
      .filter((line) => line.endsWith('}'))
      .map((line) => JSON.parse(line) as Truth);
  }

  async stop(): Promise<void> {
    await this.#simulator?.stop();
    await this.#beacon?.stop();
    await this.broker.dispose();
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 10 });
  }
}
