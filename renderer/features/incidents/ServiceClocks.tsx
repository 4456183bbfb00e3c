import type { ReactNode } from 'react';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { serviceClocks } from '../../../shared/incidents/serviceLevels.ts';
import { useNow } from '../../client/hooks.ts';
import styles from './ServiceClocks.module.css';
import { clockName, clockText, stateMarks, stateWords } from './serviceWords.ts';

/** The time limits of the service level, each with how much of it has passed. */
export function ServiceClocks({ incident }: { incident: Incident }): ReactNode {
  const nowMs = useNow(1000);
  const clocks = nowMs === undefined ? [] : serviceClocks(incident, nowMs);
  if (clocks.length === 0) return null;
  return (
    <ul className={styles['clocks']} aria-label="Service level">
      {clocks.map((clock) => (
        <li key={clock.measure} data-state={clock.state}>
          <span className={styles['name']}>{clockName(clock, incident)}</span>
          <b>{clockText(clock)}</b>
          <span className={styles['state']}>
            <i aria-hidden>{stateMarks[clock.state]}</i> {stateWords[clock.state]}
          </span>
          <span className={styles['bar']} aria-hidden>
            <i style={{ width: `${Math.min(100, Math.max(0, ((clock.elapsedMs ?? 0) / clock.targetMs) * 100))}%` }} />
          </span>
        </li>
      ))}
    </ul>
  );
}
