import type { ReactNode } from 'react';
import { incidentStatusSchema } from '../../../shared/incidents/incident.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { incidentStatusNames } from '../../../shared/incidents/incidentWords.ts';
import { stepsTaken } from '../../../shared/incidents/statusOf.ts';
import styles from './StatusSteps.module.css';

/** Shows the progress of the incident. Only steps that were taken are lit; if there is space, each has its name. */
export function StatusSteps({ incident, isWide = false }: { incident: Incident; isWide?: boolean }): ReactNode {
  const taken = stepsTaken(incident);
  const { status } = incident;
  return (
    <ol className={styles['steps']} data-wide={isWide} aria-label={`Status: ${incidentStatusNames[status]}`}>
      {incidentStatusSchema.options.map((step) => (
        <li
          key={step}
          data-reached={taken.has(step)}
          aria-current={step === status ? 'step' : undefined}
          aria-label={`${incidentStatusNames[step]}${taken.has(step) ? '' : ', not taken'}`}
        >
          <span>{incidentStatusNames[step]}</span>
        </li>
      ))}
    </ol>
  );
}
