import { Waves } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStream } from '../../client/hooks.ts';
import { useLocalTime } from '../../client/useLocalTime.ts';
import styles from './FloodNote.module.css';

/**
 * Says that alarms come faster than one person can handle, where they do, and what the list does about it. Absent when
 * there is no flood.
 */
export function FloodNote({ isGrouped }: { isGrouped: boolean }): ReactNode {
  const loads = useStream('alarmLoad') ?? [];
  const positions = useStream('positions') ?? [];
  const time = useLocalTime();
  const floods = loads.filter(({ isFlood }) => isFlood);
  if (floods.length === 0) return null;
  const nameOf = (id: string): string => positions.find((position) => position.id === id)?.name ?? id;
  return (
    <p className={styles['note']} role="status" data-testid="flood-note">
      <Waves size={16} aria-hidden />
      <span>
        <b>Alarm flood</b>{' '}
        {floods
          .map(
            ({ positionId, floodSinceMs, last10Min }) =>
              `${nameOf(positionId)}: ${last10Min} in 10 min${floodSinceMs === undefined ? '' : `, since ${time.short(floodSinceMs)}`}`,
          )
          .join('; ')}
        .{isGrouped && ' Grouped by cause; every alarm of priority 1 and 2 keeps its own line.'}
      </span>
    </p>
  );
}
