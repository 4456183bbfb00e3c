import { useMemo, useState } from 'react';
import type { CSSProperties, KeyboardEvent, ReactNode } from 'react';
import { ListLayout, Tree, Virtualizer } from 'react-aria-components';
import type { Key } from 'react-aria-components';
import type { Alarm } from '../../../shared/alarms/alarm.ts';
import { useReadable, useSelection } from '../../live/hooks.ts';
import { useCommand } from '../../ui/useCommand.ts';
import { useShow } from '../../ui/useShow.ts';
import styles from './AlarmList.module.css';
import { AlarmGroupRow } from './AlarmRow.tsx';
import type { AlarmGroup } from './groupAlarms.ts';
import { isWaiting } from './groupAlarms.ts';

const ROW_HEIGHT_PX = 52;

type Props = { label: string; groups: AlarmGroup[]; onOpenIncident: (alarm: Alarm) => void };

/** Arrows move, Enter selects and flies there, A acknowledges, I opens an incident; right and left unfold and fold a group. */
export function AlarmList({ label, groups, onOpenIncident }: Props): ReactNode {
  const run = useCommand();
  const show = useShow();
  const selected = useReadable(useSelection().selected);
  const [expanded, setExpanded] = useState<ReadonlySet<Key>>(new Set());
  const byKey = useMemo(() => alarmsByKey(groups), [groups]);
  const acknowledge = (alarms: readonly Alarm[]): void => {
    const alarmIds = alarms.filter(isWaiting).map(({ id }) => id);
    for (let at = 0; at < alarmIds.length; at += 500) void run('alarm.acknowledge', { alarmIds: alarmIds.slice(at, at + 500) });
  };
  const onKeyDownCapture = (event: KeyboardEvent<HTMLDivElement>): void => {
    const alarms = byKey.get(focusedKey() ?? '');
    const lead = alarms?.[0];
    if (alarms === undefined || lead === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'a') acknowledge(alarms);
    else if (event.key === 'i') onOpenIncident(lead);
    else return;
    // The list would otherwise take the letter as the start of a name to jump to.
    event.preventDefault();
    event.stopPropagation();
  };
  const select = (key: string): void => {
    const lead = byKey.get(key)?.[0];
    if (lead !== undefined) show({ kind: 'alarm', id: lead.id }, lead);
  };

  return (
    <div className={styles['frame']} style={heightOf(rowCount(groups, expanded))} onKeyDownCapture={onKeyDownCapture}>
      <Virtualizer layout={ListLayout} layoutOptions={{ rowSize: ROW_HEIGHT_PX }}>
        <Tree aria-label={label} className={styles['list'] ?? ''} items={groups} onAction={(key) => select(String(key))} dependencies={[selected]} expandedKeys={expanded} onExpandedChange={setExpanded}>
          {(group) => <AlarmGroupRow id={group.key} group={group} selectedId={selected?.kind === 'alarm' ? selected.id : undefined} onAcknowledge={acknowledge} onOpenIncident={onOpenIncident} />}
        </Tree>
      </Virtualizer>
    </div>
  );
}

/** What a row stands for: a group for all its members, a member for itself. */
function alarmsByKey(groups: AlarmGroup[]): Map<string, readonly Alarm[]> {
  const byKey = new Map<string, readonly Alarm[]>();
  for (const { key, members } of groups) {
    byKey.set(key, members);
    for (const member of members) byKey.set(member.id, [member]);
  }
  return byKey;
}

const focusedKey = (): string | undefined => document.activeElement?.closest<HTMLElement>('[data-key]')?.dataset['key'];

/** As high as its rows, where the screen allows it: what is not needed belongs to the map. */
const heightOf = (rows: number): CSSProperties => ({ height: rows * ROW_HEIGHT_PX });

const rowCount = (groups: AlarmGroup[], expanded: ReadonlySet<Key>): number =>
  groups.reduce((sum, { key, members }) => sum + 1 + (members.length > 1 && expanded.has(key) ? members.length : 0), 0);
