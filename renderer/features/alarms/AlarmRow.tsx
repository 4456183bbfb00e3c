import { Check, ChevronRight, Siren } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, Collection, TreeItem, TreeItemContent } from 'react-aria-components';
import type { Alarm } from '../../../shared/alarms/alarm.ts';
import { useNow } from '../../live/hooks.ts';
import { CommandZone } from '../../ui/CommandZone.tsx';
import { formatAge } from '../../ui/formatTime.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { PriorityMark } from '../../ui/PriorityMark.tsx';
import styles from './AlarmRow.module.css';
import type { AlarmGroup } from './groupAlarms.ts';
import { isWaiting, placeLine } from './groupAlarms.ts';

type Actions = { onAcknowledge: (alarms: readonly Alarm[]) => void; onOpenIncident: (alarm: Alarm) => void };
type GroupProps = Actions & { id: string; group: AlarmGroup; selectedId: string | undefined };

/** A group's row with its members beneath; a group of one is simply that alarm. */
export function AlarmGroupRow({ id, group, selectedId, ...actions }: GroupProps): ReactNode {
  const { lead, members } = group;
  const isAlone = members.length === 1;
  return (
    <TreeItem id={id} textValue={lead.title} className={styles['item'] ?? ''} data-testid="alarm-row" data-selected-alarm={members.some((member) => member.id === selectedId)}>
      <TreeItemContent>
        <AlarmCells alarm={lead} alarms={members} {...actions} />
      </TreeItemContent>
      {!isAlone && (
        <Collection items={members} dependencies={[selectedId]}>
          {(member) => (
            <TreeItem id={member.id} textValue={member.title} className={styles['item'] ?? ''} data-testid="alarm-row" data-member data-selected-alarm={member.id === selectedId}>
              <TreeItemContent>
                <AlarmCells alarm={member} alarms={[member]} {...actions} />
              </TreeItemContent>
            </TreeItem>
          )}
        </Collection>
      )}
    </TreeItem>
  );
}

/** One alarm, or a group seen as its most urgent member. */
function AlarmCells({ alarm, alarms, onAcknowledge, onOpenIncident }: Actions & { alarm: Alarm; alarms: readonly Alarm[] }): ReactNode {
  const waiting = alarms.filter(isWaiting);
  const isNew = waiting.length > 0;
  const place = placeLine(alarms, alarm);
  return (
    <div className={styles['row']} data-state={alarm.state} data-new={isNew}>
      <PriorityMark priority={alarm.priority} isHollow={!isNew || alarm.state === 'returned'} isPulsing={isNew && alarm.priority <= 2 && alarm.state === 'active'} />
      <div className={styles['words']}>
        <p className={styles['title']} data-two-lines={place === ''}>
          <span title={alarm.title}>{alarm.title}</span>
          {alarms.length > 1 && <GroupToggle count={alarms.length} />}
        </p>
        <p className={styles['place']}>
          {place !== '' && <span>{place}</span>}
          <StateWords alarm={alarm} />
        </p>
      </div>
      <div className={styles['end']}>
        <AlarmAge alarm={alarm} />
        <CommandZone>
          <RowActions alarm={alarm} waiting={waiting} onAcknowledge={onAcknowledge} onOpenIncident={onOpenIncident} />
        </CommandZone>
      </div>
    </div>
  );
}

/** Stands where the age was while the row is looked at. */
function RowActions({ alarm, waiting, onAcknowledge, onOpenIncident }: Actions & { alarm: Alarm; waiting: readonly Alarm[] }): ReactNode {
  return (
    <div className={styles['actions']}>
      {waiting.length > 0 && (
        <IconButton label={waiting.length > 1 ? `Acknowledge ${waiting.length}` : 'Acknowledge'} shortcut="A" onPress={() => onAcknowledge(waiting)}>
          <Check size={16} />
        </IconButton>
      )}
      {alarm.incidentId === undefined && (
        <IconButton label="Open incident" shortcut="I" onPress={() => onOpenIncident(alarm)}>
          <Siren size={16} />
        </IconButton>
      )}
    </div>
  );
}

function GroupToggle({ count }: { count: number }): ReactNode {
  return (
    <Button slot="chevron" className={styles['count'] ?? ''}>
      {count}
      <ChevronRight size={12} aria-hidden />
    </Button>
  );
}

function StateWords({ alarm }: { alarm: Alarm }): ReactNode {
  const words = [
    alarm.state === 'returned' ? 'back to normal' : undefined,
    alarm.incidentId === undefined ? undefined : 'has incident',
    alarm.acknowledgedBy,
  ].filter((word) => word !== undefined);
  return words.length === 0 ? null : <span className={styles['owner']}>{words.join(' · ')}</span>;
}

function AlarmAge({ alarm }: { alarm: Alarm }): ReactNode {
  const nowMs = useNow(1000);
  return <span className={styles['age']}>{nowMs === undefined ? '–' : formatAge(nowMs - alarm.raisedAtMs)}</span>;
}
