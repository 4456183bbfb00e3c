import type { CountyMs } from '../../../../shared/base/clock.ts';
import { explainOpenError } from '../DataFolderError.ts';
import { StoreError, toStoreError } from '../StoreError.ts';
import { StoreThread } from '../threads/StoreThread.ts';
import type { SlowCallListener } from '../threads/StoreThread.ts';
import { lookBackMs } from './readSamples.ts';
import { groupScope } from './rollups.ts';
import type {
  CommitResult,
  Retention,
  SampleColumns,
  SeriesRow,
  StoreNotice,
  Telemetry,
  TelemetryBatch,
} from '../store.ts';
import type { SweepCursor } from './sweep.ts';
import type { MethodArgs, MethodName, MethodResult } from '../threads/storeRoles.ts';
import type { TelemetryReader } from './TelemetryReader.ts';
import type { TelemetryWriter } from './TelemetryWriter.ts';

type TelemetryStoreOptions = {
  file: string;
  /** The built store worker, out/main/storeWorker.js. */
  workerPath: string;
  retention: Retention;
  /** The scope for which a new series is added up. */
  scopeOf?: (deviceId: string) => string | undefined;
  /** The engine's clock: it gives damaged files their names, and separates samples of the future from present ones. */
  now: () => CountyMs;
  /** Called for what happens after opening: damage found while running. */
  onNotice?: (notice: StoreNotice) => void;
  /** Called for calls that take long (over 40 ms), so that they are logged. */
  onSlowCall?: SlowCallListener;
  /** What counts as long. */
  slowCallMs?: number;
  /** Files up to this size are read through at opening; larger ones are checked beside the work. */
  checkAtOnceBytes?: number;
};

/** A file of this size is read through in less than half a second. */
const CHECK_AT_ONCE_BYTES = 128 * 1024 * 1024;

type OpenedTelemetryStore = {
  store: Telemetry;
  /** True where there was no usable file: the county may deliver its history. */
  isNew: boolean;
  notices: StoreNotice[];
};

/** Sealing pauses for this many times as long as it worked. */
const PAUSE = 2;

/** Series read in one call, so that a chart need not wait until the baselines of a whole county have been read. */
const SERIES_A_STEP_CALL = 500;

/**
 * Copies the used part of the columns. The copy is handed to the thread; the caller's stays whole, to be tried again
 * where the commit fails.
 */
function copyOf(samples: SampleColumns): SampleColumns {
  const { count } = samples;
  return {
    count,
    seriesId: samples.seriesId.slice(0, count),
    atMs: samples.atMs.slice(0, count),
    value: samples.value.slice(0, count),
    quality: samples.quality.slice(0, count),
    feed: samples.feed.slice(0, count),
  };
}

function joined(parts: readonly SampleColumns[]): SampleColumns {
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const whole: SampleColumns = {
    count,
    seriesId: new Uint32Array(count),
    atMs: new Float64Array(count),
    value: new Float64Array(count),
    quality: new Uint8Array(count),
    feed: new Uint8Array(count),
  };
  let offset = 0;
  for (const part of parts) {
    for (const name of ['seriesId', 'atMs', 'value', 'quality', 'feed'] as const) whole[name].set(part[name], offset);
    offset += part.count;
  }
  return whole;
}

class ThreadedTelemetryStore implements Telemetry {
  readonly #options: TelemetryStoreOptions;
  readonly #writer: StoreThread<'telemetryWriter'>;
  readonly #reader: StoreThread<'telemetryReader'>;
  /** Set while a damaged file is being replaced; calls that come meanwhile wait for it. */
  #replacing: Promise<void> | undefined;
  #generation = 0;
  #tending: Promise<void> | undefined;
  #isClosing = false;

  constructor(options: TelemetryStoreOptions) {
    this.#options = options;
    const { file, workerPath, retention, onSlowCall, slowCallMs, checkAtOnceBytes = CHECK_AT_ONCE_BYTES } = options;
    this.#writer = new StoreThread(
      workerPath,
      { role: 'telemetryWriter', file, retention, checkAtOnceBytes },
      onSlowCall,
      slowCallMs,
    );
    this.#reader = new StoreThread(workerPath, { role: 'telemetryReader', file }, onSlowCall, slowCallMs);
  }

  async open(): Promise<Omit<OpenedTelemetryStore, 'store'>> {
    const { needsCheck, ...opened } = await this.#writer.call('open', this.#options.now());
    await this.#nameOwnScopes();
    await this.#reader.call('open');
    if (needsCheck) void this.#checkBesides().catch(() => undefined);
    return opened;
  }

  series: Telemetry['series'] = () => this.#writer.call('series');

  commit: Telemetry['commit'] = (batch) =>
    this.#unlessDamaged((): Promise<CommitResult> =>
      this.#writer.call(
        'commit',
        {
          ...batch,
          newSeries: batch.newSeries.map(this.#withScope),
          samples: copyOf(batch.samples),
        } satisfies TelemetryBatch,
        this.#options.now(),
      ),
    );

  // Unsealed samples are asked for first: a sample that is sealed in between is then seen twice, and counted once,
  // instead of not at all.
  query: Telemetry['query'] = async (query) => {
    const heads = await this.#ask('headOf', query.deviceId, query.quantity, lookBackMs(query), query.toMs);
    return this.#read('query', query, heads);
  };

  snapshot: Telemetry['snapshot'] = async (atMs, maxAgeMs) => {
    const head = await this.#ask('headsAt', atMs, atMs - maxAgeMs);
    return this.#read('snapshot', atMs, maxAgeMs, head);
  };

  range: Telemetry['range'] = async (fromMs, toMs) => {
    const heads = await this.#ask('heads', fromMs, toMs);
    return this.#read('range', fromMs, toMs, heads);
  };

  rollups: Telemetry['rollups'] = async ({ scope, quantity, fromMs, toMs }) => {
    const unsealed = await this.#ask('rollups', scope, quantity, fromMs, toMs);
    return this.#read('rollups', scope, quantity, fromMs, toMs, unsealed);
  };

  changedSums: Telemetry['changedSums'] = (from) => this.#read('changedSums', from);

  settleChanged: Telemetry['settleChanged'] = (hours) => this.#ask('settleChanged', hours);

  tend: Telemetry['tend'] = (nowMs, isForced = false) => {
    if (isForced) return this.#tend(nowMs, true);
    this.#tending ??= this.#tend(nowMs, false).finally(() => (this.#tending = undefined));
    return this.#tending;
  };

  idleSeries: Telemetry['idleSeries'] = (nowMs, fromGroup) => this.#ask('idleSeries', nowMs, fromGroup);

  removeSeries: Telemetry['removeSeries'] = (ids) => this.#ask('removeSeries', ids);

  registerConsumer: Telemetry['registerConsumer'] = (consumer) => this.#ask('registerConsumer', consumer);

  removeConsumer: Telemetry['removeConsumer'] = (consumer) => this.#ask('removeConsumer', consumer);

  readOutbox: Telemetry['readOutbox'] = (consumer, limit) => this.#ask('readOutbox', consumer, limit);

  advance: Telemetry['advance'] = (consumer, entry) => this.#ask('advance', consumer, entry);

  steps: Telemetry['steps'] = async (seriesIds, fromMs, toMs, stepMs) => {
    const ids = [...new Set(seriesIds)].sort((a, b) => a - b);
    const parts: SampleColumns[] = [];
    for (let start = 0; start < ids.length; start += SERIES_A_STEP_CALL) {
      const some = ids.slice(start, start + SERIES_A_STEP_CALL);
      const heads = await this.#ask('heads', fromMs, toMs, some);
      parts.push(await this.#read('steps', some, fromMs, toMs, stepMs, heads));
    }
    return joined(parts);
  };

  track: Telemetry['track'] = (vehicleId, fromMs, toMs) => this.#read('track', vehicleId, fromMs, toMs);

  positionsIn: Telemetry['positionsIn'] = (fromMs, toMs) => this.#read('positionsIn', fromMs, toMs);

  unitsIn: Telemetry['unitsIn'] = (fromMs, toMs) => this.#read('unitsIn', fromMs, toMs);

  unitsAt: Telemetry['unitsAt'] = (atMs, maxAgeMs) => this.#read('unitsAt', atMs, maxAgeMs);

  flagsIn: Telemetry['flagsIn'] = (fromMs, toMs) => this.#read('flagsIn', fromMs, toMs);

  reports: Telemetry['reports'] = () => this.#read('reports');

  deadLetters: Telemetry['deadLetters'] = (limit) => this.#read('deadLetters', limit);

  counts: Telemetry['counts'] = () => this.#read('counts');

  sweep: Telemetry['sweep'] = async (nowMs) => {
    let deleted = 0;
    let cursor: SweepCursor | undefined = { table: 'samples', next: 0 };
    while (cursor !== undefined) {
      const from: SweepCursor = cursor;
      // There is one call per step, so that commits that came meanwhile are served in between.
      const step = await this.#unlessDamaged(() => this.#writer.call('sweep', from, nowMs));
      deleted += step.deleted;
      cursor = step.cursor;
    }
    return deleted;
  };

  close: Telemetry['close'] = async () => {
    this.#isClosing = true;
    await Promise.all([this.#replacing?.catch(() => undefined), this.#tending?.catch(() => undefined)]);
    // The reader closes first: the last connection to close has to be one that may checkpoint the write-ahead journal.
    await this.#reader.close();
    await this.#writer.close();
  };

  /**
   * There is one call per step, so that commits that came meanwhile are served in between. All groups are ready at
   * about the same time, so there are pauses, unless memory fills.
   */
  async #tend(nowMs: number, isForced: boolean): Promise<void> {
    for (;;) {
      const startedMs = performance.now();
      const left = await this.#ask('tend', nowMs, isForced);
      if (left === 'done') for (const notice of await this.#ask('takeNotices')) this.#options.onNotice?.(notice);
      if (left === 'done' || this.#isClosing) return;
      if (left === 'more' && !isForced)
        await new Promise((resolve) => setTimeout(resolve, PAUSE * (performance.now() - startedMs)));
    }
  }

  /** Gives a scope of their own to series that were begun before devices had such scopes. */
  async #nameOwnScopes(): Promise<void> {
    const rows = (await this.#writer.call('series'))
      .filter(({ scope }) => scope === undefined)
      .map(this.#withScope)
      .filter(({ scope = '' }) => scope !== '' && groupScope(scope) === '');
    if (rows.length > 0) await this.#writer.call('nameOwnScopes', rows);
  }

  readonly #withScope = (row: SeriesRow): SeriesRow => {
    const scope = row.scope ?? this.#options.scopeOf?.(row.deviceId);
    return { ...row, ...(scope !== undefined && { scope }) };
  };

  #ask<N extends MethodName<TelemetryWriter>>(
    method: N,
    ...args: MethodArgs<TelemetryWriter, N>
  ): Promise<MethodResult<TelemetryWriter, N>> {
    return this.#unlessDamaged(() => this.#writer.call(method, ...args));
  }

  #read<N extends MethodName<TelemetryReader>>(
    method: N,
    ...args: MethodArgs<TelemetryReader, N>
  ): Promise<MethodResult<TelemetryReader, N>> {
    return this.#unlessDamaged(() => this.#reader.call(method, ...args));
  }

  /** Does the work; where it meets damage, replaces the file and does it again, so that a batch in hand is not lost. */
  async #unlessDamaged<T>(work: () => Promise<T>): Promise<T> {
    await this.#replacing;
    const generation = this.#generation;
    try {
      return await work();
    } catch (error) {
      const problem = toStoreError(error);
      if (problem.code !== 'damaged') throw problem;
      // Several calls may meet the same damage; the first one replaces the file for all.
      if (generation === this.#generation)
        this.#replacing ??= this.#replace(problem).finally(() => (this.#replacing = undefined));
      await this.#replacing;
      return work();
    }
  }

  async #replace(problem: StoreError): Promise<void> {
    // The reader closes before the file is renamed, because some systems refuse to rename an open file.
    await this.#reader.call('close');
    const notice = await this.#writer.call('replace', problem.message, this.#options.now());
    await this.#reader.call('open');
    this.#generation++;
    this.#options.onNotice?.(notice);
  }

  /** Reads a large file through in a thread of its own. */
  async #checkBesides(): Promise<void> {
    const generation = this.#generation;
    const checker = new StoreThread(this.#options.workerPath, { role: 'telemetryReader', file: this.#options.file });
    try {
      await checker.call('open');
      const damage = await checker.call('check');
      await checker.close();
      if (damage === undefined || generation !== this.#generation) return;
      await this.#unlessDamaged(() =>
        generation === this.#generation ? Promise.reject(new StoreError('damaged', damage)) : Promise.resolve(),
      );
    } finally {
      await checker.close();
    }
  }
}

/**
 * Opens the telemetry cache, or makes it. A damaged file is renamed and a new one begun, which a notice reports. Throws
 * a DataFolderError where the file cannot be used: not writable, disk full, written by a newer version.
 */
export async function openTelemetryStore(options: TelemetryStoreOptions): Promise<OpenedTelemetryStore> {
  const store = new ThreadedTelemetryStore(options);
  try {
    return { store, ...(await store.open()) };
  } catch (error) {
    await store.close();
    throw explainOpenError(toStoreError(error), options.file);
  }
}
