import type { CountyMs, MonotonicMs, WallMs } from '../../../shared/base/clock.ts';
import type { Log } from './engine.ts';

/**
 * Work that recurs by itself, once per period of a clock. Periods that were missed, while the engine did not run or a
 * run failed, are made up for by one run.
 */
export type Job = {
  /** Identifies the job for good: its last run is kept under this name. */
  name: string;
  /** The clock whose time it follows: the county's, which may be accelerated, or the wall's. */
  clock: 'county' | 'wall';
  /** How long a period is: milliseconds, or a local day of the county. */
  every: number | 'day';
  /**
   * What is deleted cannot be brought back, so a job that deletes waits until its clock has gone on steadily for a
   * while.
   */
  deletes?: boolean;
  run: () => Promise<unknown>;
};

/** The last run of a job: the period that it was due for. */
type JobRun = { name: string; period: number; endedAtMs: number };

type JobsOptions = {
  jobs: readonly Job[];
  countyMs: () => CountyMs;
  wallMs: () => WallMs;
  monotonicMs: () => MonotonicMs;
  /** Which source the county's clock follows at present; when it changes, no time has passed. */
  countySource: () => string;
  /** Local days since 1970-01-01. */
  dayOf: (atMs: number) => number;
  /** False while the time may be wrong; then nothing is deleted. */
  mayDelete: () => boolean;
  /** Keeps the last runs. */
  memory: { runs: () => Promise<JobRun[]>; noteRun: (run: JobRun) => Promise<void> };
  log: Log;
};

const BEAT_MS = 1000;
/** A failed run is tried again after this long. */
const RETRY_MS = 60_000;
/** A clock is steady when it has gone on from the same source for this long. */
const STEADY_MS = 600_000;
/**
 * The last run of a job that is due more often than this is not kept, because such a job is due at every start anyway.
 */
const KEPT_FROM_MS = 3_600_000;
const LONGEST_END_MS = 2000;

type State = { period: number | undefined; isRunning: boolean; retryAtMs: number; lastFault: string };

/**
 * Runs everything that the engine does daily, hourly or every few seconds. Each job runs once at a time, and none holds
 * up another.
 */
export class Jobs {
  readonly #options: JobsOptions;
  readonly #states = new Map<string, State>();
  readonly #running = new Set<Promise<void>>();
  #steadySince: { atMs: number; lastMs: number; source: string } | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(options: JobsOptions) {
    this.#options = options;
    for (const { name } of options.jobs)
      this.#states.set(name, {
        period: undefined,
        isRunning: false,
        retryAtMs: Number.NEGATIVE_INFINITY,
        lastFault: '',
      });
  }

  /** Reads the last runs and begins. Where they cannot be read, every job is due. */
  async start(): Promise<void> {
    const runs = await this.#options.memory.runs().catch(() => []);
    for (const { name, period } of runs) {
      const state = this.#states.get(name);
      if (state !== undefined) state.period = period;
    }
    this.#timer = setInterval(() => this.beat(), BEAT_MS);
  }

  /** Starts what is due. */
  beat(): void {
    const countyMs = this.#options.countyMs();
    const isSteady = this.#noteCounty(countyMs);
    for (const job of this.#options.jobs) {
      if (job.deletes === true && !(isSteady && this.#options.mayDelete())) continue;
      const atMs = job.clock === 'county' ? countyMs : this.#options.wallMs();
      const period = job.every === 'day' ? this.#options.dayOf(atMs) : Math.floor(atMs / job.every);
      this.#startIfDue(job, period, atMs);
    }
  }

  /**
   * Starts nothing more, and waits for the jobs that run. A job that takes longer ends when the files that it needs are
   * closed.
   */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#isStopped = true;
    const limit = Promise.withResolvers<undefined>();
    const timer = setTimeout(() => limit.resolve(undefined), LONGEST_END_MS);
    await Promise.race([this.settled(), limit.promise]);
    clearTimeout(timer);
  }

  /** Resolves when no job runs. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  /** Restarts the steady period when the clock went back or follows another source. */
  #noteCounty(nowMs: number): boolean {
    const source = this.#options.countySource();
    const since = this.#steadySince;
    if (since === undefined || since.source !== source || nowMs < since.lastMs)
      this.#steadySince = { atMs: nowMs, lastMs: nowMs, source };
    else since.lastMs = nowMs;
    return nowMs - (this.#steadySince?.atMs ?? nowMs) >= STEADY_MS;
  }

  #startIfDue(job: Job, period: number, atMs: number): void {
    const state = this.#states.get(job.name);
    if (state === undefined || state.isRunning || state.period === period) return;
    if (this.#options.monotonicMs() < state.retryAtMs) return;
    state.isRunning = true;
    const run = this.#run(job, state, period, atMs).finally(() => {
      state.isRunning = false;
      this.#running.delete(run);
    });
    this.#running.add(run);
  }

  async #run(job: Job, state: State, period: number, atMs: number): Promise<void> {
    try {
      await job.run();
      state.period = period;
      state.lastFault = '';
      if (job.every === 'day' || job.every >= KEPT_FROM_MS)
        await this.#options.memory.noteRun({ name: job.name, period, endedAtMs: atMs }).catch(() => undefined);
    } catch (error) {
      state.retryAtMs = this.#options.monotonicMs() + RETRY_MS;
      const fault = String(error);
      if (fault !== state.lastFault && !this.#isStopped)
        this.#options.log('error', `The job "${job.name}" failed: ${fault}`);
      state.lastFault = fault;
    }
  }
}
