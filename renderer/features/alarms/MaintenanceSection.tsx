import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import type { Alarm } from '../../../shared/alarms/alarm.ts';
import { AlarmPanelList } from './AlarmPanelList.tsx';
import styles from './MaintenanceSection.module.css';

const always = (): boolean => true;

/** Sick sensors: work for tomorrow's maintenance, not tonight's operator. Folded until asked for. */
export function MaintenanceSection({
  alarms,
  onOpenIncident,
}: {
  alarms: readonly Alarm[];
  onOpenIncident: (alarms: readonly Alarm[]) => void;
}): ReactNode {
  if (alarms.length === 0) return null;
  return (
    <Disclosure className={styles['section'] ?? ''}>
      <Heading level={3}>
        <Button slot="trigger" className={styles['trigger'] ?? ''}>
          <ChevronRight size={14} aria-hidden />
          Maintenance
          <span>{alarms.length}</span>
        </Button>
      </Heading>
      <DisclosurePanel className={styles['panel'] ?? ''}>
        <AlarmPanelList label="Maintenance" ordered={alarms} isGrouped={always} onOpenIncident={onOpenIncident} />
      </DisclosurePanel>
    </Disclosure>
  );
}
