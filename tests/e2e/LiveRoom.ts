import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeWorkstation } from '../../main/engine/log/workstation.ts';
import { generateCounty } from '../support/generateCounty.ts';
import { openCuttableLine } from '../support/openCuttableLine.ts';
import type { CuttableLine } from '../support/openCuttableLine.ts';
import { startBeacon } from '../support/startBeacon.ts';
import type { RunningBeacon } from '../support/startBeacon.ts';
import { runScript } from '../support/startHost.ts';
import { startMosquitto } from '../support/startMosquitto.ts';
import { startSimulator } from '../support/startSimulator.ts';
import type { SimulatorRun } from '../support/startSimulator.ts';
import { SCALE } from './LiveCounty.ts';
import type { LiveOptions } from './LiveCounty.ts';

const DAY_MS = 86_400_000;
/** 14:30 UTC: the morning's traffic in the county. */
const MORNING_MS = 14.5 * 3_600_000;
/** Days of the epoch, which began on a Thursday, to its first Monday. */
const FIRST_MONDAY = 4;

/**
 * The morning of the Monday of next week, so that the county's clock follows that by which the workstations found their
 * desks.
 */
function nextMondayMorning(nowMs: number): string {
  const week = Math.floor((nowMs / DAY_MS - FIRST_MONDAY) / 7) + 1;
  return new Date((FIRST_MONDAY + 7 * week) * DAY_MS + MORNING_MS).toISOString();
}

type Broker = Awaited<ReturnType<typeof startMosquitto>>;
/** One of the room's machines: an engine with a data folder and a line to the broker of its own. */
export type LiveWorkstation = {
  id: string;
  dataDir: string;
  line: CuttableLine & { close: () => void };
  beacon: RunningBeacon;
};
/** The number and the hash of each entry of the log, by its sequence. */
export type LogHashes = ReadonlyMap<string, ReadonlyMap<number, string>>;

/** Workstations that know nothing of each other yet, at the broker of one county. */
export class LiveRoom {
  readonly workstations: LiveWorkstation[] = [];
  readonly #folder = mkdtempSync(join(tmpdir(), 'beacon-e2e-'));
  readonly #broker: Broker;
  #simulator: SimulatorRun | undefined;

  private constructor(broker: Broker) {
    this.#broker = broker;
  }

  /** With a workstation of each name. The county begins to live with `live`. */
  static async start(names: readonly string[]): Promise<LiveRoom> {
    const room = new LiveRoom(await startMosquitto());
    try {
      await generateCounty(room.#countyDir, SCALE);
      for (const name of names) room.workstations.push(await room.#startWorkstation(name));
      return room;
    } catch (error) {
      await room.end();
      throw error;
    }
  }

  get #countyDir(): string {
    return join(this.#folder, 'county');
  }

  async #startWorkstation(name: string): Promise<LiveWorkstation> {
    const dataDir = join(this.#folder, name);
    mkdirSync(dataDir);
    const workstation = makeWorkstation(name);
    writeFileSync(join(dataDir, 'workstation.json'), JSON.stringify(workstation));
    const line = await openCuttableLine(this.#broker.port);
    const beacon = await startBeacon({
      dataDir,
      args: ['--broker', line.url, '--county', this.#countyDir, '--clock', 'broker'],
    });
    return { id: workstation.id, dataDir, line, beacon };
  }

  async live({ scenario, speed }: LiveOptions): Promise<void> {
    this.#simulator = await startSimulator(this.#broker.url, this.#countyDir, [
      '--scenario',
      scenario,
      '--speed',
      String(speed),
      '--start',
      nextMondayMorning(Date.now()),
    ]);
  }

  /** Ends everything but the files. */
  async stop(): Promise<void> {
    await this.#simulator?.stop();
    for (const { beacon } of this.workstations) await beacon.stop();
    for (const { line } of this.workstations) line.close();
    await this.#broker.dispose();
  }

  /** What `npm run engine -- --check` says of a stopped workstation's folder, and its exit code. */
  async check({ dataDir }: LiveWorkstation): Promise<{ code: number | null; output: string }> {
    const { code, output } = await runScript('out/main/host.js', ['engine', '--data', dataDir, '--check']).ended;
    return { code, output };
  }

  /** The log of a stopped workstation, as `npm run engine -- --export-log` gives it. */
  async hashes({ id, dataDir }: LiveWorkstation): Promise<LogHashes> {
    const file = join(this.#folder, `${id}.jsonl`);
    await runScript('out/main/host.js', ['engine', '--data', dataDir, '--export-log', file]).ended;
    const hashes = new Map<string, Map<number, string>>();
    for (const line of readFileSync(file, 'utf8').trimEnd().split('\n').slice(1)) {
      const { sequence, seq, hash } = JSON.parse(line) as { sequence: string; seq: number; hash: string };
      hashes.set(sequence, (hashes.get(sequence) ?? new Map<number, string>()).set(seq, hash));
    }
    return hashes;
  }

  /** Stops what still runs, and leaves nothing. */
  async end(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 10 });
  }
}
