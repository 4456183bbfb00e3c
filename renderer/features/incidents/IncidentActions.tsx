import { useState } from 'react';
import type { ReactNode } from 'react';
import { Form } from 'react-aria-components';
import type { RequestName } from '../../../shared/contract/contract.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { needsReopenReason } from '../../../shared/incidents/reopenWindow.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { useNow } from '../../client/hooks.ts';
import { useCommand } from '../../client/useCommand.ts';
import { Button } from '../../ui/Button.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import styles from './IncidentActions.module.css';
import { nextSteps, stepLabels } from './nextSteps.ts';
import type { Step } from './nextSteps.ts';

/**
 * The actions that are allowed now; the likeliest next step stands out. Resolving and reopening ask for a reason first.
 */
export function IncidentActions({ incident }: { incident: Incident }): ReactNode {
  const [asking, setAsking] = useState<'resolve' | 'reopen'>();
  const takeStep = useTakeStep(incident.id);
  if (asking !== undefined) return <ReasonForm incident={incident} step={asking} onDone={() => setAsking(undefined)} />;
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

const outcomes = ['Handled', 'False alarm', 'Handed over', 'Nothing found'];

function reasonLabel(step: 'resolve' | 'reopen', mayBeEmpty: boolean): string {
  if (step === 'resolve') return 'Outcome';
  return mayBeEmpty ? 'Why is it reopened? (need not be said so soon)' : 'Why is it reopened?';
}

function ReasonForm({
  incident,
  step,
  onDone,
}: {
  incident: Incident;
  step: 'resolve' | 'reopen';
  onDone: () => void;
}): ReactNode {
  const run = useCommand();
  const incidentId = incident.id;
  const nowMs = useNow(1000) ?? 0;
  const mayBeEmpty = step === 'reopen' && incident.review === undefined && !needsReopenReason(incident, nowMs);
  const [text, setText] = useState(step === 'resolve' ? (outcomes[0] ?? '') : '');
  const isMissing = text.trim() === '' && !mayBeEmpty;
  const send = async (): Promise<void> => {
    const words = text.trim();
    const answer =
      step === 'resolve'
        ? await run('incident.resolve', { incidentId, outcome: words })
        : await run('incident.reopen', { incidentId, reason: words });
    if (answer !== undefined) onDone();
  };
  return (
    <Form
      className={styles['form'] ?? ''}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isMissing) void send();
      }}
    >
      <TextInput label={reasonLabel(step, mayBeEmpty)} value={text} onChange={setText} maxLength={1000} autoFocus />
      {step === 'resolve' && <Outcomes onChoose={setText} />}
      <div className={styles['buttons']}>
        <CommandButton command={commandOf(step, incident)} type="submit" tone="strong" isDisabled={isMissing}>
          {stepLabels[step]}
        </CommandButton>
        <Button onPress={onDone}>Cancel</Button>
      </div>
    </Form>
  );
}

/** Offers the common outcomes. */
function Outcomes({ onChoose }: { onChoose: (outcome: string) => void }): ReactNode {
  return (
    <div className={styles['chips']}>
      {outcomes.map((outcome) => (
        <Button key={outcome} tone="quiet" onPress={() => onChoose(outcome)}>
          {outcome}
        </Button>
      ))}
    </div>
  );
}
