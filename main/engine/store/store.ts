import type { CitizenReport, Notice, UnitStatus } from '../../../shared/base/values.ts';
import type { Quantity } from '../../../shared/base/quantities.ts';
import type { Person } from '../../../shared/people/person.ts';
import type { Head, LogEntry } from '../../../shared/record/logEntry.ts';
import type { RecordEvent } from '../../../shared/record/recordEvent.ts';

/** Samples of one transaction as columns, `count` rows of each. `feed` is the place in the feed list, for counting. */
export type SampleColumns = {
  count: number;
  seriesId: Uint32Array;
  atMs: Float64Array;
  value: Float64Array;
  quality: Uint8Array;
  feed: Uint8Array;
};
/** `scope`: the zone, feeder or link that the series is added up for. */
export type SeriesRow = { id: number; deviceId: string; quantity: Quantity; scope?: string };
export type PositionRow = {
  vehicleId: string;
  atMs: number;
  lon: number;
  lat: number;
  speedMps: number | null;
  headingDeg: number | null;
  delayS: number | null;
  tripId: string | null;
};
/** Where a response unit was, what it did, and for which incident. */
export type UnitRow = {
  unitId: string;
  atMs: number;
  lon: number;
  lat: number;
  speedMps: number | null;
  headingDeg: number | null;
  status: UnitStatus;
  incidentId: string | null;
};
export type FlagRow = { deviceId: string; atMs: number; flags: string[]; isState: boolean };
/** `payload` is cut at 4 kB; `bytes` is the length before. */
export type DeadLetterRow = {
  atMs: number;
  feed: string;
  topic: string;
  reason: string;
  detail: string;
  payload: Uint8Array;
  bytes: number;
};

/** A report or notice with a place: a newer one replaces that of the same id. The newest 500 are kept. */
export type ReportRow = { id: string; atMs: number; value: CitizenReport | Notice };

/** One transaction. Series must be named in `newSeries` before or with their first sample. */
export type TelemetryBatch = {
  newSeries: SeriesRow[];
  samples: SampleColumns;
  positions: PositionRow[];
  flags: FlagRow[];
  reports: ReportRow[];
  deadLetters: DeadLetterRow[];
  units: UnitRow[];
};
/**
 * By feed number: samples new in the store, samples that it had already (same series and time), and how many of these
 * brought another value. `rejected` counts samples whose time is not valid (not a number, or beyond what Date can
 * hold): they cannot be kept, and must not hold up the others.
 */
export type CommitResult = {
  insertedByFeed: number[];
  duplicatesByFeed: number[];
  correctedByFeed: number[];
  rejected: number;
};

export type SeriesQuery = {
  deviceId: string;
  quantity: Quantity;
  fromMs: number;
  toMs: number;
  maxPoints: number;
  asRate: boolean;
};
export type SeriesPoints = {
  atMs: number[];
  value: (number | null)[];
  min?: (number | null)[];
  max?: (number | null)[];
  quality: number[];
};
/**
 * What is kept: samples, flags and positions newer than a number of days, and a number of the newest dead letters. The
 * newest value of a series always stays. Where the file holds more than `mostBytes`, the oldest samples go first.
 */
export type Retention = { samplesDays: number; positionsDays: number; deadLetterCount: number; mostBytes: number };

/** Sums by quarter hour, ascending; `series` is how many took part, so a mean is `sum / series`. */
export type RollupColumns = { atMs: Float64Array; sum: Float64Array; series: Float64Array };
export type RollupQuery = { scope: string; quantity: Quantity; fromMs: number; toMs: number };

/** Stores what came in. */
export type SampleSink = {
  /** Durable against the death of the process when it resolves. Rejects with a StoreError. */
  commit: (batch: TelemetryBatch) => Promise<CommitResult>;
};

/** Identifies a change by the sums and the first UTC hour (hours since 1970) that it concerns. */
export type SumsKey = { scope: string; quantity: string; hour: number };
/**
 * Sums that have changed: `hours` UTC hours from `hour` (hours since 1970) on. The next `quarters` rows of the columns
 * are all that there is in [fromMs, toMs), which includes an hour more on both sides as far as retention has left it.
 * `known` series could take part. For times before `partBeforeMs` the cache may hold only a part of what an earlier one
 * held.
 */
export type ChangedHours = SumsKey & {
  hours: number;
  version: number;
  fromMs: number;
  toMs: number;
  known: number;
  partBeforeMs: number;
  quarters: number;
};
/** `next`: where to continue; undefined where these were all. */
export type ChangedSums = { hours: ChangedHours[]; columns: RollupColumns; next: SumsKey | undefined };

/**
 * What can be asked of the telemetry cache. Each call runs in a worker thread, as do those of `SampleSink` and
 * `Upkeep`, and rejects with a StoreError.
 */
export type History = {
  /** The dictionary as it stood when the file was opened. */
  series: () => Promise<SeriesRow[]>;
  query: (query: SeriesQuery) => Promise<SeriesPoints>;
  /**
   * Several series thinned to one sample per step (the mean of usable values for gauges, the last usable value for
   * counters; time is that of the last one in the step), ascending by series and time. Baselines are learnt from these
   * after a restart.
   */
  steps: (seriesIds: number[], fromMs: number, toMs: number, stepMs: number) => Promise<SampleColumns>;
  /** The newest sample at or before `atMs` of every series that has one not older than `maxAgeMs`. */
  snapshot: (atMs: number, maxAgeMs: number) => Promise<SampleColumns>;
  /** All samples in [fromMs, toMs), ascending by time: what a replay plays. */
  range: (fromMs: number, toMs: number) => Promise<SampleColumns>;
  /** Sums of a zone, feeder or link (`zone:…`, `link:…`) or of the whole `county`. */
  rollups: (query: RollupQuery) => Promise<RollupColumns>;
  /**
   * Some of the sealed sums that have changed since they were settled, from a key on. The ledger of years is made of
   * them.
   */
  changedSums: (from?: SumsKey) => Promise<ChangedSums>;
  track: (vehicleId: string, fromMs: number, toMs: number) => Promise<PositionRow[]>;
  /** Positions of all vehicles in [fromMs, toMs), ascending by time. */
  positionsIn: (fromMs: number, toMs: number) => Promise<PositionRow[]>;
  /** Reports of units in [fromMs, toMs), ascending by time. */
  unitsIn: (fromMs: number, toMs: number) => Promise<UnitRow[]>;
  /** The last report of each unit at or before `atMs`, if that is not older than `maxAgeMs`. */
  unitsAt: (atMs: number, maxAgeMs: number) => Promise<UnitRow[]>;
  /** Flags that devices reported in [fromMs, toMs), ascending by time. */
  flagsIn: (fromMs: number, toMs: number) => Promise<FlagRow[]>;
  /** Oldest first. */
  reports: () => Promise<ReportRow[]>;
  /** Newest first. */
  deadLetters: (limit: number) => Promise<DeadLetterRow[]>;
  counts: () => Promise<{ samples: number; positions: number; deadLetters: number; bytes: number }>;
};

/** What the telemetry cache needs from time to time. Rejects with a StoreError. */
export type Upkeep = {
  /** Seals what has waited long enough (`isForced`: all), in steps that do not hold up commits. */
  tend: (nowMs: number, isForced?: boolean) => Promise<void>;
  /** Forgets changes of sums that are kept elsewhere now, except those that have changed again. */
  settleChanged: (hours: readonly ChangedHours[]) => Promise<void>;
  /** Deletes what is older than the retention, in steps that do not hold up commits. Returns rows deleted. */
  sweep: (nowMs: number) => Promise<number>;
  /**
   * Some of the series of which nothing is stored any more. `next` is given to the next call; undefined at the end.
   */
  idleSeries: (nowMs: number, fromGroup: number) => Promise<{ rows: SeriesRow[]; next: number | undefined }>;
  /** Deletes such series. Their numbers must not be used any more, and no batch may be committed in between. */
  removeSeries: (ids: readonly number[]) => Promise<void>;
  close: () => Promise<void>;
};

/** A journal entry: the samples of one transaction, except those that were there already. Numbers have no holes. */
export type OutboxEntry = {
  entry: number;
  count: number;
  series: Uint32Array;
  atMs: Float64Array;
  value: Float64Array;
  quality: Uint8Array;
};
/** `lost`: entries that the consumer has not passed and that are gone. It goes on by advancing to the last of them. */
export type OutboxPage = { entries: OutboxEntry[]; lost?: { fromEntry: number; toEntry: number } };

/**
 * The journal as the outbox of an archive. Entries stay until every registered consumer has passed them, even if the
 * process is killed; an entry that is read again afterwards has the same number, so a consumer that keeps the number
 * beside the data takes each entry exactly once. A consumer that lags too far loses its place, which a notice reports.
 * Rejects with a StoreError.
 */
export type Outbox = {
  /** Entries are kept for it from now on; registering again changes nothing. */
  registerConsumer: (consumer: string) => Promise<void>;
  removeConsumer: (consumer: string) => Promise<void>;
  /** The next entries, at most `limit`; flushed to the disk before they are given out. */
  readOutbox: (consumer: string, limit: number) => Promise<OutboxPage>;
  /** Durable when it resolves. */
  advance: (consumer: string, entry: number) => Promise<void>;
};

/** All sides of the telemetry cache, for the code that opens it; each user takes only the side that it needs. */
export type Telemetry = SampleSink & History & Upkeep & Outbox;

/** `next` is where the next page begins. */
export type LogPage = { entries: LogEntry[]; next: number };
/**
 * What became of entries from other workstations. The reasons of a refusal: `stranger`: nobody here knows the key of
 * the workstation; `broken`: the entry does not follow from what is here; `unsigned`: the signature is not that of the
 * workstation. `missing` lists the entries that have to come first.
 */
export type Merged = {
  accepted: LogEntry[];
  refused: { id: string; reason: 'stranger' | 'broken' | 'unsigned' }[];
  missing: { sequence: string; fromSeq: number; toSeq: number }[];
};

/** The record of what people did at all workstations: append-only, hash-chained and signed, `synchronous=FULL`. */
export type RecordStore = {
  /**
   * Durable when it resolves. `seen`: how far the author had the other sequences; where it is absent, all that is here.
   */
  append: (
    atMs: number,
    author: Person,
    event: RecordEvent,
    seen?: Readonly<Record<string, number>>,
  ) => Promise<LogEntry>;
  /** Takes what other workstations wrote; durable when it resolves. `keys`: PEM by workstation. */
  merge: (entries: readonly LogEntry[], keys: Readonly<Record<string, string>>) => Promise<Merged>;
  /** Entries in the order of arrival, from the given number on (0: all). */
  entries: (fromArrival: number, limit: number) => Promise<LogPage>;
  /** The entries that arrived last, the oldest of them first. */
  newest: (limit: number) => Promise<LogEntry[]>;
  /** Entries of one sequence, from a number on. */
  sequence: (sequence: string, fromSeq: number, limit: number) => Promise<LogEntry[]>;
  heads: () => Promise<{ own: string; heads: Record<string, Head> }>;
  /** Begins a new epoch of this workstation's sequence: the next one, but not lower than `leastEpoch`. */
  beginEpoch: (reason: string, leastEpoch: number) => Promise<LogEntry>;
  close: () => Promise<void>;
};

/** Something that can be found. */
export type SearchRow = {
  /** Names it for good: the same key replaces it. */
  key: string;
  group: string;
  title: string;
  /** Other words that it is found by. */
  words: string;
  atMs: number;
  /** What is given back when it is found. */
  hit: string;
};

export type SearchStore = {
  put: (rows: readonly SearchRow[]) => Promise<void>;
  /** The hits of a group, the best first, or the newest. */
  find: (group: string, text: string, query: { newestFirst: boolean; limit: number }) => Promise<string[]>;
  close: () => Promise<void>;
};

/** What happened when the files were opened, in a sentence for the screen (a damaged cache was set aside as …). */
export type StoreNotice = { level: 'info' | 'warning' | 'error'; text: string };
