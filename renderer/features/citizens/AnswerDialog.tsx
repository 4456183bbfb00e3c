import { useState } from 'react';
import type { ReactNode } from 'react';
import { readRequestNumber } from '../../../shared/citizens/serviceRequest.ts';
import type { ServiceRequest } from '../../../shared/citizens/serviceRequest.ts';
import { CommandDialog } from '../../client/CommandDialog.tsx';
import { DraftInput } from '../../client/DraftInput.tsx';
import { useClient } from '../../client/hooks.ts';
import { draftKey, useDraft } from '../../client/useDraft.ts';
import styles from '../../ui/dialogs.module.css';
import { SelectInput } from '../../ui/SelectInput.tsx';
import { useAttempt } from '../../ui/useAttempt.ts';
import { answerOptions } from './requestWords.ts';

/** Asks for the new state of a request and for the reason, which the citizen reads. */
export function AnswerDialog({ request, onClose }: { request: ServiceRequest; onClose: () => void }): ReactNode {
  const client = useClient();
  const { number } = request;
  const draft = useDraft(draftKey('serviceRequest.answer', number), { reason: '', into: '' });
  const { reason, into } = draft.values;
  const [state, setState] = useState<(typeof answerOptions)[number]['id']>('accepted');
  const attempt = useAttempt();
  const isMerged = state === 'merged';
  const other = isMerged ? readRequestNumber(into) : undefined;
  const send = async (): Promise<void> => {
    const input = { number, state, reason: reason.trim(), ...(other !== undefined && { into: other }) };
    if (!(await attempt.run(() => client.request('serviceRequest.answer', input)))) return;
    draft.end();
    onClose();
  };
  return (
    <CommandDialog
      title={`Answer ${number}`}
      width={480}
      command="serviceRequest.answer"
      submit="Send the answer"
      attempt={attempt}
      isMissing={reason.trim() === '' || (isMerged && into.trim() === '')}
      wrong={isMerged && into.trim() !== '' && other === undefined ? 'A number looks like 4K7QM-2F9XH.' : undefined}
      onSubmit={send}
      onClose={onClose}
    >
      <p className={styles['hint']}>{request.text}</p>
      <SelectInput label="State" options={answerOptions} value={state} onChange={setState} />
      {isMerged && (
        <DraftInput label="Number of the request that stands for it" draft={draft} name="into" maxLength={20} />
      )}
      <DraftInput
        label="Reason, as everybody can read it"
        draft={draft}
        name="reason"
        isMultiline
        maxLength={1000}
        autoFocus
      />
    </CommandDialog>
  );
}
