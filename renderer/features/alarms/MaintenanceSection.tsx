import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import type { Alarm } from '../../../shared/alarms/alarm.ts';
import { AlarmList } from './AlarmList.tsx';
import type { AlarmGroup } from './groupAlarms.ts';
import styles from './MaintenanceSection.module.css';

/** Sick sensors: work for tomorrow's maintenance, not tonight's operator. Folded until asked for. */
export function MaintenanceSection({ groups, onOpenIncident }: { groups: AlarmGroup[]; onOpenIncident: (alarm: Alarm) => void }): ReactNode {
  const count = groups.reduce((sum, group) => sum + group.members.length, 0);
  if (count === 0) return null;
  return (
    <Disclosure className={styles['section'] ?? ''}>
      <Heading level={3}>
        <Button slot="trigger" className={styles['trigger'] ?? ''}>
          <ChevronRight size={14} aria-hidden />
          Maintenance
          <span>{count}</span>
        </Button>
      </Heading>
      <DisclosurePanel className={styles['panel'] ?? ''}>
        <AlarmList label="Maintenance" groups={groups} onOpenIncident={onOpenIncident} />
      </DisclosurePanel>
    </Disclosure>
  );
}
