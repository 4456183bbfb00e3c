import type { ReactNode } from 'react';
import { precisionMsOf } from '../../../shared/base/typedTime.ts';
import type { Incident, Milestone } from '../../../shared/incidents/incident.ts';
import { fittingTime, milestoneConflict, milestoneNames } from '../../../shared/incidents/milestones.ts';
import { useClient } from '../../client/hooks.ts';
import { useTypedTime } from '../../client/useTypedTime.ts';
import { InlineForm } from './InlineForm.tsx';
import { ifGiven, useAsk } from './useAsk.ts';

type Props = { incident: Incident; milestone: Milestone; formKey: string; onClose: () => void };

const NOW_MS = 2000;

/** Asks for the time of a milestone by the county's clock, and for a reason where one is known already. */
export function TimeForm({ incident, milestone, formKey, onClose }: Props): ReactNode {
  const ask = useAsk();
  const client = useClient();
  const typed = useTypedTime();
  const known = incident.milestones[milestone];
  const { [milestone]: _itself, ...others } = incident.milestones;
  const read = (text: string): { atMs: number } | { fault: string } => {
    const past = typed.past(text);
    if ('fault' in past) return past;
    const atMs = fittingTime(others, milestone, past.atMs, precisionMsOf(text));
    const fault = milestoneConflict(others, milestone, atMs);
    return fault === undefined ? { atMs } : { fault };
  };
  return (
    <InlineForm
      command="incident.milestone"
      formKey={formKey}
      fields={[
        {
          name: 'time',
          label: `${milestoneNames[milestone]} at`,
          placeholder: '14:03, or 5 min ago',
          maxLength: 40,
          value: known === undefined ? '' : typed.write(known.atMs),
        },
        ...(known === undefined ? [] : [{ name: 'reason', label: 'Why is it corrected?' }]),
      ]}
      submit={known === undefined ? `Enter ${milestone}` : `Correct ${milestone}`}
      faultOf={({ time = '' }) => {
        const found = read(time);
        return 'fault' in found ? found.fault : undefined;
      }}
      onSend={({ time = '', reason }) => {
        const found = read(time);
        if ('fault' in found) return Promise.resolve(false);
        const given = { incidentId: incident.id, milestone, ...ifGiven('reason', reason) };
        // What happens just now has the engine's time, which this screen knows only nearly.
        const isNow = (client.nowMs() ?? 0) - found.atMs < NOW_MS;
        return ask('incident.milestone', isNow ? given : { ...given, atMs: found.atMs });
      }}
      onClose={onClose}
    />
  );
}

/** Asks why a time was wrong; it is unknown again afterwards. */
export function WithdrawForm({ incident, milestone, formKey, onClose }: Props): ReactNode {
  const ask = useAsk();
  return (
    <InlineForm
      command="incident.withdrawMilestone"
      formKey={formKey}
      fields={[{ name: 'reason', label: 'Why is it withdrawn?' }]}
      submit={`Withdraw ${milestone}`}
      onSend={({ reason = '' }) => ask('incident.withdrawMilestone', { incidentId: incident.id, milestone, reason })}
      onClose={onClose}
    />
  );
}
