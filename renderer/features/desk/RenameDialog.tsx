import type { ReactNode } from 'react';
import type { DeskPeer } from '../../../shared/desk/deskState.ts';
import { CommandDialog } from '../../client/CommandDialog.tsx';
import { DraftInput } from '../../client/DraftInput.tsx';
import { useClient } from '../../client/hooks.ts';
import { draftKey, useDraft } from '../../client/useDraft.ts';
import styles from '../../ui/dialogs.module.css';
import { useAttempt } from '../../ui/useAttempt.ts';

/** Gives a workstation the name that all workstations of the desk show. */
export function RenameDialog({ peer, onClose }: { peer: DeskPeer; onClose: () => void }): ReactNode {
  const client = useClient();
  const draft = useDraft(draftKey('desk.rename', peer.id), { name: peer.name });
  const name = draft.values.name.trim();
  const attempt = useAttempt();
  const rename = async (): Promise<void> => {
    if (!(await attempt.run(() => client.request('desk.rename', { workstationId: peer.id, name })))) return;
    draft.end();
    onClose();
  };
  return (
    <CommandDialog
      title={`Rename ${peer.name}`}
      width={440}
      command="desk.rename"
      submit="Rename"
      attempt={attempt}
      isMissing={name === ''}
      onSubmit={rename}
      onClose={onClose}
    >
      <p className={styles['hint']}>All workstations of the desk show this name. Its identity stays as it is.</p>
      <DraftInput label="Name" draft={draft} name="name" maxLength={100} autoFocus />
    </CommandDialog>
  );
}
