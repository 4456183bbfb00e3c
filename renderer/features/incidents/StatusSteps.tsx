import type { ReactNode } from 'react';
import { incidentStatusSchema } from '../../../shared/incidents/incident.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { incidentStatusNames } from '../../../shared/incidents/incidentWords.ts';
import styles from './StatusSteps.module.css';

/** Shows the progress of the incident. If there is enough space, each step has its name. */
export function StatusSteps({ status, isWide = false }: { status: Incident['status']; isWide?: boolean }): ReactNode {
  const steps = incidentStatusSchema.options;
  const reached = steps.indexOf(status);
  return (
    <ol className={styles['steps']} data-wide={isWide} aria-label={`Status: ${incidentStatusNames[status]}`}>
      {steps.map((step, index) => (
        <li key={step} data-reached={index <= reached} aria-current={index === reached ? 'step' : undefined}>
          <span>{incidentStatusNames[step]}</span>
        </li>
      ))}
    </ol>
  );
}
