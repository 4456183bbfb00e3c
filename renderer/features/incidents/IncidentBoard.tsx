import type { ReactNode } from 'react';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { incidentStatusNames } from '../../../shared/incidents/incidentWords.ts';
import { useStream } from '../../client/hooks.ts';
import { useFittingRows } from '../../ui/useFittingRows.ts';
import { PriorityMark } from '../../client/PriorityMark.tsx';
import { Blank } from '../../ui/Blank.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { ElapsedClock } from './ElapsedClock.tsx';
import styles from './IncidentBoard.module.css';
import { sortIncidents } from './sortIncidents.ts';

/** The open incidents on the wall display, with nothing to press. */
export function IncidentBoard({ rows: most }: { rows: number }): ReactNode {
  const { list, rows } = useFittingRows<HTMLUListElement>(most);
  const incidents = useStream('incidents');
  if (incidents === undefined) return <Skeleton rows={most} height={120} />;
  const { open } = sortIncidents(incidents.values());
  if (open.length === 0) return <Blank title="No open incidents." />;
  return (
    <>
      <ul className={styles['board']} ref={list}>
        {open.slice(0, rows).map((incident) => (
          <BoardRow key={incident.id} incident={incident} />
        ))}
      </ul>
      {open.length > rows && <p className={styles['more']}>and {open.length - rows} more</p>}
    </>
  );
}

function BoardRow({ incident }: { incident: Incident }): ReactNode {
  return (
    <li className={styles['row']} data-testid="incident-row">
      <PriorityMark priority={incident.priority} isHollow={incident.status !== 'reported'} />
      <div>
        <p className={styles['title']}>{incident.title}</p>
        <p className={styles['place']} title={incident.place}>
          {incident.place}
        </p>
      </div>
      <span className={styles['clock']}>
        <ElapsedClock incident={incident} />
        {incidentStatusNames[incident.status]}
        <i>{incident.assignee ?? 'unassigned'}</i>
      </span>
    </li>
  );
}
