import type { ReactNode } from 'react';
import { GridList, GridListItem } from 'react-aria-components';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { incidentStatusNames } from '../../../shared/incidents/incidentWords.ts';
import { PriorityMark } from '../../client/PriorityMark.tsx';
import { useShow } from '../../client/useShow.ts';
import { Blank } from '../../ui/Blank.tsx';
import { FoldedSection } from '../../ui/FoldedSection.tsx';
import { ElapsedClock } from './ElapsedClock.tsx';
import styles from './IncidentQueue.module.css';
import type { Queue } from './sortIncidents.ts';

export function IncidentQueue({ queue: { open, resolved } }: { queue: Queue }): ReactNode {
  return (
    <div className={styles['queue']}>
      {open.length === 0 ? (
        <Blank title="No open incidents.">Open one from an alarm (I), from the map (right click) or with N.</Blank>
      ) : (
        <IncidentRows label="Open incidents" incidents={open} />
      )}
      {resolved.length > 0 && (
        <FoldedSection title="Resolved" count={resolved.length}>
          <IncidentRows label="Resolved incidents" incidents={resolved} />
        </FoldedSection>
      )}
    </div>
  );
}

function IncidentRows({ label, incidents }: { label: string; incidents: Incident[] }): ReactNode {
  const show = useShow();
  const select = (key: unknown): void => {
    const incident = incidents.find(({ id }) => id === key);
    if (incident !== undefined) show({ kind: 'incident', id: incident.id }, incident);
  };
  return (
    <GridList aria-label={label} className={styles['rows'] ?? ''} items={incidents} onAction={select}>
      {(incident) => (
        <GridListItem
          id={incident.id}
          textValue={incident.title}
          className={styles['item'] ?? ''}
          data-testid="incident-row"
        >
          <IncidentCells incident={incident} />
        </GridListItem>
      )}
    </GridList>
  );
}

function IncidentCells({ incident }: { incident: Incident }): ReactNode {
  const { alarmIds, unitIds, assignee, status } = incident;
  const facts = [
    alarmIds.length > 0 ? `${alarmIds.length} ${alarmIds.length === 1 ? 'alarm' : 'alarms'}` : undefined,
    unitIds.length > 0 ? `${unitIds.length} ${unitIds.length === 1 ? 'unit' : 'units'}` : undefined,
  ];
  return (
    <div className={styles['row']} data-status={status}>
      <PriorityMark
        priority={incident.priority}
        isHollow={status !== 'reported'}
        isPulsing={status === 'reported' && incident.priority <= 2}
      />
      <div className={styles['words']}>
        <p className={styles['title']}>{incident.title}</p>
        <p className={styles['place']}>{incident.place}</p>
        <p className={styles['facts']}>
          {[assignee ?? 'unassigned', ...facts].filter((fact) => fact !== undefined).join(' · ')}
        </p>
      </div>
      <div className={styles['clock']}>
        <ElapsedClock incident={incident} />
        <span>{incidentStatusNames[status]}</span>
      </div>
    </div>
  );
}
