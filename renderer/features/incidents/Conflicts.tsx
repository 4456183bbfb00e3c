import type { ReactNode } from 'react';
import { milestoneSchema } from '../../../shared/incidents/incident.ts';
import type { Conflict, Incident } from '../../../shared/incidents/incident.ts';
import { Button } from '../../ui/Button.tsx';
import { useLocalTime } from '../../ui/useLocalTime.ts';
import styles from './Conflicts.module.css';
import { conflictName } from './conflictWords.ts';
import { useAsk } from './useAsk.ts';

/** What people at different workstations said differently without knowing of each other; the last counts until somebody decides. */
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

function ConflictRow({ incident, conflict }: { incident: Incident; conflict: Conflict }): ReactNode {
  const time = useLocalTime();
  const decide = useDecide(incident);
  const isTime = milestoneSchema.safeParse(conflict.field).success;
  return (
    <li role="alert">
      <p>
        <b>{conflictName(conflict.field)}: two people decided at the same time.</b> Which one counts?
      </p>
      {conflict.claims.map(({ by, atMs, value }) => {
        const words = value === null ? 'none' : isTime ? time.clock(Number(value)) : String(value);
        const settle = decide(conflict.field, value);
        return (
          <Button key={`${by} ${atMs}`} isDisabled={settle === undefined} onPress={() => settle?.()}>
            {words} ({by}, {time.short(atMs)})
          </Button>
        );
      })}
    </li>
  );
}

/** A new decision that knows both; undefined where there is no command that takes this one back. */
function useDecide(incident: Incident): (field: string, value: string | number | null) => (() => void) | undefined {
  const ask = useAsk();
  const incidentId = incident.id;
  return (field, value) => {
    const milestone = milestoneSchema.safeParse(field);
    if (milestone.success) {
      if (value === null) return () => void ask('incident.withdrawMilestone', { incidentId, milestone: milestone.data, reason: 'Decided between two' });
      return () => void ask('incident.milestone', { incidentId, milestone: milestone.data, atMs: Number(value) });
    }
    if (field === 'assignee' && value !== null) return () => void ask('incident.assign', { incidentId, assignee: String(value), expected: incident.assignee ?? null });
    if (field === 'customers') return () => void ask('incident.stateOutage', { incidentId, customers: Number(value) });
    if (field === 'publicMessage') return () => void ask('incident.setPublicMessage', { incidentId, text: String(value ?? incident.publicMessage?.text ?? ''), state: value === null ? 'withdrawn' : (incident.publicMessage?.state ?? 'draft') });
    if (field === 'title' || field === 'place' || field === 'type' || field === 'priority') return () => void ask('incident.edit', { incidentId, [field]: value });
    return undefined;
  };
}
