import { ArrowLeft, History } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { incidentTypeNames } from '../../../shared/incidents/incidentWords.ts';
import { PriorityMark } from '../../client/PriorityMark.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { AssigneeField } from './AssigneeField.tsx';
import { Attachments } from './Attachments.tsx';
import { CheckList } from './CheckList.tsx';
import { Conflicts } from './Conflicts.tsx';
import { Contacts } from './Contacts.tsx';
import { Effects } from './Effects.tsx';
import { ElapsedClock } from './ElapsedClock.tsx';
import { Handover } from './Handover.tsx';
import { IncidentActions } from './IncidentActions.tsx';
import { IncidentLog } from './IncidentLog.tsx';
import styles from './IncidentWorkspace.module.css';
import { KinSection } from './KinSection.tsx';
import { LinkedAlarms } from './LinkedAlarms.tsx';
import { MilestoneList } from './MilestoneList.tsx';
import { Notifications } from './Notifications.tsx';
import { PublicMessage } from './PublicMessage.tsx';
import { ReviewSection } from './ReviewSection.tsx';
import { Section } from './Section.tsx';
import { ServiceClocks } from './ServiceClocks.tsx';
import { StatusSteps } from './StatusSteps.tsx';
import { UnitOrders } from './UnitOrders.tsx';

type Props = {
  incident: Incident;
  map: ReactNode;
  /** The requests of citizens about it. */ requests: ReactNode;
  /** The address of the review page for this incident. */ reviewHref: string;
  onBack: () => void;
  onShow: (incidentId: string) => void;
};

/** Shows everything about one incident side by side: its course, the map, the check list, the log. */
export function IncidentWorkspace({ incident, map, requests, reviewHref, onBack, onShow }: Props): ReactNode {
  return (
    <article className={styles['work']} aria-label={`Incident ${incident.title}`} data-testid="incident-work">
      <Head incident={incident} reviewHref={reviewHref} onBack={onBack} />
      <div className={styles['columns']}>
        <div className={styles['column']}>
          <Course incident={incident} onShow={onShow} />
        </div>
        <div className={styles['middle']}>
          <div className={styles['map']}>{map}</div>
          <div className={styles['pair']}>
            <Effects incident={incident} />
            <PublicMessage incident={incident} />
          </div>
        </div>
        <div className={styles['column']}>
          {requests}
          <CheckList incident={incident} />
          <Contacts incident={incident} />
          <Notifications incident={incident} />
        </div>
        <div className={styles['column']}>
          <ReviewSection incident={incident} />
          <Attachments incident={incident} />
          <Section title="Log">
            <IncidentLog incident={incident} />
          </Section>
        </div>
      </div>
    </article>
  );
}

function Head({ incident, reviewHref, onBack }: Pick<Props, 'incident' | 'reviewHref' | 'onBack'>): ReactNode {
  return (
    <header className={styles['head']}>
      <div className={styles['name']}>
        <IconButton label="Back to the board" onPress={onBack}>
          <ArrowLeft size={16} />
        </IconButton>
        <PriorityMark priority={incident.priority} isHollow={incident.status !== 'reported'} />
        <div>
          <h2>{incident.title}</h2>
          <p>
            {[incident.id, incidentTypeNames[incident.type], incident.place].filter((part) => part !== '').join(' · ')}
          </p>
        </div>
        <a className={styles['link']} href={reviewHref}>
          <History size={14} aria-hidden /> Look back at it
        </a>
        <div className={styles['clock']}>
          <ElapsedClock incident={incident} />
          <span>since awareness</span>
        </div>
      </div>
      <div className={styles['standing']}>
        <StatusSteps incident={incident} isWide />
        <ServiceClocks incident={incident} />
      </div>
      <div className={styles['actions']}>
        <IncidentActions incident={incident} />
      </div>
      <Conflicts incident={incident} />
    </header>
  );
}

function Course({ incident, onShow }: { incident: Incident; onShow: (incidentId: string) => void }): ReactNode {
  return (
    <>
      <Section title="Assigned to">
        <AssigneeField incident={incident} />
        <Handover incident={incident} />
      </Section>
      <Section title="Times">
        <MilestoneList incident={incident} />
      </Section>
      <Section title="Units">
        <UnitOrders incident={incident} />
      </Section>
      {incident.alarmIds.length > 0 && (
        <Section title="Alarms">
          <LinkedAlarms alarmIds={incident.alarmIds} />
        </Section>
      )}
      <KinSection incident={incident} onShow={onShow} />
    </>
  );
}
