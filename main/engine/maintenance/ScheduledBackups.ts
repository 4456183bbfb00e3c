import { access, constants, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { WallMs } from '../../../shared/base/clock.ts';
import type { BackupState } from '../../../shared/contract/deskRequests.ts';
import type { BackupOptions, Log } from '../base/engine.ts';
import { RequestError } from '../base/RequestError.ts';
import type { Condition } from '../domains/kit/Condition.ts';
import { stampOf } from '../store/damage.ts';
import { SECRET_FOLDER_MODE } from './backupFiles.ts';
import { SECRETS_FILE } from './encryptedSecrets.ts';

const HOUR_MS = 3_600_000;
/** Backups are daily: one that failed is tried again hourly, and after this long a person has to see to it. */
const OLD_AFTER_MS = 36 * HOUR_MS;

type Sources = {
  options: BackupOptions | undefined;
  /** Distinguishes the backups of workstations that share a folder. */
  workstationId: string;
  /** Makes a backup of the data folder in a new folder. Rejects with a sentence. */
  run: (target: string) => Promise<unknown>;
  wallMs: () => WallMs;
  /** Local days of the county since 1970-01-01. */
  dayOf: (atMs: number) => number;
  log: Log;
};

/** A time as `stampOf` writes it in the name of a folder. */
function readStamp(stamp: string): number {
  const [day = '', time = ''] = stamp.split('T');
  return Date.parse(`${day}T${time.replaceAll('-', ':')}`);
}

/**
 * Backs the data folder up once per day of the county, and deletes the oldest of its own backups. What was made before
 * is read from the folder itself, so nothing has to be remembered. The folder may be on another machine that does not
 * answer, so it is never waited for in the engine's event loop.
 */
export class ScheduledBackups {
  readonly #sources: Sources;
  readonly #sinceMs: WallMs;
  /** Newest first, as they were when the folder was last read. */
  #backups: BackupState['backups'] = [];
  #running: Promise<void> | undefined;
  #fault: string | undefined;

  constructor(sources: Sources) {
    this.#sources = sources;
    this.#sinceMs = sources.wallMs();
  }

  /** Makes the backup of this day, where it is not there yet. Never rejects: `state` says what failed. */
  async tend(): Promise<void> {
    const { options, dayOf, wallMs } = this.#sources;
    if (options === undefined) return;
    await this.refresh();
    const lastAtMs = this.lastAtMs();
    if (lastAtMs !== undefined && dayOf(lastAtMs) === dayOf(wallMs())) return;
    await this.make().catch(() => undefined);
  }

  /** Makes a backup now. Rejects with a RequestError where none can be made, which is also kept for `state`. */
  async make(): Promise<void> {
    const { options, log } = this.#sources;
    if (options === undefined)
      throw new RequestError('refused', 'Beacon has no folder for backups. Start it with --backup-to DIR.');
    this.#running ??= this.#make(options).finally(() => (this.#running = undefined));
    try {
      await this.#running;
      this.#fault = undefined;
    } catch (error) {
      this.#fault = error instanceof Error ? error.message : String(error);
      log('error', `The backup failed: ${this.#fault}`);
      throw new RequestError('unavailable', this.#fault);
    }
  }

  state(): BackupState {
    const { options, wallMs } = this.#sources;
    if (options === undefined) return { backups: [], isRunning: false, nowMs: wallMs() };
    return {
      folder: options.folder,
      keep: options.keep,
      isEncrypted: options.passphrase !== undefined,
      backups: this.#backups,
      isRunning: this.#running !== undefined,
      nowMs: wallMs(),
      ...(this.#fault !== undefined && { fault: this.#fault }),
    };
  }

  /** When the last backup was made, UTC ms; undefined where there is none. */
  lastAtMs(): number | undefined {
    return this.#backups[0]?.atMs;
  }

  /** The condition of a backup that is too old. */
  conditions(): Condition[] {
    const { options, wallMs } = this.#sources;
    if (options === undefined) return [];
    const lastAtMs = this.lastAtMs();
    const ageMs = wallMs() - (lastAtMs ?? this.#sinceMs);
    if (ageMs < OLD_AFTER_MS) return [];
    const last = lastAtMs === undefined ? 'none' : new Date(lastAtMs).toISOString().slice(0, 16).replace('T', ' ');
    return [
      {
        rule: 'maintenance.backup',
        domain: 'maintenance',
        priority: 4,
        subject: { kind: 'system', id: 'backup' },
        title: lastAtMs === undefined ? 'There is no backup' : 'The last backup is old',
        place: 'Control room',
        cause: this.#fault ?? 'No backup has been finished.',
        consequence: 'If this machine is lost, so is what was written since the last backup.',
        action: `Check the folder ${options.folder}, then press Back up now (Administration).`,
        evidence: [{ label: 'Last backup, UTC', text: last }],
        onDelayMs: 0,
        offDelayMs: 2000,
      },
    ];
  }

  #pattern(): RegExp {
    return new RegExp(`^beacon-${this.#sources.workstationId}-(\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\dZ)$`);
  }

  /**
   * Reads which backups there are. A folder that does not exist has none; while one cannot be read, as on a share that
   * is away, what was known stays.
   */
  async refresh(): Promise<void> {
    const { options } = this.#sources;
    if (options === undefined) return;
    const pattern = this.#pattern();
    const names = await readdir(options.folder).catch((error: unknown) =>
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? [] : undefined,
    );
    if (names === undefined) return;
    const found = names.flatMap((name) => {
      const stamp = pattern.exec(name)?.[1];
      return stamp === undefined ? [] : [{ name, atMs: readStamp(stamp) }];
    });
    const backups = await Promise.all(
      found.map(async (each) => {
        const secrets = access(join(options.folder, each.name, SECRETS_FILE));
        return { ...each, isEncrypted: await secrets.then(() => true).catch(() => false) };
      }),
    );
    this.#backups = backups.sort((a, b) => b.atMs - a.atMs);
  }

  async #make({ folder, keep }: BackupOptions): Promise<void> {
    const { workstationId, run, wallMs, log } = this.#sources;
    await mkdir(folder, { recursive: true, mode: SECRET_FOLDER_MODE });
    await access(folder, constants.W_OK);
    const remove = (name: string): Promise<void> => rm(join(folder, name), { recursive: true, force: true });
    // A backup that was interrupted left its beginning.
    for (const name of await readdir(folder)) {
      const isOwn = this.#pattern().test(name.replace(/\.unfinished$/, ''));
      if (isOwn && name.endsWith('.unfinished')) await remove(name);
    }
    const name = `beacon-${workstationId}-${stampOf(wallMs())}`;
    await run(join(folder, name));
    log('info', `Backed up into ${join(folder, name)}.`);
    await this.refresh();
    for (const old of this.#backups.slice(keep)) await remove(old.name);
    await this.refresh();
  }
}
