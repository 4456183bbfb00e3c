import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openRow } from '../../main/engine/store/samples/chunks/chunkTable.ts';
import type { ChunkRow } from '../../main/engine/store/samples/chunks/chunkTable.ts';
import { groupOfChunk } from '../../main/engine/store/samples/chunks/window.ts';
import { SampleStore } from '../../main/engine/store/samples/SampleStore.ts';

/** The telemetry file of a data folder as it is on the disk; read it only while no engine runs. */
export class StoredTelemetry {
  readonly #db: Database.Database;
  #read: Map<string, number[][]> | undefined;

  constructor(dataDir: string) {
    this.#db = new Database(join(dataDir, 'telemetry.db'), { readonly: true });
  }

  samples(): number {
    return [...this.samplesByDevice().values()].reduce((sum, count) => sum + count, 0);
  }

  /** The number of samples by device, over all its series. */
  samplesByDevice(): Map<string, number> {
    return new Map(
      [...this.#times()].map(([device, ofSeries]) => [device, ofSeries.reduce((sum, times) => sum + times.length, 0)]),
    );
  }

  /** The number of samples of a device at one instant. */
  samplesAt(deviceId: string, atMs: number): number {
    return (this.#times().get(deviceId) ?? []).reduce(
      (sum, times) => sum + times.filter((at) => at === atMs).length,
      0,
    );
  }

  /**
   * Times of the samples of each of a device's series. A sample that was compacted twice would appear twice; one that
   * waits to correct a compacted one does not.
   */
  #times(): Map<string, number[][]> {
    if (this.#read !== undefined) return this.#read;
    const sealed = this.#sealedTimes();
    const unsealed = new SampleStore(this.#db).heads(0, Number.MAX_SAFE_INTEGER);
    const rows = this.#db.prepare<[], { id: number; device: string }>('SELECT id, device FROM series').all();
    const timesOf = (id: number): number[] => {
      const times = sealed.get(id) ?? [];
      const known = new Set(times);
      return [...times, ...[...(unsealed.get(id)?.atMs ?? [])].filter((atMs) => !known.has(atMs))];
    };
    return (this.#read = new Map(
      [...Map.groupBy(rows, ({ device }) => device)].map(([device, series]) => [
        device,
        series.map(({ id }) => timesOf(id)),
      ]),
    ));
  }

  #sealedTimes(): Map<number, number[]> {
    const series = new Map(
      this.#db
        .prepare<[], { id: number; place: string }>("SELECT id, grp || ' ' || slot AS place FROM series")
        .all()
        .map(({ id, place }) => [place, id]),
    );
    const times = new Map<number, number[]>();
    for (const row of this.#db
      .prepare<[], ChunkRow>('SELECT id, checksum, summary, data FROM chunks ORDER BY id')
      .all()) {
      const chunk = openRow(row);
      for (let slot = 0; slot < chunk.slotCount; slot++) {
        const id = series.get(`${String(groupOfChunk(row.id))} ${String(slot)}`) ?? 0;
        times.set(id, [...(times.get(id) ?? []), ...chunk.run(slot).atMs]);
      }
    }
    return times;
  }

  /** Events that devices reported, as "device time". */
  events(): Set<string> {
    return new Set(
      this.#db.prepare<[], string>("SELECT device || ' ' || at FROM device_flags WHERE is_state = 0").pluck().all(),
    );
  }

  deadLetters(): { feed: string; topic: string; reason: string; detail: string }[] {
    return this.#db
      .prepare<[], { feed: string; topic: string; reason: string; detail: string }>(
        'SELECT feed, topic, reason, detail FROM dead_letters',
      )
      .all();
  }

  close(): void {
    this.#db.close();
  }
}
