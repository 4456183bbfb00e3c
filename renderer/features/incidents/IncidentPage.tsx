import { ArrowLeft, MapPin, Maximize2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { incidentTypeNames } from '../../../shared/incidents/incidentWords.ts';
import { PriorityMark } from '../../client/PriorityMark.tsx';
import { useShow } from '../../client/useShow.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { AssigneeField } from './AssigneeField.tsx';
import { Conflicts } from './Conflicts.tsx';
import { ElapsedClock } from './ElapsedClock.tsx';
import { Handover } from './Handover.tsx';
import { IncidentActions } from './IncidentActions.tsx';
import { IncidentLog } from './IncidentLog.tsx';
import styles from './IncidentPage.module.css';
import { LinkedAlarms } from './LinkedAlarms.tsx';
import { MilestoneList } from './MilestoneList.tsx';
import { Section } from './Section.tsx';
import { ServiceClocks } from './ServiceClocks.tsx';
import { StatusSteps } from './StatusSteps.tsx';
import { UnitOrders } from './UnitOrders.tsx';

/** Shows everything about one incident, from report to recovery, in one column. */
export function IncidentPage({ incident, onBack }: { incident: Incident; onBack: () => void }): ReactNode {
  return (
    <article className={styles['page']} aria-label={`Incident ${incident.title}`} data-testid="incident-page">
      <PageHead incident={incident} onBack={onBack} />
      <StatusSteps incident={incident} />
      <IncidentActions incident={incident} />
      <Conflicts incident={incident} />
      <div className={styles['scroll']}>
        <Section title="Service level">
          <ServiceClocks incident={incident} />
        </Section>
        {incident.outcome !== undefined && (
          <Section title="Outcome">
            <p>{incident.outcome}</p>
          </Section>
        )}
        <Section title="Assigned to">
          <AssigneeField incident={incident} />
          <Handover incident={incident} />
        </Section>
        <Section title="Units">
          <UnitOrders incident={incident} />
        </Section>
        <Section title="Milestones">
          <MilestoneList incident={incident} />
        </Section>
        {incident.alarmIds.length > 0 && (
          <Section title="Alarms">
            <LinkedAlarms alarmIds={incident.alarmIds} />
          </Section>
        )}
        <Section title="Log">
          <IncidentLog incident={incident} />
        </Section>
      </div>
    </article>
  );
}

function PageHead({ incident, onBack }: { incident: Incident; onBack: () => void }): ReactNode {
  const show = useShow();
  return (
    <header className={styles['head']}>
      <IconButton label="Back to the queue" onPress={onBack}>
        <ArrowLeft size={16} />
      </IconButton>
      <div className={styles['words']}>
        <p className={styles['kind']}>
          <PriorityMark priority={incident.priority} isHollow={incident.status !== 'reported'} />
          {incident.id} · {incidentTypeNames[incident.type]}
          <a
            href={`#/incidents/${encodeURIComponent(incident.id)}`}
            aria-label="The whole page of the incident"
            title="The whole page: check list, notifications, closures, review"
          >
            <Maximize2 size={14} aria-hidden />
          </a>
        </p>
        <h3>{incident.title}</h3>
        <Button
          tone="quiet"
          isDisabled={incident.lon === undefined}
          onPress={() => show({ kind: 'incident', id: incident.id }, incident)}
        >
          <MapPin size={14} aria-hidden />
          {incident.place === '' ? 'No place given' : incident.place}
        </Button>
      </div>
      <div className={styles['clock']}>
        <ElapsedClock incident={incident} />
        <span>since awareness</span>
      </div>
    </header>
  );
}
