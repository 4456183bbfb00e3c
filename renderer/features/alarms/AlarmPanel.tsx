import { Group, List } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { Alarm, AlarmDomain } from '../../../shared/alarms/alarm.ts';
import { useReplay, useStream } from '../../live/hooks.ts';
import { Blank } from '../../ui/Blank.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { AlarmList } from './AlarmList.tsx';
import styles from './AlarmPanel.module.css';
import { DomainFilter } from './DomainFilter.tsx';
import { countByDomain, groupAlarms, isWaiting } from './groupAlarms.ts';
import { LoadMeter } from './LoadMeter.tsx';
import { MaintenanceSection } from './MaintenanceSection.tsx';

type Props = { onOpenIncident: (alarm: Alarm) => void; isFolded: boolean; onFold: (isFolded: boolean) => void };

/** The operator's list of what is abnormal, most urgent first. */
export function AlarmPanel({ onOpenIncident, isFolded, onFold }: Props): ReactNode {
  const alarms = useStream('alarms');
  const isPast = useReplay() !== undefined;
  const [domain, setDomain] = useState<AlarmDomain | 'all'>('all');
  const [isGrouped, setIsGrouped] = useState(true);
  const tree = useMemo(() => groupAlarms(alarms?.values() ?? [], domain, isGrouped), [alarms, domain, isGrouped]);
  const counts = useMemo(() => countByDomain(alarms?.values() ?? []), [alarms]);
  const operational = tree.operational.flatMap((group) => group.members);

  return (
    <Panel title={isPast ? 'Alarms, live' : 'Alarms'} aside={alarms === undefined ? '' : countText(operational)} isFolded={isFolded} onFold={onFold} actions={
      <IconButton label={isGrouped ? 'Show every alarm' : 'Group by cause'} onPress={() => setIsGrouped(!isGrouped)}>
        {isGrouped ? <List size={16} /> : <Group size={16} />}
      </IconButton>
    }>
      <DomainFilter counts={counts} domain={domain} onChange={setDomain} />
      <div className={styles['list']}>
        {alarms === undefined && <Skeleton rows={6} />}
        {alarms !== undefined && operational.length === 0 && <Blank title={domain === 'all' ? 'No alarms.' : 'No alarms of this kind.'}>New ones appear here by themselves.</Blank>}
        {operational.length > 0 && <AlarmList label="Alarms" groups={tree.operational} onOpenIncident={onOpenIncident} />}
      </div>
      <MaintenanceSection groups={tree.maintenance} onOpenIncident={onOpenIncident} />
      <LoadMeter />
    </Panel>
  );
}

function countText(alarms: readonly Alarm[]): string {
  const waiting = alarms.filter(isWaiting).length;
  return waiting === 0 ? String(alarms.length) : `${alarms.length} · ${waiting} new`;
}
