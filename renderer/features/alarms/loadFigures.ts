import { alarmFigures } from '../../../shared/alarms/alarmFigures.ts';
import type { AlarmLoad } from '../../../shared/alarms/alarmLoad.ts';

/** A figure of the alarm load with its published target. */
export type LoadFigure = {
  id: string;
  label: string;
  text: string;
  target: string;
  isOver: boolean;
  definition: string;
};

const shown = [
  'last10Min',
  'lastHour',
  'lastDay',
  'maxIn10Min',
  'busyWindows',
  'floodShare',
  'standing',
  'stale',
  'chattering',
  'shelved',
] as const;

/** Formats a share as per cent; small shares get one more digit, so that they do not look like zero. */
export function percent(share: number): string {
  const value = share * 100;
  return `${value < 10 ? Math.round(value * 10) / 10 : Math.round(value)} %`;
}

export function loadFigures(load: AlarmLoad): LoadFigure[] {
  return shown.map((id) => {
    const info = alarmFigures[id];
    const limit = 'target' in info ? info.target : undefined;
    const words = (value: number): string => (info.unit === '1' ? percent(value) : value.toLocaleString('en'));
    // A share is over its target when it reaches it; a number only when it exceeds it.
    const isOver = limit !== undefined && (info.unit === '1' ? load[id] >= limit : load[id] > limit);
    return {
      id,
      label: info.label,
      text: words(load[id]),
      target:
        limit === undefined
          ? ''
          : info.unit === '1'
            ? `below ${words(limit)}`
            : limit === 0
              ? 'none'
              : `at most ${words(limit)}`,
      isOver,
      definition: info.definition,
    };
  });
}

/** The target distribution of priorities, lowest first. */
export const splitTargets = [
  { priority: 4, target: 0.8, text: 'about 80 %' },
  { priority: 3, target: 0.15, text: 'about 15 %' },
  { priority: 2, target: 0.05, text: 'about 5 %' },
  { priority: 1, target: 0.01, text: 'below 1 %' },
] as const;
