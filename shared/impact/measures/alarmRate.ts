import type { Measure } from '../measure.ts';

/** How many alarms one position has to deal with. */
export const alarmRate: Measure = {
  id: 'alarmRate',
  version: 1,
  name: 'Alarm load',
  formula: 'alarms raised per position and 10 min; share of 10-minute spans above 10 (a flood)',
  unit: 'alarms/10 min',
  window: 'day, by position',
  exclusions: ['alarms for maintenance', 'alarms that were suppressed'],
  leastShare: 0.9,
  better: 'lower',
  source: 'ISA-18.2; EEMUA 191',
};

const SPAN_MS = 600_000;
const FLOOD = 10;

/** The mean per 10 minutes, and the share of these spans in a flood. */
export function alarmRateOf(
  raisedMs: readonly number[],
  fromMs: number,
  toMs: number,
): { mean: number; flood: number } {
  const spans = Math.ceil((toMs - fromMs) / SPAN_MS);
  const counts = new Map<number, number>();
  for (const atMs of raisedMs) {
    const span = Math.floor((atMs - fromMs) / SPAN_MS);
    if (span >= 0 && span < spans) counts.set(span, (counts.get(span) ?? 0) + 1);
  }
  const all = [...counts.values()];
  return {
    mean: all.reduce((sum, count) => sum + count, 0) / spans,
    flood: all.filter((count) => count > FLOOD).length / spans,
  };
}
