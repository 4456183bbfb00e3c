import type { ReactNode } from 'react';
import type { DeskPeer } from '../../../shared/desk/deskState.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { DraftInput } from '../../client/DraftInput.tsx';
import { useClient } from '../../client/hooks.ts';
import { draftKey, useDraft } from '../../client/useDraft.ts';
import { Button } from '../../ui/Button.tsx';
import styles from '../../ui/dialogs.module.css';
import { ModalDialog } from '../../ui/ModalDialog.tsx';
import { useAttempt } from '../../ui/useAttempt.ts';

/** Excludes a workstation from the desk, with the reason. */
export function RevokeDialog({ peer, onClose }: { peer: DeskPeer; onClose: () => void }): ReactNode {
  const client = useClient();
  const draft = useDraft(draftKey('desk.revoke', peer.id), { reason: '' });
  const { reason } = draft.values;
  const { isBusy, fault, run } = useAttempt();
  const revoke = async (): Promise<void> => {
    if (!(await run(() => client.request('desk.revoke', { workstationId: peer.id, reason })))) return;
    draft.end();
    onClose();
  };
  return (
    <ModalDialog title={`Put out ${peer.name}`} width={440} onClose={onClose}>
      <div className={styles['form']}>
        <p className={styles['hint']}>
          Nothing that is written there from now on is taken by the others, and it cannot be let in again under this
          identity. What it wrote before stays.
        </p>
        <DraftInput label="Reason" draft={draft} name="reason" maxLength={500} autoFocus />
        <p className={styles['fault']} role="alert">
          {fault}
        </p>
        <footer className={styles['footer']}>
          <Button onPress={onClose}>Cancel</Button>
          <CommandButton
            command="desk.revoke"
            tone="strong"
            isDisabled={isBusy || reason.trim() === ''}
            onPress={() => void revoke()}
          >
            Put out
          </CommandButton>
        </footer>
      </div>
    </ModalDialog>
  );
}
