import type { ChangedSums } from '../store.ts';

/** What values are kept of for years: `measure` is a quantity, or of the scope `figure` the id of a figure. */
export type LedgerKey = { scope: string; measure: string };

/** The scope of the county's figures. */
export const FIGURE_SCOPE = 'figure';

/**
 * A part of an hour of a figure, to be added to what is known of that hour. `quarters`: how many quarter hours it was
 * known for; `sum`: its value added up over these. `present`: its share of present data, times the share of the hour.
 */
export type FigurePart = {
  id: string;
  digits: number;
  atMs: number;
  sum: number;
  quarters: number;
  low: number;
  high: number;
  present: number;
};

export type LedgerQuery = LedgerKey & { fromMs: number; toMs: number; step: 'hour' | 'day' };

/**
 * Values by hour or by local day, ascending; times without any are left out. Of a gauge `mean`, `low` and `high` are per
 * series, from the means of quarter hours, and `sum` is the hourly means added up over all series and hours (kW gives
 * kWh). Of a counter `sum` is what was counted, and the others are that per hour. `present` is the share of the data
 * that should be there and was (0..1), `quality` a code that follows from it.
 */
export type LedgerPoints = {
  startMs: number[];
  endMs: number[];
  mean: number[];
  low: number[];
  high: number[];
  sum: number[];
  present: number[];
  quality: number[];
};

/** The last run of a job: the period that it was due for. */
export type JobRun = { name: string; period: number; endedAtMs: number };

/**
 * What is computed and must be kept for years. Each call runs in a worker thread and rejects with a StoreError: of a
 * damaged ledger all do, with the code `damaged`, until it has been restored.
 */
export type Ledger = {
  /** What is wrong with the file, or undefined where it is whole as far as is known. */
  fault: () => string | undefined;
  /** Takes sums by quarter hour in the place of what is known of their hours; durable when it resolves. */
  putSums: (changed: ChangedSums) => Promise<void>;
  addFigures: (parts: readonly FigurePart[]) => Promise<void>;
  query: (query: LedgerQuery) => Promise<LedgerPoints>;
  runs: () => Promise<JobRun[]>;
  noteRun: (run: JobRun) => Promise<void>;
  /** Deletes days that were over before a time, in steps. Returns rows deleted. */
  sweep: (beforeMs: number) => Promise<number>;
  close: () => Promise<void>;
};
