import type { ReactNode } from 'react';
import { Form } from 'react-aria-components';
import { CommandButton } from '../../client/CommandButton.tsx';
import { DraftInput } from '../../client/DraftInput.tsx';
import { useDraft } from '../../client/useDraft.ts';
import { useCommand } from '../../client/useCommand.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './ProposalCard.module.css';
import { refusalReasons } from './proposalWords.ts';

type Props = { proposalId: string; formKey: string; onCancel: () => void };

/** Asks for the reason of a refusal: it is remembered, and shown if the same is proposed again. */
export function RefusalForm({ proposalId, formKey, onCancel }: Props): ReactNode {
  const run = useCommand();
  const draft = useDraft(formKey, { reason: '' });
  const { reason } = draft.values;
  const refuse = async (): Promise<void> => {
    if ((await run('proposal.refuse', { proposalId, reason: reason.trim() })) !== undefined) draft.end();
  };
  return (
    <Form
      className={styles['form'] ?? ''}
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() !== '') void refuse();
      }}
    >
      <DraftInput label="Why are they not one?" draft={draft} name="reason" maxLength={1000} autoFocus />
      <div className={styles['buttons']}>
        {refusalReasons.map((words) => (
          <Button key={words} tone="quiet" onPress={() => draft.set('reason', words)}>
            {words}
          </Button>
        ))}
      </div>
      <div className={styles['buttons']}>
        <CommandButton command="proposal.refuse" type="submit" tone="strong" isDisabled={reason.trim() === ''}>
          Say no
        </CommandButton>
        <Button
          onPress={() => {
            draft.end();
            onCancel();
          }}
        >
          Cancel
        </Button>
      </div>
    </Form>
  );
}
