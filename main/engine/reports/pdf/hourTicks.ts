import type { ReportTime } from '../../../../shared/shifts/reportTime.ts';

const STEP_MS = 600_000;

/**
 * Where full hours stand on an axis of ten-minute steps from `fromMs` on; every second or third hour where they would
 * touch.
 */
export function hourTicks(
  fromMs: number,
  steps: number,
  time: ReportTime,
  most: number,
): { at: number; text: string }[] {
  const first = Math.floor(fromMs / STEP_MS) * STEP_MS;
  const hours = Array.from({ length: steps }, (_, at) => ({ at, text: time.clock(first + at * STEP_MS) })).filter(
    ({ text }) => text.endsWith(':00'),
  );
  const every = Math.max(1, Math.ceil(hours.length / most));
  return hours.filter(({ text }) => Number.parseInt(text, 10) % every === 0);
}
