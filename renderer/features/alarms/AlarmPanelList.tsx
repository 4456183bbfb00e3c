import { useCallback, useMemo, useState } from 'react';
import type { CSSProperties, ReactNode } from 'react';
import type { Alarm } from '../../../shared/alarms/alarm.ts';
import { useSelection } from '../../client/hooks.ts';
import { useGuard } from '../../client/useMay.ts';
import { useShow } from '../../client/useShow.ts';
import { useReadable } from '../../ui/useReadable.ts';
import { AlarmList } from './AlarmList.tsx';
import styles from './AlarmPanel.module.css';
import { AlarmPanelRow } from './AlarmPanelRow.tsx';
import { alarmRows, alarmsOf, leadOf } from './alarmRows.ts';
import type { AlarmRow } from './alarmRows.ts';
import { placed } from './listCursor.ts';
import { ShelveDialog } from './ShelveDialog.tsx';
import { useAlarmCommands } from './useAlarmCommands.ts';
import { useExpanded } from './useExpanded.ts';
import { useListCursor } from './useListCursor.ts';

const ROW_HEIGHT_PX = 52;

type Props = {
  label: string;
  ordered: readonly Alarm[];
  isGrouped: (alarm: Alarm) => boolean;
  onOpenIncident: (alarms: readonly Alarm[]) => void;
};

/** The list as it fits into a column at the edge of the map. */
export function AlarmPanelList({ label, ordered, isGrouped, onOpenIncident }: Props): ReactNode {
  const { acknowledge, isSent } = useAlarmCommands();
  const show = useShow();
  const selected = useReadable(useSelection().selected);
  const { expanded, onExpand } = useExpanded();
  const [shelving, setShelving] = useState<readonly Alarm[]>();
  const guard = useGuard();
  const shelve = useCallback((alarms: readonly Alarm[]) => guard('alarm.shelve') && setShelving(alarms), [guard]);
  const rows = useMemo(() => placed(alarmRows(ordered, isGrouped, expanded)), [ordered, isGrouped, expanded]);
  const state = useListCursor(rows);
  const shownId = selected?.kind === 'alarm' ? selected.id : undefined;
  const drawRow = useCallback(
    (row: AlarmRow, isCursor: boolean) => (
      <AlarmPanelRow
        row={row}
        isCursor={isCursor}
        isShown={shownId !== undefined && alarmsOf(row).some(({ id }) => id === shownId)}
        isSent={isSent(leadOf(row))}
        onAcknowledge={acknowledge}
        onShelve={shelve}
        onOpenIncident={onOpenIncident}
        onExpand={onExpand}
      />
    ),
    [shownId, isSent, acknowledge, shelve, onOpenIncident, onExpand],
  );
  return (
    <div className={styles['frame']} style={heightOf(rows.list.length)}>
      <AlarmList
        label={label}
        rows={rows}
        state={state}
        rowHeightPx={ROW_HEIGHT_PX}
        drawRow={drawRow}
        actions={{
          onExpand,
          onAcknowledge: acknowledge,
          onShelve: shelve,
          onOpenIncident,
          onShow: (alarm) => show({ kind: 'alarm', id: alarm.id }, alarm),
        }}
        isShownByClick
      />
      {shelving !== undefined && shelving.length > 0 && (
        <ShelveDialog alarms={shelving} onClose={() => setShelving(undefined)} />
      )}
    </div>
  );
}

/** The list is as high as its rows where the screen allows it; the rest of the height belongs to the map. */
const heightOf = (rows: number): CSSProperties => ({ height: rows * ROW_HEIGHT_PX });
