import { useState } from 'react';
import type { ReactNode } from 'react';
import { Form } from 'react-aria-components';
import { CommandButton } from '../../client/CommandButton.tsx';
import { useCommand } from '../../client/useCommand.ts';
import { Button } from '../../ui/Button.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import styles from './ProposalCard.module.css';
import { refusalReasons } from './proposalWords.ts';

/** Asks for the reason of a refusal: it is remembered, and shown if the same is proposed again. */
export function RefusalForm({ proposalId, onCancel }: { proposalId: string; onCancel: () => void }): ReactNode {
  const run = useCommand();
  const [reason, setReason] = useState('');
  return (
    <Form
      className={styles['form'] ?? ''}
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() !== '') void run('proposal.refuse', { proposalId, reason: reason.trim() });
      }}
    >
      <TextInput label="Why are they not one?" value={reason} onChange={setReason} maxLength={1000} autoFocus />
      <div className={styles['buttons']}>
        {refusalReasons.map((words) => (
          <Button key={words} tone="quiet" onPress={() => setReason(words)}>
            {words}
          </Button>
        ))}
      </div>
      <div className={styles['buttons']}>
        <CommandButton command="proposal.refuse" type="submit" tone="strong" isDisabled={reason.trim() === ''}>
          Say no
        </CommandButton>
        <Button onPress={onCancel}>Cancel</Button>
      </div>
    </Form>
  );
}
