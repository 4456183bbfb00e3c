import type { ReactNode } from 'react';
import type { DeskPeer } from '../../../shared/desk/deskState.ts';
import { CommandDialog } from '../../client/CommandDialog.tsx';
import { DraftInput } from '../../client/DraftInput.tsx';
import { useClient } from '../../client/hooks.ts';
import { draftKey, useDraft } from '../../client/useDraft.ts';
import styles from '../../ui/dialogs.module.css';
import { useAttempt } from '../../ui/useAttempt.ts';

/** Excludes a workstation from the desk, with the reason. */
export function RevokeDialog({ peer, onClose }: { peer: DeskPeer; onClose: () => void }): ReactNode {
  const client = useClient();
  const draft = useDraft(draftKey('desk.revoke', peer.id), { reason: '' });
  const { reason } = draft.values;
  const attempt = useAttempt();
  const revoke = async (): Promise<void> => {
    if (!(await attempt.run(() => client.request('desk.revoke', { workstationId: peer.id, reason })))) return;
    draft.end();
    onClose();
  };
  return (
    <CommandDialog
      title={`Put out ${peer.name}`}
      width={440}
      command="desk.revoke"
      submit="Put out"
      attempt={attempt}
      isMissing={reason.trim() === ''}
      onSubmit={revoke}
      onClose={onClose}
    >
      <p className={styles['hint']}>
        Nothing that is written there from now on is taken by the others, and it cannot be let in again under this
        identity. What it wrote before stays.
      </p>
      <DraftInput label="Reason" draft={draft} name="reason" maxLength={500} autoFocus />
    </CommandDialog>
  );
}
