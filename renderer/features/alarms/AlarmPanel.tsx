import { Group, List } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { Alarm } from '../../../shared/alarms/alarm.ts';
import type { AlarmDomain } from '../../../shared/alarms/alarmDomains.ts';
import { isUnacknowledged } from '../../../shared/alarms/alarmStates.ts';
import { useReplay, useStream } from '../../client/hooks.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { compareAlarms } from './alarmOrder.ts';
import styles from './AlarmPanel.module.css';
import { AlarmPanelList } from './AlarmPanelList.tsx';
import { countByDomain, noFilter, pickAlarms } from './alarmViews.ts';
import { DomainFilter } from './DomainFilter.tsx';
import { FloodNote } from './FloodNote.tsx';
import { LoadMeter } from './LoadMeter.tsx';
import { NoAlarms } from './NoAlarms.tsx';
import { MaintenanceSection } from './MaintenanceSection.tsx';

type Props = {
  onOpenIncident: (alarms: readonly Alarm[]) => void;
  isFolded: boolean;
  onFold: (isFolded: boolean) => void;
};

const nothingMine: ReadonlySet<string> = new Set();

/** The operator's list of what is abnormal, most urgent first. */
export function AlarmPanel({ onOpenIncident, isFolded, onFold }: Props): ReactNode {
  const alarms = useStream('alarms');
  const isPast = useReplay() !== undefined;
  const [domain, setDomain] = useState<AlarmDomain>();
  const [areGrouped, setAreGrouped] = useState(true);
  const isGrouped = useCallback(() => areGrouped, [areGrouped]);
  const current = useMemo(
    () =>
      pickAlarms(
        alarms?.values() ?? [],
        'current',
        { ...noFilter, domains: new Set(domain === undefined ? [] : [domain]) },
        nothingMine,
      ).alarms.sort(compareAlarms),
    [alarms, domain],
  );
  const maintenance = useMemo(
    () => pickAlarms(alarms?.values() ?? [], 'maintenance', noFilter, nothingMine).alarms.sort(compareAlarms),
    [alarms],
  );
  const counts = useMemo(() => countByDomain(alarms?.values() ?? []), [alarms]);

  return (
    <Panel
      title={isPast ? 'Alarms, live' : 'Alarms'}
      aside={alarms === undefined ? '' : countText(current)}
      isFolded={isFolded}
      onFold={onFold}
      actions={
        <IconButton
          label={areGrouped ? 'Show every alarm' : 'Group by cause'}
          onPress={() => setAreGrouped(!areGrouped)}
        >
          {areGrouped ? <List size={16} /> : <Group size={16} />}
        </IconButton>
      }
    >
      <DomainFilter counts={counts} domain={domain} onChange={setDomain} />
      <FloodNote isGrouped={areGrouped} />
      <div className={styles['list']}>
        {alarms === undefined && <Skeleton rows={6} />}
        {alarms !== undefined && current.length === 0 && (
          <NoAlarms title={domain === undefined ? 'No alarms.' : 'No alarms of this kind.'}>
            New ones appear here by themselves.
          </NoAlarms>
        )}
        {current.length > 0 && (
          <AlarmPanelList label="Alarms" ordered={current} isGrouped={isGrouped} onOpenIncident={onOpenIncident} />
        )}
      </div>
      <MaintenanceSection alarms={maintenance} onOpenIncident={onOpenIncident} />
      <LoadMeter />
    </Panel>
  );
}

function countText(alarms: readonly Alarm[]): string {
  const waiting = alarms.filter(isUnacknowledged).length;
  return waiting === 0 ? String(alarms.length) : `${alarms.length} · ${waiting} new`;
}
