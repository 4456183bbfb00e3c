import type { LocalTime } from '../../ui/formatTime.ts';

const QUARTER_MS = 900_000;

export type HourTick = { atMs: number; label: string | undefined };

/**
 * The county's whole hours within the range, every third one with its label. They are searched in steps of a quarter
 * hour, because the offsets of some zones are no whole hours.
 */
export function hourTicks(fromMs: number, toMs: number, time: LocalTime): HourTick[] {
  const ticks: HourTick[] = [];
  for (let atMs = Math.ceil(fromMs / QUARTER_MS) * QUARTER_MS; atMs <= toMs; atMs += QUARTER_MS) {
    const [hour = '', minute] = time.short(atMs).split(':');
    if (minute === '00') ticks.push({ atMs, label: Number(hour) % 3 === 0 ? `${hour}:00` : undefined });
  }
  return ticks;
}

/**
 * Alarms raised per quarter of an hour; `share` is relative to the fullest quarter, but a few alarms never look like a
 * flood.
 */
export function alarmBins(atMs: readonly number[], fromMs: number): { atMs: number; count: number; share: number }[] {
  const counts = new Map<number, number>();
  for (const at of atMs)
    if (at >= fromMs) counts.set(Math.floor(at / QUARTER_MS), (counts.get(Math.floor(at / QUARTER_MS)) ?? 0) + 1);
  const most = Math.max(LEAST_FULL, ...counts.values());
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([quarter, count]) => ({ atMs: quarter * QUARTER_MS, count, share: count / most }));
}

const LEAST_FULL = 5;
export const BIN_MS = QUARTER_MS;
