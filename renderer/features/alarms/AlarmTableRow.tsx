import { ChevronDown, ChevronRight } from 'lucide-react';
import { memo } from 'react';
import type { ReactNode } from 'react';
import type { Alarm } from '../../../shared/alarms/alarm.ts';
import { isUnacknowledged } from '../../../shared/alarms/alarmStates.ts';
import { useNow } from '../../client/hooks.ts';
import { useLocalTime } from '../../client/useLocalTime.ts';
import { AlarmAge } from './AlarmAge.tsx';
import { AlarmMark } from './AlarmMark.tsx';
import { isUrgent } from './alarmOrder.ts';
import { alarmsOf, leadOf } from './alarmRows.ts';
import type { AlarmRow } from './alarmRows.ts';
import styles from './AlarmTable.module.css';
import { hiddenWords, respondWords, stateWords } from './alarmWords.ts';
import { useAlarmDomains } from './useAlarmDomains.ts';

type Props = {
  row: AlarmRow;
  isHiddenView: boolean;
  isSent: boolean;
  onExpand: (key: string, isExpanded: boolean) => void;
};

/** The cells of one line of the full list. */
export const AlarmTableRow = memo(function AlarmTableRow({ row, isHiddenView, isSent, onExpand }: Props): ReactNode {
  const alarm = leadOf(row);
  const isNew = !isSent && alarmsOf(row).some(isUnacknowledged);
  const { label, Icon } = useAlarmDomains().labelOf(alarm.domain);
  return (
    <div
      className={styles['cells']}
      role="presentation"
      data-new={isNew}
      data-urgent={isUrgent(alarm)}
      data-hidden-view={isHiddenView}
    >
      <span role="gridcell" className={styles['mark']}>
        <AlarmMark alarm={alarm} isNew={isNew} />
      </span>
      <span role="gridcell" className={styles['domain']} title={label}>
        <Icon size={14} aria-label={label} />
      </span>
      <span role="gridcell" className={styles['title']} title={alarm.title}>
        {row.kind === 'group' && <GroupToggle row={row} onExpand={onExpand} />}
        <span>{alarm.title}</span>
        {row.kind === 'group' && <b>and {row.members.length - 1} more of this cause</b>}
      </span>
      <span role="gridcell" className={styles['place']} title={alarm.place}>
        {alarm.place}
      </span>
      {isHiddenView ? <HiddenCells alarm={alarm} /> : <StandingCells alarm={alarm} isSent={isSent} />}
    </div>
  );
});

/** For the pointer only: on the keyboard the arrow keys do the same. */
function GroupToggle({ row, onExpand }: { row: AlarmRow & { kind: 'group' }; onExpand: Props['onExpand'] }): ReactNode {
  const Icon = row.isExpanded ? ChevronDown : ChevronRight;
  return (
    <button
      type="button"
      className={styles['toggle']}
      tabIndex={-1}
      aria-label={row.isExpanded ? 'Fold the group' : 'Unfold the group'}
      onClick={(event) => {
        event.stopPropagation();
        onExpand(row.key, !row.isExpanded);
      }}
    >
      <Icon size={14} aria-hidden />
    </button>
  );
}

function StandingCells({ alarm, isSent }: { alarm: Alarm; isSent: boolean }): ReactNode {
  const time = useLocalTime();
  return (
    <>
      <span role="gridcell" className={styles['state']} title={stateWords(alarm, isSent)}>
        {stateWords(alarm, isSent)}
      </span>
      <span role="gridcell" className={styles['number']}>
        <RespondCell alarm={alarm} />
      </span>
      <span role="gridcell" className={`${styles['number']} ${styles['raised']}`}>
        {time.clock(alarm.raisedAtMs)}
      </span>
      <span role="gridcell" className={styles['number']}>
        <AlarmAge raisedAtMs={alarm.raisedAtMs} />
      </span>
    </>
  );
}

function RespondCell({ alarm }: { alarm: Alarm }): ReactNode {
  const nowMs = useNow(1000);
  const words = nowMs === undefined ? undefined : respondWords(alarm, nowMs);
  return words === undefined ? null : <span data-over={words.isOver}>{words.text}</span>;
}

function HiddenCells({ alarm }: { alarm: Alarm }): ReactNode {
  const words = hiddenWords(alarm, useLocalTime());
  return (
    <>
      <span role="gridcell" className={styles['state']} title={words?.why}>
        {words?.why}
      </span>
      <span role="gridcell" title={words?.until}>
        {words?.until}
      </span>
      <span role="gridcell" className={styles['by']} title={words?.by}>
        {words?.by}
      </span>
    </>
  );
}
