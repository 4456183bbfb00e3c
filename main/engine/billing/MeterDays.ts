import { createLocalDays } from '../../../shared/base/localDays.ts';
import type { LocalDays } from '../../../shared/base/localDays.ts';
import { createLocalTime, weekdayOf } from '../../../shared/base/localTime.ts';
import type { LocalTime } from '../../../shared/base/localTime.ts';
import { HOUR_MS } from '../../../shared/base/durations.ts';
import { qualityOfCode } from '../../../shared/base/quality.ts';
import type { Quantity } from '../../../shared/base/quantities.ts';
import { tariffOf } from '../../../shared/county/accounts.ts';
import type { TariffWindow } from '../../../shared/county/accounts.ts';
import type { County, Meter } from '../../../shared/county/county.ts';
import { mostPerHourOf } from '../../../shared/utilities/mostPerHourOf.ts';
import type { Ledger } from '../store/ledger/ledger.ts';
import type { DaysOfMeter } from '../store/ledger/meterDays.ts';
import type { History } from '../store/store.ts';
import { hoursOfUse, meterDay } from './meterDay.ts';
import type { BilledRead } from './meterDay.ts';

type MeterDaysOptions = {
  county: Pick<County, 'meters' | 'tariffs' | 'accounts' | 'profile'>;
  history: Pick<History, 'steps'>;
  ledger: Pick<Ledger, 'putMeterDays'>;
  /** The number of a series, where it has any values. */
  seriesOf: (deviceId: string, quantity: Quantity) => number | undefined;
  nowMs: () => number;
};

/** Late reads change the days of this long; then a day is final. */
const FINAL_AFTER_DAYS = 8;
/** Long gaps are filled by as many days before. */
const LIKE_DAYS = 7;
const METERS_AT_ONCE = 128;
const HOURS = 24;
const SOLID_MS = 1.6 * HOUR_MS;

const registerOf = { electricity: 'registerKwh', water: 'registerM3' } as const satisfies Record<string, Quantity>;

/**
 * Makes the determinants of bills: the use of each meter and day, from the reads on which the verdict was made. They
 * are made again each day until they are final, so that late reads take the place of estimates.
 */
export class MeterDays {
  readonly #options: MeterDaysOptions;
  readonly #days: LocalDays;
  readonly #time: LocalTime;
  readonly #windows = new Map<string, readonly TariffWindow[]>();
  #isStopped = false;

  constructor(options: MeterDaysOptions) {
    this.#options = options;
    const { profile, tariffs, accounts = [], meters } = options.county;
    this.#days = createLocalDays(profile.timeZone);
    this.#time = createLocalTime(profile.timeZone);
    const classOf = new Map(accounts.flatMap((account) => account.meters.map((id) => [id, account.customerClass])));
    if (tariffs === undefined) return;
    for (const { id, commodity, customerClass } of meters) {
      const tariff = tariffOf(tariffs, commodity, classOf.get(id) ?? customerClass);
      if (tariff?.windows !== undefined) this.#windows.set(id, tariff.windows);
    }
  }

  /** Writes the days that are not final yet; none where the county bills nobody. Rejects with a StoreError. */
  async write(): Promise<void> {
    const { county, ledger } = this.#options;
    if (county.tariffs === undefined || county.accounts === undefined) return;
    for (let at = 0; at < county.meters.length && !this.#isStopped; at += METERS_AT_ONCE) {
      const made = await this.#make(county.meters.slice(at, at + METERS_AT_ONCE));
      if (made.length > 0) await ledger.putMeterDays(made);
    }
  }

  /** Ends a run between two steps. */
  stop(): void {
    this.#isStopped = true;
  }

  async #make(meters: readonly Meter[]): Promise<DaysOfMeter[]> {
    const { history, seriesOf, nowMs } = this.#options;
    const bySeries = new Map(
      meters.flatMap((meter): [number, Meter][] => {
        const id = seriesOf(meter.id, registerOf[meter.commodity]);
        return id === undefined ? [] : [[id, meter]];
      }),
    );
    if (bySeries.size === 0) return [];
    const today = this.#days.dayOf(nowMs());
    const fromMs = this.#days.startMs(today - FINAL_AFTER_DAYS - LIKE_DAYS);
    const columns = await history.steps([...bySeries.keys()], fromMs, nowMs(), HOUR_MS);
    const reads = new Map<number, BilledRead[]>();
    for (let row = 0; row < columns.count; row++) {
      if (qualityOfCode(columns.quality[row] ?? 0) !== 'good') continue;
      const [series, atMs, value] = [columns.seriesId[row] ?? 0, columns.atMs[row] ?? 0, columns.value[row] ?? 0];
      const list = reads.get(series) ?? [];
      list.push({ atMs, value, quality: 'good' });
      reads.set(series, list);
    }
    const made: DaysOfMeter[] = [];
    for (const [series, meter] of bySeries) {
      made.push(this.#daysOf(meter, withEnds(reads.get(series) ?? [], this.#mostPerHour(meter), meter), today));
      await new Promise((resolve) => setImmediate(resolve));
    }
    return made;
  }

  #mostPerHour(meter: Meter): number {
    return mostPerHourOf(meter, this.#options.county.profile.nominalVoltageV);
  }

  #daysOf(meter: Meter, reads: readonly BilledRead[], today: number): DaysOfMeter {
    const firstMs = reads[0]?.atMs ?? Number.POSITIVE_INFINITY;
    const usual = this.#usualOf(reads);
    const days = [];
    for (let day = today - FINAL_AFTER_DAYS; day < today; day++) {
      const [startMs, endMs] = [this.#days.startMs(day), this.#days.startMs(day + 1)];
      // Before its first read nothing is known of a meter, not even that it was there.
      if (endMs <= firstMs) continue;
      const starts = [];
      for (let atMs = startMs; atMs < endMs; atMs += HOUR_MS) starts.push(atMs);
      const near = between(reads, startMs, endMs);
      const hours = hoursOfUse(near, [...starts, endMs], usual);
      const windows = this.#windows.get(meter.id) ?? [];
      days.push(meterDay(day, hours, windows, (atMs) => this.#time.secondOfDay(atMs) / 60));
    }
    return { meterId: meter.id, days };
  }

  /** What the meter used in each hour of workdays and weekends, by reads without a gap. */
  #usualOf(reads: readonly BilledRead[]): (startMs: number) => number {
    let means: Float64Array | undefined;
    const placeOf = (atMs: number): number => {
      const weekday = weekdayOf(this.#time.dayNumber(atMs));
      const hour = Math.floor(this.#time.secondOfDay(atMs) / 3600);
      return (weekday === 0 || weekday === 6 ? HOURS : 0) + hour;
    };
    const learn = (): Float64Array => {
      const [used, times] = [new Float64Array(2 * HOURS), new Float64Array(2 * HOURS)];
      for (const [at, to] of reads.entries()) {
        const from = reads[at - 1];
        if (from?.quality !== 'good' || to.quality !== 'good' || to.atMs - from.atMs > SOLID_MS) continue;
        const place = placeOf((from.atMs + to.atMs) / 2);
        used[place] = (used[place] ?? 0) + to.value - from.value;
        times[place] = (times[place] ?? 0) + to.atMs - from.atMs;
      }
      return used.map((use, place) => (times[place] === 0 ? 0 : (use * HOUR_MS) / (times[place] ?? 1)));
    };
    return (startMs) => (means ??= learn())[placeOf(startMs)] ?? 0;
  }
}

/** Reads around a span: those within it, and the two on each side of it that show the meter's rhythm. */
function between(reads: readonly BilledRead[], startMs: number, endMs: number): readonly BilledRead[] {
  const first = reads.findIndex(({ atMs }) => atMs > startMs);
  if (first < 0) return [];
  const end = reads.findIndex(({ atMs }) => atMs >= endMs);
  return reads.slice(Math.max(0, first - 3), end < 0 ? reads.length : end + 2);
}

/**
 * Marks where a register ends: between two reads that no meter of this kind can have made, since it was exchanged. Its
 * use around the exchange is then missing, and not invented.
 */
function withEnds(reads: readonly BilledRead[], mostPerHour: number, { commodity }: Meter): BilledRead[] {
  return reads.flatMap((read, at): BilledRead[] => {
    const before = reads[at - 1];
    if (before === undefined) return [read];
    const most = mostPerHour * Math.max(1, (read.atMs - before.atMs) / HOUR_MS);
    const used = read.value - before.value;
    const isOne = used <= most && used >= (commodity === 'electricity' ? -most : -1);
    return isOne ? [read] : [{ atMs: read.atMs - 1, value: Number.NaN, quality: 'ends' }, read];
  });
}
