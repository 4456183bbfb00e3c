import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openTelemetryStore } from '../../main/engine/store/samples/openTelemetryStore.ts';
import type { SampleColumns, SeriesRow, SampleSink, Telemetry } from '../../main/engine/store/store.ts';
import type { Quantity } from '../../shared/base/quantities.ts';

const workerPath = join(import.meta.dirname, '../../out/main/storeWorker.js');
const BATCH = 50_000;
const nothing = { positions: [], units: [], flags: [], reports: [], deadLetters: [] };

/**
 * Opens a telemetry cache in a folder as the engine does, with the built worker. `nowMs` is the engine's time; nothing
 * is deleted below `mostBytes`.
 */
export async function openStore(folder: string, nowMs: number, mostBytes = 1e12): Promise<Telemetry> {
  const retention = { samplesDays: 10_000, positionsDays: 10_000, deadLetterCount: 100, mostBytes };
  return (await openTelemetryStore({ file: join(folder, 'telemetry.db'), workerPath, retention, now: () => nowMs }))
    .store;
}

/** Collects samples into batches and commits them. */
export class Filler {
  readonly #store: SampleSink;
  readonly #ids = new Map<string, number>();
  #newSeries: SeriesRow[] = [];
  #samples: SampleColumns = Filler.#empty();
  samples = 0;

  constructor(store: SampleSink) {
    this.#store = store;
  }

  static #empty(): SampleColumns {
    return {
      count: 0,
      seriesId: new Uint32Array(BATCH),
      atMs: new Float64Array(BATCH),
      value: new Float64Array(BATCH),
      quality: new Uint8Array(BATCH),
      feed: new Uint8Array(BATCH),
    };
  }

  /** Returns the number of a series; it is created when it is named for the first time. */
  series(deviceId: string, quantity: Quantity, scope?: string): number {
    const key = `${deviceId} ${quantity}`;
    let id = this.#ids.get(key);
    if (id === undefined) {
      this.#ids.set(key, (id = this.#ids.size + 1));
      this.#newSeries.push({ id, deviceId, quantity, ...(scope !== undefined && { scope }) });
    }
    return id;
  }

  /** Adds a sample and commits when a batch is full; await the returned promise then. */
  add(series: number, atMs: number, value: number, quality = 0): Promise<void> | undefined {
    const row = this.#samples.count++;
    this.#samples.seriesId[row] = series;
    this.#samples.atMs[row] = atMs;
    this.#samples.value[row] = value;
    this.#samples.quality[row] = quality;
    return this.#samples.count === BATCH ? this.flush() : undefined;
  }

  async flush(): Promise<void> {
    const { insertedByFeed } = await this.#store.commit({
      newSeries: this.#newSeries,
      samples: this.#samples,
      ...nothing,
    });
    this.samples += insertedByFeed.reduce((sum, count) => sum + count, 0);
    this.#newSeries = [];
    this.#samples = Filler.#empty();
  }
}

/** The bytes of the used pages of a closed cache: samples, their summaries and sums, the dictionary and all indexes. */
export function storedBytes(folder: string): number {
  const file = join(folder, 'telemetry.db');
  const db = new Database(file, { readonly: true });
  const read = (name: string): number => Number(db.pragma(name, { simple: true }));
  const used = (read('page_count') - read('freelist_count')) * read('page_size');
  db.close();
  return used + (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0);
}

/** The contents of a file of the real data, or undefined if the data is not on this machine. */
export function realFile(name: string): Buffer | undefined {
  const path = join(import.meta.dirname, '../../../shared/data', name);
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true ? readFileSync(path) : undefined;
}
