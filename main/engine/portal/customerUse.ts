import { DAY_MS, HOUR_MS } from '../../../shared/base/durations.ts';
import type { LocalDays } from '../../../shared/base/localDays.ts';
import { qualityOfCode } from '../../../shared/base/quality.ts';
import type { Quantity } from '../../../shared/base/quantities.ts';
import type { Account } from '../../../shared/county/accounts.ts';
import type { Commodity, Meter } from '../../../shared/county/county.ts';
import type { CustomerAccount, CustomerMeter } from '../../../shared/public/publicContract.ts';
import { customerHours, steadyFlowM3 } from '../../../shared/utilities/customerHours.ts';
import type { CustomerHour, RegisterRead } from '../../../shared/utilities/customerHours.ts';
import type { History } from '../store/store.ts';

type Sources = {
  history: Pick<History, 'query'>;
  meterOf: (id: string) => Pick<Meter, 'commodity'> | undefined;
  days: LocalDays;
  nowMs: number;
};

const registers: Readonly<Record<Commodity, Quantity>> = { water: 'registerM3', electricity: 'registerKwh' };
/** More than the reads of a month at one per quarter of an hour. */
const MOST_READS = 5000;
/** Meters that are read once per day are behind by so much at most. */
const COMING_MS = 26 * HOUR_MS;

/** Without the last hours whose reads are still to come; an hour that misses them for longer is a gap. */
function withoutComing(hours: readonly CustomerHour[], nowMs: number): CustomerHour[] {
  const last = hours.findLastIndex(({ quality, startMs }) => quality !== 'missing' || startMs < nowMs - COMING_MS);
  return hours.slice(0, last + 1);
}

async function meterUse(
  id: string,
  commodity: Commodity,
  count: number,
  { history, days, nowMs }: Sources,
): Promise<CustomerMeter> {
  const fromMs = days.startMs(days.dayOf(nowMs) - count + 1);
  const { atMs, value, quality } = await history.query({
    deviceId: id,
    quantity: registers[commodity],
    // The read before the first hour is where it begins.
    fromMs: fromMs - DAY_MS,
    // A read of this moment ends the last hour.
    toMs: nowMs + 1,
    maxPoints: MOST_READS,
    asRate: false,
  });
  const reads = atMs.flatMap((at, index): RegisterRead[] => {
    const read = value[index];
    if (read === null || read === undefined) return [];
    return [{ atMs: at, value: read, quality: qualityOfCode(quality[index] ?? -1) }];
  });
  const hours = withoutComing(customerHours(reads, fromMs, nowMs), nowMs);
  const flowM3 = commodity === 'water' ? steadyFlowM3(hours) : undefined;
  return { id, commodity, ...(flowM3 !== undefined && { steadyFlowM3: flowM3 }), hours };
}

/** The use of accounts by hour, of the last `count` local days with today. */
export async function customerUse(
  accounts: readonly Account[],
  count: number,
  sources: Sources,
): Promise<{ accounts: CustomerAccount[] }> {
  const all: CustomerAccount[] = [];
  for (const { id, meters } of accounts) {
    const own: CustomerMeter[] = [];
    for (const meterId of meters) {
      const meter = sources.meterOf(meterId);
      if (meter !== undefined) own.push(await meterUse(meterId, meter.commodity, count, sources));
    }
    all.push({ id, meters: own });
  }
  return { accounts: all };
}
