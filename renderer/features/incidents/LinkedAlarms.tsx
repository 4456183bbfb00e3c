import type { ReactNode } from 'react';
import { useStream } from '../../client/hooks.ts';
import { PriorityMark } from '../../client/PriorityMark.tsx';
import { useShow } from '../../client/useShow.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './LinkedAlarms.module.css';

/** The alarms that belong to an incident; pressing one shows its place on the map. */
export function LinkedAlarms({ alarmIds }: { alarmIds: readonly string[] }): ReactNode {
  const alarms = useStream('alarms');
  const show = useShow();
  return (
    <ul className={styles['alarms']} aria-label="Alarms">
      {alarmIds.map((id) => {
        const alarm = alarms?.get(id);
        if (alarm === undefined)
          return (
            <li key={id} className={styles['over']}>
              An alarm that is over
            </li>
          );
        return (
          <li key={id}>
            <Button tone="quiet" onPress={() => show({ kind: 'alarm', id }, alarm)}>
              <PriorityMark priority={alarm.priority} isHollow={alarm.state !== 'active'} />
              {alarm.title}
            </Button>
          </li>
        );
      })}
    </ul>
  );
}
