import type { ReactNode } from 'react';
import { useAnswer } from '../../client/useAnswer.ts';
import { useLocalTime } from '../../client/useLocalTime.ts';
import { Blank } from '../../ui/Blank.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { AlarmMark } from './AlarmMark.tsx';
import styles from './SideLists.module.css';

const REFRESH_MS = 30_000;

/** Alarms that returned to normal and that nobody acknowledged for hours after it. */
export function LapsedList(): ReactNode {
  const answer = useAnswer('alarms.history', {}, REFRESH_MS);
  const time = useLocalTime();
  if (answer.state === 'loading') return <Skeleton rows={12} />;
  if (answer.state === 'failed') return <Blank title="The history cannot be read.">{answer.message}</Blank>;
  const { alarms } = answer.value;
  if (alarms.length === 0)
    return (
      <Blank title="Every alarm was acknowledged.">
        Alarms that returned to normal come here when nobody has acknowledged them for hours.
      </Blank>
    );
  return (
    <div className={styles['scroll']} data-testid="lapsed-alarms">
      <table className={styles['table']} aria-label="Alarms that nobody acknowledged">
        <thead>
          <tr>
            <th scope="col">Alarm</th>
            <th scope="col">Priority</th>
            <th scope="col">Place</th>
            <th scope="col">Cause</th>
            <th scope="col">Raised</th>
            <th scope="col">Back to normal</th>
          </tr>
        </thead>
        <tbody>
          {alarms.map((alarm) => (
            <tr key={alarm.id}>
              <td title={alarm.title}>{alarm.title}</td>
              <td>
                <AlarmMark alarm={alarm} isNew={false} />
              </td>
              <td title={alarm.place}>{alarm.place}</td>
              <td title={alarm.cause}>{alarm.cause}</td>
              <td>{time.dateTime(alarm.raisedAtMs)}</td>
              <td>{alarm.returnedAtMs === undefined ? '–' : time.dateTime(alarm.returnedAtMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
