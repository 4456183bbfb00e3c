import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { isUnacknowledged } from '../../../shared/alarms/alarmStates.ts';
import { useStream } from '../../client/hooks.ts';
import { useFittingRows } from '../../ui/useFittingRows.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { AlarmAge } from './AlarmAge.tsx';
import styles from './AlarmBoard.module.css';
import { AlarmMark } from './AlarmMark.tsx';
import { compareAlarms, isUrgent } from './alarmOrder.ts';
import { alarmRows, alarmsOf, leadOf, placeLine } from './alarmRows.ts';
import type { AlarmRow } from './alarmRows.ts';
import { NoAlarms } from './NoAlarms.tsx';
import { noFilter, pickAlarms } from './alarmViews.ts';

const always = (): boolean => true;
const none: ReadonlySet<string> = new Set();

/** The alarms on the wall display: grouped by cause, most urgent first, as many as fit, with nothing to press. */
export function AlarmBoard({ rows: most }: { rows: number }): ReactNode {
  const alarms = useStream('alarms');
  const { list, rows } = useFittingRows<HTMLUListElement>(most);
  const lines = useMemo(
    () =>
      alarmRows(pickAlarms(alarms?.values() ?? [], 'current', noFilter, none).alarms.sort(compareAlarms), always, none),
    [alarms],
  );
  if (alarms === undefined) return <Skeleton rows={most} height={96} />;
  if (lines.length === 0) return <NoAlarms title="No alarms." />;
  const beyond = lines.slice(rows);
  const urgent = beyond.filter((row) => isUrgent(leadOf(row))).length;
  return (
    <>
      <ul className={styles['board']} ref={list}>
        {lines.slice(0, rows).map((row) => (
          <BoardRow key={row.key} row={row} />
        ))}
      </ul>
      {beyond.length > 0 && (
        <p className={styles['more']}>
          and {beyond.length} more{urgent > 0 && <b>, {urgent} of them of priority 1 or 2</b>}
        </p>
      )}
    </>
  );
}

function BoardRow({ row }: { row: AlarmRow }): ReactNode {
  const [lead, members] = [leadOf(row), alarmsOf(row)];
  const isNew = members.some(isUnacknowledged);
  const place = placeLine(members, lead);
  return (
    <li className={styles['row']} data-new={isNew} data-urgent={isUrgent(lead)} data-testid="alarm-row">
      <AlarmMark alarm={lead} isNew={isNew} />
      <div>
        <p className={styles['title']}>{lead.title}</p>
        {place !== '' && (
          <p className={styles['place']} title={place}>
            {place}
          </p>
        )}
      </div>
      <span className={styles['age']}>
        <AlarmAge raisedAtMs={lead.raisedAtMs} />
        {members.length > 1 && <b>× {members.length}</b>}
      </span>
    </li>
  );
}
