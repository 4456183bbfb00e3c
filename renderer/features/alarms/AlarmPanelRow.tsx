import { Check, ChevronRight, Siren, TimerOff } from 'lucide-react';
import { memo } from 'react';
import type { ReactNode } from 'react';
import type { Alarm } from '../../../shared/alarms/alarm.ts';
import { isUnacknowledged } from '../../../shared/alarms/alarmStates.ts';
import { CommandIconButton } from '../../client/CommandIconButton.tsx';
import { AlarmAge } from './AlarmAge.tsx';
import { AlarmMark } from './AlarmMark.tsx';
import styles from './AlarmPanelRow.module.css';
import { isUrgent } from './alarmOrder.ts';
import { alarmsOf, leadOf, placeLine } from './alarmRows.ts';
import type { AlarmRow } from './alarmRows.ts';
import { stateWords } from './alarmWords.ts';

type Actions = {
  onAcknowledge: (alarms: readonly Alarm[]) => void;
  onShelve: (alarms: readonly Alarm[]) => void;
  onOpenIncident: (alarms: readonly Alarm[]) => void;
  onExpand: (key: string, isExpanded: boolean) => void;
};
type Props = Actions & { row: AlarmRow; isCursor: boolean; isShown: boolean; isSent: boolean };

/** One alarm on two lines, or a group seen as its most urgent member. */
export const AlarmPanelRow = memo(function AlarmPanelRow({
  row,
  isCursor,
  isShown,
  isSent,
  ...actions
}: Props): ReactNode {
  const [alarm, alarms] = [leadOf(row), alarmsOf(row)];
  const waiting = isSent ? [] : alarms.filter(isUnacknowledged);
  const place = placeLine(alarms, alarm);
  const words = stateWords(alarm, isSent);
  return (
    <div
      className={styles['row']}
      role="gridcell"
      data-state={alarm.state}
      data-new={waiting.length > 0}
      data-urgent={isUrgent(alarm)}
      data-shown={isShown}
      data-member={row.kind === 'alarm' && row.group !== undefined}
    >
      <AlarmMark alarm={alarm} isNew={waiting.length > 0} />
      <div className={styles['words']}>
        <p className={styles['title']} data-two-lines={place === ''}>
          <span title={alarm.title}>{alarm.title}</span>
          {row.kind === 'group' && <GroupToggle row={row} onExpand={actions.onExpand} />}
        </p>
        <p className={styles['place']}>
          {place !== '' && <span title={place}>{place}</span>}
          {words !== '' && <span className={styles['owner']}>{words}</span>}
        </p>
      </div>
      <div className={styles['end']}>
        <span className={styles['age']}>
          <AlarmAge raisedAtMs={alarm.raisedAtMs} />
        </span>
        <RowActions alarms={alarms} waiting={waiting} isCursor={isCursor} {...actions} />
      </div>
    </div>
  );
});

/** Buttons that replace the age while the row is pointed at or focused; Tab reaches only those of the cursor's row. */
function RowActions({
  alarms,
  waiting,
  isCursor,
  onAcknowledge,
  onShelve,
  onOpenIncident,
}: Actions & { alarms: readonly Alarm[]; waiting: readonly Alarm[]; isCursor: boolean }): ReactNode {
  return (
    <div className={styles['actions']}>
      {waiting.length > 0 && (
        <CommandIconButton
          command="alarm.acknowledge"
          label={waiting.length > 1 ? `Acknowledge ${waiting.length}` : 'Acknowledge'}
          shortcut="A"
          excludeFromTabOrder={!isCursor}
          onPress={() => onAcknowledge(waiting)}
        >
          <Check size={16} />
        </CommandIconButton>
      )}
      <CommandIconButton
        command="alarm.shelve"
        label={alarms.length > 1 ? `Shelve ${alarms.length}` : 'Shelve'}
        shortcut="S"
        excludeFromTabOrder={!isCursor}
        onPress={() => onShelve(alarms)}
      >
        <TimerOff size={16} />
      </CommandIconButton>
      {alarms.some(({ incidentId }) => incidentId === undefined) && (
        <CommandIconButton
          command="incident.open"
          label="Open incident"
          shortcut="I"
          excludeFromTabOrder={!isCursor}
          onPress={() => onOpenIncident(alarms)}
        >
          <Siren size={16} />
        </CommandIconButton>
      )}
    </div>
  );
}

/** For the pointer only: on the keyboard the arrow keys do the same. */
function GroupToggle({
  row,
  onExpand,
}: {
  row: AlarmRow & { kind: 'group' };
  onExpand: Actions['onExpand'];
}): ReactNode {
  return (
    <button
      type="button"
      className={styles['count']}
      data-expanded={row.isExpanded}
      tabIndex={-1}
      aria-label={
        row.isExpanded ? `Fold the group of ${row.members.length}` : `Unfold the group of ${row.members.length}`
      }
      onClick={(event) => {
        event.stopPropagation();
        onExpand(row.key, !row.isExpanded);
      }}
    >
      {row.members.length}
      <ChevronRight size={12} aria-hidden />
    </button>
  );
}
