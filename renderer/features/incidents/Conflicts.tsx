import type { ReactNode } from 'react';
import { decidingCommand } from '../../../shared/incidents/commandEvents.ts';
import type { Conflict, Incident } from '../../../shared/incidents/incident.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { useLocalTime } from '../../client/useLocalTime.ts';
import styles from './Conflicts.module.css';
import { claimWords, conflictName } from './conflictWords.ts';
import { useAsk } from './useAsk.ts';

/**
 * Values that people at different workstations set differently without knowing of each other; the last one is valid
 * until somebody decides.
 */
export function Conflicts({ incident }: { incident: Incident }): ReactNode {
  if (incident.conflicts === undefined) return null;
  return (
    <ul className={styles['conflicts']} aria-label="Conflicts">
      {incident.conflicts.map((conflict) => (
        <ConflictRow key={conflict.field} incident={incident} conflict={conflict} />
      ))}
    </ul>
  );
}

function ConflictRow({ incident, conflict: { field, claims } }: { incident: Incident; conflict: Conflict }): ReactNode {
  const time = useLocalTime();
  const ask = useAsk();
  return (
    <li role="alert">
      <p>
        <b>{conflictName(field)}: two people decided at the same time.</b> Which one counts?
      </p>
      {claims.map(({ by, atMs, value }) => (
        <CommandButton
          key={`${by} ${atMs}`}
          command={decidingCommand(field, value) ?? 'incident.decide'}
          onPress={() => void ask('incident.decide', { incidentId: incident.id, field, value })}
        >
          Keep {claimWords(field, value, time.clock)} ({by}, {time.short(atMs)})
        </CommandButton>
      ))}
    </li>
  );
}
