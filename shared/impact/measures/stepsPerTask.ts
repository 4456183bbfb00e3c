import { percentile } from '../../base/statistics/percentile.ts';
import type { Measure } from '../measure.ts';

/** How much work a task of the room takes. */
export const stepsPerTask: Measure = {
  id: 'stepsPerTask',
  version: 1,
  name: 'Steps and minutes per task',
  formula: 'median number of entries in the log, and median minutes from the first to the last, by kind of task',
  unit: 'steps; min',
  window: 'month, by role and never by name',
  exclusions: ['entries that Beacon writes by itself', 'tasks that are still open'],
  leastShare: 0.9,
  better: 'lower',
  source: 'Beacon',
};

/** The medians over tasks, each given by the times of its entries; NaN of none. */
export function taskEffort(tasks: readonly (readonly number[])[]): { steps: number; minutes: number } {
  const minutes = tasks.map((times) => (Math.max(...times) - Math.min(...times)) / 60_000);
  return {
    steps: percentile(
      tasks.map((times) => times.length),
      0.5,
    ),
    minutes: percentile(minutes, 0.5),
  };
}
