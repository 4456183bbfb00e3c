import type { ReactNode } from 'react';
import { Cell, Column, Row, Table, TableBody, TableHeader } from 'react-aria-components';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { incidentStatusNames, incidentTypeNames } from '../../../shared/incidents/incidentWords.ts';
import { mostUrgentClock, serviceClocks, serviceMeasures } from '../../../shared/incidents/serviceLevels.ts';
import type { ServiceClock, ServiceMeasure } from '../../../shared/incidents/serviceLevels.ts';
import { useNow } from '../../client/hooks.ts';
import { PriorityMark } from '../../client/PriorityMark.tsx';
import { Blank } from '../../ui/Blank.tsx';
import { formatElapsed } from '../../ui/formatTime.ts';
import { ElapsedClock } from './ElapsedClock.tsx';
import styles from './IncidentTable.module.css';
import { clockText, stateMarks, stateWords } from './serviceWords.ts';

type Props = { label: string; rows: readonly Incident[]; empty: string; onOpen: (incidentId: string) => void };

const measures = Object.keys(serviceMeasures) as ServiceMeasure[];
const heads: Record<ServiceMeasure, string> = {
  verification: 'Verification',
  response: 'Response',
  roadwayClearance: 'Lanes or service',
  incidentClearance: 'Clearance',
};

/** Incidents with their clocks against the service level. Arrow keys move, Enter opens. */
export function IncidentTable({ label, rows, empty, onOpen }: Props): ReactNode {
  const nowMs = useNow(1000) ?? 0;
  return (
    <Table
      aria-label={label}
      className={styles['table'] ?? ''}
      selectionMode="none"
      onRowAction={(key) => onOpen(String(key))}
    >
      <TableHeader>
        <Column className={styles['narrow'] ?? ''}>Priority</Column>
        <Column isRowHeader>Incident</Column>
        <Column>Status</Column>
        <Column>Assigned to</Column>
        <Column>Units</Column>
        <Column className={styles['number'] ?? ''}>Since awareness</Column>
        {measures.map((measure) => (
          <Column key={measure} className={styles['number'] ?? ''}>
            {heads[measure]}
          </Column>
        ))}
      </TableHeader>
      <TableBody renderEmptyState={() => <Blank title={empty} />}>
        {rows.map((incident) => (
          <BoardRow key={incident.id} incident={incident} nowMs={nowMs} />
        ))}
      </TableBody>
    </Table>
  );
}

function BoardRow({ incident, nowMs }: { incident: Incident; nowMs: number }): ReactNode {
  const clocks = serviceClocks(incident, nowMs);
  const urgent = mostUrgentClock(clocks);
  const marks = [
    ...(incident.conflicts === undefined ? [] : ['conflict']),
    ...(incident.handover === undefined ? [] : [`offered to ${incident.handover.to}`]),
    ...(incident.primaryId === undefined ? [] : [`from ${incident.primaryId}`]),
    ...(incident.mergedFrom === undefined ? [] : [`includes ${incident.mergedFrom.length}`]),
  ];
  return (
    <Row
      id={incident.id}
      className={styles['row'] ?? ''}
      data-urgent={urgent?.state}
      data-testid="board-row"
      textValue={incident.title}
    >
      <Cell className={styles['narrow'] ?? ''}>
        <PriorityMark
          priority={incident.priority}
          isHollow={incident.status !== 'reported'}
          isPulsing={incident.status === 'reported' && incident.priority <= 2}
        />
      </Cell>
      <Cell>
        <p className={styles['title']}>{incident.title}</p>
        <p className={styles['place']}>
          {[incident.id, incidentTypeNames[incident.type], incident.place].filter((part) => part !== '').join(' · ')}
        </p>
      </Cell>
      <Cell>
        {incidentStatusNames[incident.status]}
        {marks.length > 0 && (
          <p className={styles['marks']} data-conflict={incident.conflicts !== undefined}>
            {marks.join(', ')}
          </p>
        )}
      </Cell>
      <Cell className={styles['quiet'] ?? ''}>{incident.assignee ?? 'nobody'}</Cell>
      <Cell className={styles['quiet'] ?? ''}>{incident.unitIds.join(', ')}</Cell>
      <Cell className={styles['number'] ?? ''}>
        <ElapsedClock incident={incident} />
      </Cell>
      {measures.map((measure) => (
        <Cell key={measure} className={styles['number'] ?? ''}>
          <ClockCell clock={clocks.find((clock) => clock.measure === measure)} />
        </Cell>
      ))}
    </Row>
  );
}

function ClockCell({ clock }: { clock: ServiceClock | undefined }): ReactNode {
  if (clock === undefined) return <span className={styles['quiet']}>–</span>;
  return (
    <span
      className={styles['clock']}
      data-state={clock.state}
      title={`${stateWords[clock.state]}: ${clockText(clock)}`}
    >
      {clock.elapsedMs === undefined ? '' : formatElapsed(clock.elapsedMs)}{' '}
      <i role="img" aria-label={stateWords[clock.state]}>
        {stateMarks[clock.state]}
      </i>
    </span>
  );
}
