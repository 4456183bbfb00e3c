import type { ReactNode } from 'react';
import { formatDistance } from '../../shared/base/display.ts';
import type { UnitProgress } from '../../shared/dispatch/arrival.ts';
import { formatAge, formatElapsed } from '../ui/formatTime.ts';
import styles from './ArrivalLine.module.css';
import { useNow } from './hooks.ts';
import { useDisplayUnits } from './useDisplayUnits.ts';
import { useLocalTime } from './useLocalTime.ts';

/** Units report every half minute at least; a position older than this is said to be so. */
const OLD_MS = 60_000;

/** When a unit that was sent arrives: the countdown, the time with its band, and how far it has to go. */
export function ArrivalLine({ progress }: { progress: UnitProgress | undefined }): ReactNode {
  const nowMs = useNow(1000) ?? 0;
  const time = useLocalTime();
  const units = useDisplayUnits();
  if (progress === undefined) return null;
  const { arrival, unknown, heardAtMs } = progress;
  if (arrival === undefined)
    return unknown === undefined ? null : <span className={styles['arrival']}>arrival not known: {unknown}</span>;
  const leftMs = arrival.atMs - nowMs;
  const ageMs = nowMs - (heardAtMs ?? nowMs);
  return (
    <span className={styles['arrival']} data-testid="arrival">
      <b role="timer">{leftMs >= 0 ? `in ${formatElapsed(leftMs)}` : `expected ${formatElapsed(-leftMs)} ago`}</b> at{' '}
      {time.short(arrival.atMs)} ({time.short(arrival.earliestMs)}–{time.short(arrival.latestMs)}),{' '}
      {formatDistance(arrival.distanceM, units)} to go
      {ageMs > OLD_MS && `, last heard ${formatAge(ageMs)} ago`}
    </span>
  );
}
