import { useState } from 'react';
import type { ReactNode } from 'react';
import { allowedActions } from '../../../shared/incidents/allowedActions.ts';
import { milestoneSchema } from '../../../shared/incidents/incident.ts';
import type { Incident, Milestone } from '../../../shared/incidents/incident.ts';
import { milestoneNames } from '../../../shared/incidents/milestones.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { draftKey, useOpenForm } from '../../client/useDraft.ts';
import { useLocalTime } from '../../client/useLocalTime.ts';
import { formatElapsed } from '../../ui/formatTime.ts';
import styles from './MilestoneList.module.css';
import { TimeForm, WithdrawForm } from './MilestoneForms.tsx';
import { startOf } from './sortIncidents.ts';

type MilestoneAction = 'enter' | 'withdraw';

/**
 * The milestones T0 to T7 with their time, the time since awareness, and the person or system that reported each. Those
 * not reached stay empty. Each can be entered, corrected and withdrawn as long as the incident is not closed.
 */
export function MilestoneList({ incident }: { incident: Incident }): ReactNode {
  const allowed = allowedActions(incident);
  return (
    <table className={styles['milestones']}>
      <tbody>
        {milestoneSchema.options.map((name) => (
          <MilestoneRow
            key={name}
            incident={incident}
            name={name}
            mayEnter={allowed.includes('milestone')}
            mayWithdraw={allowed.includes('withdrawMilestone')}
          />
        ))}
      </tbody>
    </table>
  );
}

type RowProps = { incident: Incident; name: Milestone; mayEnter: boolean; mayWithdraw: boolean };

function MilestoneRow({ incident, name, mayEnter, mayWithdraw }: RowProps): ReactNode {
  const reached = incident.milestones[name];
  const keys: Record<MilestoneAction, string> = {
    enter: draftKey('incident.milestone', incident.id, name),
    withdraw: draftKey('incident.withdrawMilestone', incident.id, name),
  };
  const [open, setOpen] = useOpenForm(keys);
  const close = (): void => setOpen(undefined);
  return (
    <>
      <tr data-reached={reached !== undefined}>
        <MilestoneCells incident={incident} name={name} />
        <td>
          {mayEnter && open === undefined && (
            <MilestoneButtons
              name={name}
              isReached={reached !== undefined}
              mayWithdraw={mayWithdraw}
              onOpen={setOpen}
            />
          )}
        </td>
      </tr>
      {open !== undefined && (
        <tr className={styles['form']}>
          <td colSpan={4}>
            {open === 'enter' ? (
              <TimeForm incident={incident} milestone={name} formKey={keys.enter} onClose={close} />
            ) : (
              <WithdrawForm incident={incident} milestone={name} formKey={keys.withdraw} onClose={close} />
            )}
          </td>
        </tr>
      )}
    </>
  );
}

function MilestoneCells({ incident, name }: Pick<RowProps, 'incident' | 'name'>): ReactNode {
  const time = useLocalTime();
  const reached = incident.milestones[name];
  return (
    <>
      <th scope="row">
        <b>{name}</b> {milestoneNames[name]}
        {reached !== undefined && (
          <small>
            {reached.by}, {reached.source}
          </small>
        )}
      </th>
      <td>{reached === undefined ? '–' : time.clock(reached.atMs)}</td>
      <td>{reached === undefined || name === 'T1' ? '' : signed(reached.atMs - startOf(incident))}</td>
    </>
  );
}

type ButtonsProps = {
  name: Milestone;
  isReached: boolean;
  mayWithdraw: boolean;
  onOpen: (action: MilestoneAction) => void;
};

/** Two small buttons; a time is withdrawn from the form in which it is corrected, so that the list stays narrow. */
function MilestoneButtons({ name, isReached, mayWithdraw, onOpen }: ButtonsProps): ReactNode {
  const [isAsked, setIsAsked] = useState(false);
  if (!isReached)
    return (
      <CommandButton
        command="incident.milestone"
        tone="quiet"
        aria-label={`Enter ${name}, ${milestoneNames[name]}`}
        onPress={() => onOpen('enter')}
      >
        Enter …
      </CommandButton>
    );
  if (!isAsked)
    return (
      <CommandButton
        command="incident.milestone"
        tone="quiet"
        aria-label={`Change ${name}, ${milestoneNames[name]}`}
        onPress={() => setIsAsked(true)}
      >
        Change …
      </CommandButton>
    );
  return (
    <div className={styles['buttons']}>
      <CommandButton command="incident.milestone" tone="quiet" autoFocus onPress={() => onOpen('enter')}>
        Correct
      </CommandButton>
      {mayWithdraw && (
        <CommandButton command="incident.withdrawMilestone" tone="quiet" onPress={() => onOpen('withdraw')}>
          Withdraw
        </CommandButton>
      )}
    </div>
  );
}

const signed = (ms: number): string => `${ms < 0 ? '−' : '+'}${formatElapsed(Math.abs(ms))}`;
