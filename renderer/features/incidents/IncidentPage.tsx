import { ArrowLeft, MapPin } from 'lucide-react';
import type { ReactNode } from 'react';
import { incidentStatusSchema } from '../../../shared/incidents/incident.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { useStream } from '../../live/hooks.ts';
import { Button } from '../../ui/Button.tsx';
import { CommandZone } from '../../ui/CommandZone.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { PriorityMark } from '../../ui/PriorityMark.tsx';
import { useShow } from '../../ui/useShow.ts';
import { AssigneeField } from './AssigneeField.tsx';
import { ElapsedClock } from './ElapsedClock.tsx';
import { IncidentActions } from './IncidentActions.tsx';
import { statusLabels, typeLabels } from './incidentLabels.ts';
import { IncidentLog } from './IncidentLog.tsx';
import styles from './IncidentPage.module.css';
import { MilestoneList } from './MilestoneList.tsx';
import { UnitOrders } from './UnitOrders.tsx';

/** Everything about one incident, from report to recovery, in one column. */
export function IncidentPage({ incident, onBack }: { incident: Incident; onBack: () => void }): ReactNode {
  return (
    <article className={styles['page']} aria-label={`Incident ${incident.title}`} data-testid="incident-page">
      <PageHead incident={incident} onBack={onBack} />
      <StatusSteps status={incident.status} />
      <CommandZone>
        <IncidentActions incident={incident} />
      </CommandZone>
      <div className={styles['scroll']}>
        {incident.outcome !== undefined && (
          <Section title="Outcome">
            <p>{incident.outcome}</p>
          </Section>
        )}
        <Section title="Assigned to">
          <CommandZone>
            <AssigneeField incident={incident} />
          </CommandZone>
        </Section>
        <Section title="Units">
          <CommandZone>
            <UnitOrders incident={incident} />
          </CommandZone>
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
          <CommandZone>
            <IncidentLog incident={incident} />
          </CommandZone>
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
          {incident.id} · {typeLabels[incident.type]}
        </p>
        <h3>{incident.title}</h3>
        <Button tone="quiet" isDisabled={incident.lon === undefined} onPress={() => show({ kind: 'incident', id: incident.id }, incident)}>
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

function StatusSteps({ status }: { status: Incident['status'] }): ReactNode {
  const steps = incidentStatusSchema.options;
  const reached = steps.indexOf(status);
  return (
    <ol className={styles['steps']} aria-label={`Status: ${statusLabels[status]}`}>
      {steps.map((step, index) => (
        <li key={step} data-reached={index <= reached} aria-current={index === reached ? 'step' : undefined}>
          <span>{statusLabels[step]}</span>
        </li>
      ))}
    </ol>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <section className={styles['section']}>
      <h4>{title}</h4>
      {children}
    </section>
  );
}

function LinkedAlarms({ alarmIds }: { alarmIds: readonly string[] }): ReactNode {
  const alarms = useStream('alarms');
  const show = useShow();
  return (
    <ul className={styles['alarms']}>
      {alarmIds.map((id) => {
        const alarm = alarms?.get(id);
        if (alarm === undefined) return <li key={id} className={styles['over']}>An alarm that is over</li>;
        return (
          <li key={id}>
            <Button tone="quiet" onPress={() => show({ kind: 'alarm', id }, alarm)}>
              <PriorityMark priority={alarm.priority} isHollow={alarm.state !== 'active'} />
              {alarm.title}
            </Button>
          </li>
        );
      })}
    </ul>
  );
}
