import type { ReactNode } from 'react';
import type { ServiceRequest } from '../../../shared/citizens/serviceRequest.ts';
import { CommandDialog } from '../../client/CommandDialog.tsx';
import { DraftInput } from '../../client/DraftInput.tsx';
import { useClient } from '../../client/hooks.ts';
import { draftKey, useDraft } from '../../client/useDraft.ts';
import styles from '../../ui/dialogs.module.css';
import { useAttempt } from '../../ui/useAttempt.ts';

/** Shows what a citizen wrote, so that a person removes what is not for everybody, and publishes the rest. */
export function ReleaseDialog({ request, onClose }: { request: ServiceRequest; onClose: () => void }): ReactNode {
  const client = useClient();
  const { number } = request;
  const draft = useDraft(draftKey('serviceRequest.release', number), { text: request.releasedText ?? request.text });
  const text = draft.values.text.trim();
  const attempt = useAttempt();
  const send = async (): Promise<void> => {
    if (!(await attempt.run(() => client.request('serviceRequest.release', { number, text })))) return;
    draft.end();
    onClose();
  };
  return (
    <CommandDialog
      title={`Publish the words of ${number}`}
      width={480}
      command="serviceRequest.release"
      submit="Publish"
      attempt={attempt}
      isMissing={text === ''}
      onSubmit={send}
      onClose={onClose}
    >
      <p className={styles['hint']}>Remove names, telephone numbers and everything that says where a person lives.</p>
      <DraftInput label="Words for everybody" draft={draft} name="text" isMultiline maxLength={4000} autoFocus />
    </CommandDialog>
  );
}
