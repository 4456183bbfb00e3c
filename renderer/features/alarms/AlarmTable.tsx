import { useCallback } from 'react';
import type { ReactNode } from 'react';
import { AlarmList } from './AlarmList.tsx';
import { leadOf } from './alarmRows.ts';
import type { AlarmRow } from './alarmRows.ts';
import styles from './AlarmTable.module.css';
import { AlarmTableRow } from './AlarmTableRow.tsx';
import type { AlarmView } from './alarmViews.ts';
import { viewLabels } from './alarmWords.ts';
import type { Rows } from './listCursor.ts';
import type { AlarmCommands } from './useAlarmCommands.ts';
import type { CursorState } from './useListCursor.ts';
import type { ListActions } from './useListInput.ts';

const ROW_HEIGHT_PX = 28;

type Props = { view: AlarmView; rows: Rows; state: CursorState; commands: AlarmCommands; actions: ListActions };

/** The full list: one line per alarm, with its columns. */
export function AlarmTable({ view, rows, state, commands, actions }: Props): ReactNode {
  const isHiddenView = view !== 'current' && view !== 'maintenance';
  const { isSent } = commands;
  const { onExpand } = actions;
  const drawRow = useCallback(
    (row: AlarmRow) => (
      <AlarmTableRow row={row} isHiddenView={isHiddenView} isSent={isSent(leadOf(row))} onExpand={onExpand} />
    ),
    [isHiddenView, isSent, onExpand],
  );
  return (
    <div className={styles['table']}>
      <TableHead isHiddenView={isHiddenView} />
      <div className={styles['body']}>
        <AlarmList
          label={`Alarms: ${viewLabels[view].label.toLowerCase()}`}
          rows={rows}
          state={state}
          rowHeightPx={ROW_HEIGHT_PX}
          drawRow={drawRow}
          actions={actions}
          describedBy="alarm-keys"
        />
      </div>
    </div>
  );
}

/** Only sighted people need this head: each cell says to screen readers what it is. */
function TableHead({ isHiddenView }: { isHiddenView: boolean }): ReactNode {
  return (
    <div className={styles['head']} data-hidden-view={isHiddenView} aria-hidden>
      <span />
      <span />
      <span>Alarm</span>
      <span className={styles['place']}>Place</span>
      {isHiddenView ? (
        <>
          <span className={styles['state']}>Reason</span>
          <span>Until</span>
          <span className={styles['by']}>By</span>
        </>
      ) : (
        <>
          <span className={styles['state']}>State</span>
          <span className={styles['number']}>Respond</span>
          <span className={`${styles['number']} ${styles['raised']}`}>Raised</span>
          <span className={styles['number']}>Age</span>
        </>
      )}
    </div>
  );
}
