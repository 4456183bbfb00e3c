import type { ReactNode } from 'react';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { PriorityMark } from '../../client/PriorityMark.tsx';
import { useLocalTime } from '../../client/useLocalTime.ts';
import { Blank } from '../../ui/Blank.tsx';
import styles from './ReviewList.module.css';

type Props = { incidents: Iterable<Incident>; hrefOf: (incidentId: string) => string };

/** The incidents that can be reviewed: those that are over come first, the newest of them at the top. */
export function ReviewList({ incidents, hrefOf }: Props): ReactNode {
  const time = useLocalTime();
  const sorted = [...incidents]
    .filter(({ mergedInto }) => mergedInto === undefined)
    .sort((a, b) => Number(b.status === 'resolved') - Number(a.status === 'resolved') || b.openedAtMs - a.openedAtMs);
  if (sorted.length === 0)
    return <Blank title="Nothing to look back at yet.">Incidents appear here as soon as they are opened.</Blank>;
  return (
    <section className={styles['page']} aria-labelledby="review-title">
      <h2 id="review-title">Review an incident</h2>
      <p className={styles['hint']}>
        Older ones are found by search (Ctrl K) and have the way to their review on their page.
      </p>
      <ul className={styles['list']}>
        {sorted.map((incident) => (
          <li key={incident.id}>
            <a className={styles['row']} href={hrefOf(incident.id)}>
              <PriorityMark priority={incident.priority} isHollow />
              <span className={styles['id']}>{incident.id}</span>
              <span className={styles['title']} title={incident.title}>
                {incident.title}
              </span>
              <span className={styles['when']}>{time.yearTime(incident.openedAtMs)}</span>
              <span className={styles['outcome']} title={incident.outcome}>
                {incident.outcome ?? (incident.status === 'resolved' ? 'Resolved' : 'Still open')}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
