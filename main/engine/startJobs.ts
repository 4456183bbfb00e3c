import type { CountyMs } from '../../shared/base/clock.ts';
import { monotonicMs, wallMs } from './base/EngineClock.ts';
import { createLocalTime } from '../../shared/base/localTime.ts';
import type { Log } from './base/engine.ts';
import type { EngineClock } from './base/EngineClock.ts';
import { Jobs } from './base/Jobs.ts';
import type { Job } from './base/Jobs.ts';
import type { Notices } from './health/Notices.ts';
import type { ClockWatch } from './health/ClockWatch.ts';
import type { TimetableWatch } from './registry/gtfs/TimetableWatch.ts';
import type { Pipeline } from './ingest/Pipeline.ts';
import type { ScheduledBackups } from './maintenance/ScheduledBackups.ts';
import type { Billing } from './billing/openBilling.ts';
import type { HourlyValues } from './ledger/HourlyValues.ts';
import type { RunLedger } from './ledger/RunLedger.ts';
import { openToOthers } from './store/ownOnly.ts';
import type { Stores } from './openStores.ts';
import type { PeopleService } from './people/PeopleService.ts';
import type { StandingFacts } from './replay/StandingFacts.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const YEAR_MS = 365.25 * 24 * HOUR_MS;
const TEND_EVERY_MS = 5000;
const END_IDLE_EVERY_MS = 10_000;
const SAVE_STANDING_EVERY_MS = 5000;
/** A new timetable is in use within two looks. */
const TIMETABLE_EVERY_MS = 15_000;
const DEFAULT_LEDGER_YEARS = 10;
/** Two years and two months: a bill of two years ago can be computed again. */
const METER_DAYS_KEPT_MS = 2.2 * YEAR_MS;

type JobSources = {
  dataDir: string;
  notices: Pick<Notices, 'add'>;
  people: Pick<PeopleService, 'tend'>;
  backups: Pick<ScheduledBackups, 'tend'>;
  stores: Stores;
  pipeline: Pipeline;
  hourly: HourlyValues;
  billing: Billing;
  runLedger: RunLedger;
  standing: Pick<StandingFacts, 'save'>;
  clock: EngineClock;
  clockWatch: ClockWatch;
  timetable: Pick<TimetableWatch, 'look'>;
  timeZone: string;
  ledgerYears: number | undefined;
  log: Log;
};

/**
 * The jobs that the engine does by itself. In an accelerated county the data of a day come in minutes, and its jobs are
 * due at the same pace.
 */
function jobsOf({
  people,
  stores,
  pipeline,
  hourly,
  billing,
  runLedger,
  backups,
  standing,
  clock,
  timetable,
  ledgerYears = DEFAULT_LEDGER_YEARS,
}: JobSources): Job[] {
  const { telemetry, ledger } = stores;
  const nowMs = (): CountyMs => clock.nowMs();
  return [
    { name: 'seal samples', clock: 'wall', every: TEND_EVERY_MS, run: () => telemetry.tend(nowMs()) },
    { name: 'keep standing facts', clock: 'wall', every: SAVE_STANDING_EVERY_MS, run: () => standing.save() },
    { name: 'look for a new timetable', clock: 'wall', every: TIMETABLE_EVERY_MS, run: () => timetable.look() },
    { name: 'end idle sessions', clock: 'wall', every: END_IDLE_EVERY_MS, run: () => people.tend() },
    {
      name: 'delete old telemetry',
      clock: 'county',
      every: 10 * MINUTE_MS,
      deletes: true,
      run: () => telemetry.sweep(nowMs()),
    },
    {
      name: 'delete series without samples',
      clock: 'county',
      every: HOUR_MS,
      deletes: true,
      run: () => pipeline.removeIdleSeries(telemetry, nowMs()),
    },
    { name: 'back up', clock: 'wall', every: HOUR_MS, run: () => backups.tend() },
    { name: 'hourly figures', clock: 'county', every: 10 * MINUTE_MS, run: () => hourly.writeFigures() },
    { name: 'hourly values', clock: 'county', every: HOUR_MS, run: () => hourly.writeSums() },
    { name: 'daily use of meters', clock: 'county', every: 'day', run: () => writeMeterDays(billing) },
    {
      name: 'delete old daily use of meters',
      clock: 'county',
      every: 'day',
      deletes: true,
      run: () => ledger.sweepMeterDays(nowMs() - METER_DAYS_KEPT_MS),
    },
    { name: 'measured runs', clock: 'county', every: 5 * MINUTE_MS, run: () => runLedger.write() },
    { name: 'delete old runs', clock: 'county', every: 'day', deletes: true, run: () => runLedger.sweep(nowMs()) },
    {
      name: 'delete old ledger',
      clock: 'county',
      every: 'day',
      deletes: true,
      run: () => ledger.sweep(nowMs() - ledgerYears * YEAR_MS),
    },
  ];
}

async function writeMeterDays({ meterDays, bills }: Billing): Promise<void> {
  await meterDays.write();
  bills.forget();
}

/** A job that names what others can read in the data folder, each thing once. */
function watchRights({ dataDir, notices }: JobSources): Job {
  const named = new Set<string>();
  const run = (): Promise<void> => {
    for (const text of openToOthers(dataDir)) {
      if (!named.has(text)) notices.add({ level: 'warning', text });
      named.add(text);
    }
    return Promise.resolve();
  };
  return { name: 'check the rights of the data folder', clock: 'wall', every: 10 * MINUTE_MS, run };
}

/** Starts the jobs; the returned function ends them and writes what is in hand. */
export async function startJobs(sources: JobSources): Promise<() => Promise<void>> {
  const { stores, hourly, billing, runLedger, clock, clockWatch, timeZone, log } = sources;
  const jobs = new Jobs({
    jobs: [...jobsOf(sources), watchRights(sources)],
    countyMs: () => clock.nowMs(),
    wallMs,
    monotonicMs,
    countySource: () => clock.source,
    dayOf: createLocalTime(timeZone).dayNumber,
    mayDelete: () => clockWatch.mayDelete(performance.now()),
    memory: stores.ledger,
    log,
  });
  await jobs.start();
  return async () => {
    hourly.stop();
    billing.meterDays.stop();
    await jobs.stop();
    await hourly.writeFigures().catch(() => undefined);
    await runLedger.write().catch(() => undefined);
  };
}
