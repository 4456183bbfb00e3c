import { join } from 'node:path';
import Database from 'better-sqlite3';

/** The telemetry file of a data folder as it lies on the disk, read when no engine runs. */
export class StoredTelemetry {
  readonly #db: Database.Database;

  constructor(dataDir: string) {
    this.#db = new Database(join(dataDir, 'telemetry.db'), { readonly: true });
  }

  samples(): number {
    return this.#db.prepare<[], number>('SELECT count(*) FROM samples').pluck().get() ?? 0;
  }

  /** Samples by device, of all its series, up to a time. */
  samplesByDevice(untilMs = Number.MAX_SAFE_INTEGER): Map<string, number> {
    const rows = this.#db.prepare<[number], [string, number]>('SELECT device, sum((SELECT count(*) FROM samples WHERE series = series.id AND at <= ?)) FROM series GROUP BY device').raw().all(untilMs);
    return new Map(rows);
  }

  /** Samples of a device at one instant. */
  samplesAt(deviceId: string, atMs: number): number {
    return this.#db.prepare<[string, number], number>('SELECT count(*) FROM series JOIN samples ON series = id WHERE device = ? AND at = ?').pluck().get(deviceId, atMs) ?? 0;
  }

  /** Events that devices told, as "device time". */
  events(): Set<string> {
    return new Set(this.#db.prepare<[], string>("SELECT device || ' ' || at FROM device_flags WHERE is_state = 0").pluck().all());
  }

  deadLetters(): { feed: string; topic: string; reason: string; detail: string }[] {
    return this.#db.prepare<[], { feed: string; topic: string; reason: string; detail: string }>('SELECT feed, topic, reason, detail FROM dead_letters').all();
  }

  close(): void {
    this.#db.close();
  }
}
