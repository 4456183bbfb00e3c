const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const steps = [10 * MINUTE_MS, 30 * MINUTE_MS, HOUR_MS, 3 * HOUR_MS, 6 * HOUR_MS, 12 * HOUR_MS, DAY_MS];
/** A chart beside an alarm is about 300 px wide, and a date takes 60. */
const MOST_TICKS = 5;

type TimeTick = { atMs: number; isMidnight: boolean };

/**
 * Round local times within the range: whole hours of the county, not of the browser. Over a change of the clocks the
 * last offset holds.
 */
export function timeTicks(fromMs: number, toMs: number, timeZone: string): TimeTick[] {
  const offsetMs = zoneOffsetMs(timeZone, toMs);
  const stepMs = steps.find((step) => (toMs - fromMs) / step <= MOST_TICKS) ?? DAY_MS;
  const ticks: TimeTick[] = [];
  for (let localMs = Math.ceil((fromMs + offsetMs) / stepMs) * stepMs; localMs - offsetMs <= toMs; localMs += stepMs) {
    ticks.push({ atMs: localMs - offsetMs, isMidnight: localMs % DAY_MS === 0 });
  }
  return ticks;
}

/** What to add to UTC for local time. */
function zoneOffsetMs(timeZone: string, atMs: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(atMs);
  const read = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.find((part) => part.type === type)?.value);
  const localMs = Date.UTC(read('year'), read('month') - 1, read('day'), read('hour'), read('minute'), read('second'));
  return localMs - Math.floor(atMs / 1000) * 1000;
}
