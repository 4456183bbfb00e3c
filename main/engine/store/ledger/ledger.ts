import type { ChangedSums } from '../store.ts';
import type { DaysOfMeter } from './meterDays.ts';

/** Names values that are kept for years. `measure` is a quantity or, in the scope `figure`, the id of a figure. */
export type LedgerKey = { scope: string; measure: string };

/** The scope of the county's figures. */
export const FIGURE_SCOPE = 'figure';

/**
 * A part of an hour of a figure, to be added to the stored value of that hour. `quarters`: for how many quarter hours
 * the figure was known; `sum`: its value added up over these. `present`: its share of present data, times the share of
 * the hour.
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

/** The mean of a local day, numbered since 1970-01-01. */
export type DayMean = { day: number; value: number };

export type LedgerQuery = LedgerKey & { fromMs: number; toMs: number; step: 'hour' | 'day' };

/**
 * Values by hour or by local day, ascending; times without any are left out. For a gauge, `mean`, `low` and `high` are
 * per series, from the means of quarter hours, and `sum` is the hourly means added up over all series and hours (kW
 * gives kWh). For a counter, `sum` is the amount counted, and the others are amounts per hour. `present` is the share
 * of the expected data that was there (0..1), `quality` a code that follows from it.
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

/** A stop of a measured run: its number in the timetable, and when it was reached and left, UTC ms. */
export type MeasuredCall = { sequence: number; arrivalMs?: number; departureMs?: number };
/** The measured course of a trip on a day; `startMs` is second 0 of its service day (YYYYMMDD), as in `Run`. */
export type MeasuredRun = { day: string; tripId: string; startMs: number; calls: readonly MeasuredCall[] };

/** Measured runs on their way into the ledger, and those of the past, from which a domain learns. */
export type MeasuredRuns = {
  /** Returns those since the last call, and forgets them. */
  take: () => MeasuredRun[];
  /** Takes back what could not be written. */
  putBack: (runs: readonly MeasuredRun[]) => void;
  learn: (run: MeasuredRun) => void;
};

/**
 * Computed values that must be kept for years. Each call runs in a worker thread and rejects with a StoreError. If the
 * ledger is damaged, every call rejects with the code `damaged` until the file has been restored.
 */
export type Ledger = {
  /** What is wrong with the file, or undefined where it is whole as far as is known. */
  fault: () => string | undefined;
  /** Computes hours from sums by quarter hour and replaces their stored values; durable when it resolves. */
  putSums: (changed: ChangedSums) => Promise<void>;
  addFigures: (parts: readonly FigurePart[]) => Promise<void>;
  /** Writes the determinants of bills; a day of a meter that is there already is replaced. */
  putMeterDays: (all: readonly DaysOfMeter[]) => Promise<void>;
  query: (query: LedgerQuery) => Promise<LedgerPoints>;
  /** Adds measured runs; one that is known is replaced. */
  putRuns: (runs: readonly MeasuredRun[]) => Promise<void>;
  /** The measured runs of service days from `fromDay` until before `toDay`, YYYYMMDD. */
  measuredRuns: (fromDay: string, toDay: string) => Promise<MeasuredRun[]>;
  runs: () => Promise<JobRun[]>;
  noteRun: (run: JobRun) => Promise<void>;
  /** Deletes days that ended before a time, in steps. Returns rows deleted. */
  sweep: (beforeMs: number) => Promise<number>;
  /** The same for the determinants of bills. */
  sweepMeterDays: (beforeMs: number) => Promise<number>;
  /** Deletes measured runs of service days before one, YYYYMMDD. Returns rows deleted. */
  sweepRuns: (beforeDay: string) => Promise<number>;
  close: () => Promise<void>;
};
