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

/** Gives a workstation the name that all workstations of the desk show. */
export function RenameDialog({ peer, onClose }: { peer: DeskPeer; onClose: () => void }): ReactNode {
  const client = useClient();
  const draft = useDraft(draftKey('desk.rename', peer.id), { name: peer.name });
  const name = draft.values.name.trim();
  const { isBusy, fault, run } = useAttempt();
  const rename = async (): Promise<void> => {
    if (!(await run(() => client.request('desk.rename', { workstationId: peer.id, name })))) return;
    draft.end();
    onClose();
  };
  return (
    <ModalDialog title={`Rename ${peer.name}`} width={440} onClose={onClose}>
      <div className={styles['form']}>
        <p className={styles['hint']}>All workstations of the desk show this name. Its identity stays as it is.</p>
        <DraftInput label="Name" draft={draft} name="name" maxLength={100} autoFocus />
        <p className={styles['fault']} role="alert">
          {fault}
        </p>
        <footer className={styles['footer']}>
          <Button onPress={onClose}>Cancel</Button>
          <CommandButton
            command="desk.rename"
            tone="strong"
            isDisabled={isBusy || name === ''}
            onPress={() => void rename()}
          >
            Rename
          </CommandButton>
        </footer>
      </div>
    </ModalDialog>
  );
}
