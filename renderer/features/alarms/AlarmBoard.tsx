import type { ReactNode } from 'react';
import { useNow, useStream } from '../../live/hooks.ts';
import { Blank } from '../../ui/Blank.tsx';
import { formatAge } from '../../ui/formatTime.ts';
import { PriorityMark } from '../../ui/PriorityMark.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import styles from './AlarmBoard.module.css';
import type { AlarmGroup } from './groupAlarms.ts';
import { groupAlarms, isWaiting, placeLine } from './groupAlarms.ts';

/** The alarms for the wall: grouped, most urgent first, as many as fit, nothing to press. */
export function AlarmBoard({ rows }: { rows: number }): ReactNode {
  const alarms = useStream('alarms');
  if (alarms === undefined) return <Skeleton rows={rows} height={96} />;
  const { operational } = groupAlarms(alarms.values(), 'all', true);
  if (operational.length === 0) return <Blank title="No alarms." />;
  const hidden = operational.length - rows;
  return (
    <>
      <ul className={styles['board']}>
        {operational.slice(0, rows).map((group) => (
          <BoardRow key={group.key} group={group} />
        ))}
      </ul>
      {hidden > 0 && <p className={styles['more']}>and {hidden} more</p>}
    </>
  );
}

function BoardRow({ group: { lead, members } }: { group: AlarmGroup }): ReactNode {
  const nowMs = useNow(1000);
  const isNew = members.some(isWaiting);
  const place = placeLine(members, lead);
  return (
    <li className={styles['row']} data-new={isNew} data-testid="alarm-row">
      <PriorityMark priority={lead.priority} isHollow={!isNew} isPulsing={isNew && lead.priority <= 2 && lead.state === 'active'} />
      <div>
        <p className={styles['title']} data-two-lines={place === ''}>
          {lead.title}
        </p>
        {place !== '' && <p className={styles['place']}>{place}</p>}
      </div>
      <span className={styles['age']}>
        {nowMs === undefined ? '–' : formatAge(nowMs - lead.raisedAtMs)}
        {members.length > 1 && <b>× {members.length}</b>}
      </span>
    </li>
  );
}
