import type { ReactNode } from 'react';
import { milestoneSchema } from '../../../shared/incidents/incident.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { milestoneNames } from '../../../shared/incidents/milestones.ts';
import { formatElapsed } from '../../ui/formatTime.ts';
import { useLocalTime } from '../../ui/useLocalTime.ts';
import styles from './MilestoneList.module.css';
import { startOf } from './sortIncidents.ts';

/** T0 to T7 with their time, the time since awareness, and who or what said so. Those not reached stay open. */
export function MilestoneList({ incident }: { incident: Incident }): ReactNode {
  const time = useLocalTime();
  const startMs = startOf(incident);
  return (
    <table className={styles['milestones']}>
      <tbody>
        {milestoneSchema.options.map((name) => {
          const reached = incident.milestones[name];
          return (
            <tr key={name} data-reached={reached !== undefined}>
              <th scope="row">
                <b>{name}</b> {milestoneNames[name]}
                {reached !== undefined && <small>{reached.by}, {reached.source}</small>}
              </th>
              <td>{reached === undefined ? '–' : time.clock(reached.atMs)}</td>
              <td>{reached === undefined || name === 'T1' ? '' : signed(reached.atMs - startMs)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

const signed = (ms: number): string => `${ms < 0 ? '−' : '+'}${formatElapsed(Math.abs(ms))}`;
