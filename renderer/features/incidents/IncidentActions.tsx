import type { ReactNode } from 'react';
import { Form } from 'react-aria-components';
import type { RequestName } from '../../../shared/contract/contract.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { needsReopenReason } from '../../../shared/incidents/reopenWindow.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { DraftInput } from '../../client/DraftInput.tsx';
import { useNow } from '../../client/hooks.ts';
import { useCommand } from '../../client/useCommand.ts';
import { draftKey, useDraft, useOpenForm } from '../../client/useDraft.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './IncidentActions.module.css';
import { nextSteps, stepLabels } from './nextSteps.ts';
import type { Step } from './nextSteps.ts';
import { ResolveForm } from './ResolveForm.tsx';

/**
 * The actions that are allowed now; the likeliest next step stands out. Resolving and reopening ask for a reason first.
 */
export function IncidentActions({ incident }: { incident: Incident }): ReactNode {
  const keys = { resolve: draftKey('incident.resolve', incident.id), reopen: draftKey('incident.reopen', incident.id) };
  const [asking, setAsking] = useOpenForm(keys);
  const takeStep = useTakeStep(incident.id);
  const close = (): void => setAsking(undefined);
  if (asking === 'resolve') return <ResolveForm incident={incident} formKey={keys.resolve} onClose={close} />;
  if (asking === 'reopen') return <ReopenForm incident={incident} formKey={keys.reopen} onClose={close} />;
  return (
    <div className={styles['actions']}>
      {nextSteps(incident).map((step, index) => (
        <CommandButton
          key={step}
          command={commandOf(step, incident)}
          tone={index === 0 ? 'strong' : 'plain'}
          onPress={() => (step === 'resolve' || step === 'reopen' ? setAsking(step) : takeStep(step))}
        >
          {stepLabels[step]}
        </CommandButton>
      ))}
    </div>
  );
}

/** The command of a step. Only a person who may close an incident may reopen a closed one. */
function commandOf(step: Step, { review }: Incident): RequestName {
  if (step === 'reopen') return review === undefined ? 'incident.reopen' : 'incident.review';
  return step === 'acknowledge' || step === 'resolve' ? `incident.${step}` : 'incident.milestone';
}

function useTakeStep(incidentId: string): (step: Exclude<Step, 'resolve' | 'reopen'>) => void {
  const run = useCommand();
  return (step) => {
    switch (step) {
      case 'acknowledge':
        return void run('incident.acknowledge', { incidentId });
      case 'T2':
      case 'T4':
      case 'T5':
      case 'T6':
      case 'T7':
        return void run('incident.milestone', { incidentId, milestone: step });
      default:
        return step satisfies never;
    }
  };
}

type FormProps = { incident: Incident; formKey: string; onClose: () => void };

function ReopenForm({ incident, formKey, onClose }: FormProps): ReactNode {
  const run = useCommand();
  const nowMs = useNow(1000) ?? 0;
  const mayBeEmpty = incident.review === undefined && !needsReopenReason(incident, nowMs);
  const draft = useDraft(formKey, { reason: '' });
  const reason = draft.values.reason.trim();
  const isMissing = reason === '' && !mayBeEmpty;
  const end = (): void => {
    draft.end();
    onClose();
  };
  const send = async (): Promise<void> => {
    if ((await run('incident.reopen', { incidentId: incident.id, reason })) !== undefined) end();
  };
  return (
    <Form
      className={styles['form'] ?? ''}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isMissing) void send();
      }}
    >
      <DraftInput
        label={mayBeEmpty ? 'Why is it reopened? (need not be said so soon)' : 'Why is it reopened?'}
        draft={draft}
        name="reason"
        maxLength={1000}
        autoFocus
      />
      <div className={styles['buttons']}>
        <CommandButton command={commandOf('reopen', incident)} type="submit" tone="strong" isDisabled={isMissing}>
          {stepLabels.reopen}
        </CommandButton>
        <Button onPress={end}>Cancel</Button>
      </div>
    </Form>
  );
}
