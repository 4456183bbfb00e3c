import { useState } from 'react';
import type { ReactNode } from 'react';
import { allowedActions } from '../../../shared/incidents/allowedActions.ts';
import { milestoneSchema } from '../../../shared/incidents/incident.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { milestoneNames } from '../../../shared/incidents/milestones.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { useLocalTime } from '../../client/useLocalTime.ts';
import { formatElapsed } from '../../ui/formatTime.ts';
import { InlineForm } from './InlineForm.tsx';
import styles from './MilestoneList.module.css';
import { startOf } from './sortIncidents.ts';
import { useAsk } from './useAsk.ts';

/**
 * The milestones T0 to T7 with their time, the time since awareness, and the person or system that reported each. Those
 * not reached stay empty.
 */
export function MilestoneList({ incident }: { incident: Incident }): ReactNode {
  const time = useLocalTime();
  const startMs = startOf(incident);
  return (
    <>
      <table className={styles['milestones']}>
        <tbody>
          {milestoneSchema.options.map((name) => {
            const reached = incident.milestones[name];
            return (
              <tr key={name} data-reached={reached !== undefined}>
                <th scope="row">
                  <b>{name}</b> {milestoneNames[name]}
                  {reached !== undefined && (
                    <small>
                      {reached.by}, {reached.source}
                    </small>
                  )}
                </th>
                <td>{reached === undefined ? '–' : time.clock(reached.atMs)}</td>
                <td>{reached === undefined || name === 'T1' ? '' : signed(reached.atMs - startMs)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {incident.milestones.T0 === undefined && allowedActions(incident).includes('milestone') && (
        <OccurredForm incident={incident} />
      )}
    </>
  );
}

/** Asks how long before first awareness the incident occurred, because people nearly always know it in this form. */
function OccurredForm({ incident }: { incident: Incident }): ReactNode {
  const ask = useAsk();
  const [isOpen, setIsOpen] = useState(false);
  if (!isOpen)
    return (
      <CommandButton command="incident.milestone" tone="quiet" onPress={() => setIsOpen(true)}>
        When did it occur? …
      </CommandButton>
    );
  return (
    <InlineForm
      command="incident.milestone"
      fields={[{ name: 'minutes', label: 'Minutes before first awareness (T1)', maxLength: 4 }]}
      submit="Set T0"
      onSend={({ minutes }) =>
        ask('incident.milestone', {
          incidentId: incident.id,
          milestone: 'T0',
          atMs: startOf(incident) - Number(minutes) * MINUTE_MS,
        })
      }
      onClose={() => setIsOpen(false)}
    />
  );
}

const MINUTE_MS = 60_000;
const signed = (ms: number): string => `${ms < 0 ? '−' : '+'}${formatElapsed(Math.abs(ms))}`;
