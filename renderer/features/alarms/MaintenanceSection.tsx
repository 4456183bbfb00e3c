import type { ReactNode } from 'react';
import type { Alarm } from '../../../shared/alarms/alarm.ts';
import { FoldedSection } from '../../ui/FoldedSection.tsx';
import { AlarmPanelList } from './AlarmPanelList.tsx';
import styles from './MaintenanceSection.module.css';

const always = (): boolean => true;

/**
 * Alarms about faulty sensors: work for tomorrow's maintenance, not for tonight's operator. The section stays folded
 * until somebody opens it.
 */
export function MaintenanceSection({
  alarms,
  onOpenIncident,
}: {
  alarms: readonly Alarm[];
  onOpenIncident: (alarms: readonly Alarm[]) => void;
}): ReactNode {
  if (alarms.length === 0) return null;
  return (
    <FoldedSection title="Maintenance" count={alarms.length}>
      <div className={styles['panel']}>
        <AlarmPanelList label="Maintenance" ordered={alarms} isGrouped={always} onOpenIncident={onOpenIncident} />
      </div>
    </FoldedSection>
  );
}
