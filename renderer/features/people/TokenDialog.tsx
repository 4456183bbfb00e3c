import { useState } from 'react';
import type { ReactNode } from 'react';
import { CheckboxButton, CheckboxField } from 'react-aria-components';
import { DraftInput } from '../../client/DraftInput.tsx';
import { draftKey, useDraft } from '../../client/useDraft.ts';
import { CommandDialog } from '../../client/CommandDialog.tsx';
import { Button } from '../../ui/Button.tsx';
import { CheckMark } from '../../ui/CheckMark.tsx';
import styles from '../../ui/dialogs.module.css';
import { ModalDialog } from '../../ui/ModalDialog.tsx';
import { useAttempt } from '../../ui/useAttempt.ts';
import type { Act } from './usePeopleList.ts';

/** Issues a token and shows it; the token can be seen only here. */
export function TokenDialog({ act, onClose }: { act: Act; onClose: () => void }): ReactNode {
  const draft = useDraft(draftKey('token.issue'), { label: '' });
  const { label } = draft.values;
  const [isForWall, setIsForWall] = useState(false);
  const [token, setToken] = useState<string>();
  const attempt = useAttempt();
  const issue = (): Promise<boolean> =>
    attempt.run(async () => {
      setToken((await act('token.issue', { label, isForWall })).token);
      draft.end();
    });
  if (token !== undefined) return <Issued token={token} onClose={onClose} />;
  return (
    <CommandDialog
      title="A token for a display"
      width={440}
      command="token.issue"
      submit="Issue it"
      attempt={attempt}
      isMissing={label.trim() === ''}
      onSubmit={issue}
      onClose={onClose}
    >
      <DraftInput
        label="Where the display is"
        placeholder="North wall"
        draft={draft}
        name="label"
        maxLength={100}
        autoFocus
      />
      <CheckboxField isSelected={isForWall} onChange={setIsForWall}>
        <CheckboxButton className={styles['check'] ?? ''}>
          <CheckMark />
          Also for the displays that Beacon opens at this workstation
        </CheckboxButton>
      </CheckboxField>
    </CommandDialog>
  );
}

function Issued({ token, onClose }: { token: string; onClose: () => void }): ReactNode {
  const address = `${window.location.origin.startsWith('http') ? window.location.origin : ''}/#/wall?token=${token}`;
  return (
    <ModalDialog title="The token, told once" width={440} onClose={onClose}>
      <div className={styles['form']}>
        <p className={styles['hint']}>
          Open this address on the display. Whoever has it sees the county until the token is revoked.
        </p>
        <code className={styles['secret']}>{address}</code>
        <footer className={styles['footer']}>
          <Button onPress={() => void navigator.clipboard.writeText(address)}>Copy</Button>
          <Button tone="strong" onPress={onClose}>
            Done
          </Button>
        </footer>
      </div>
    </ModalDialog>
  );
}
