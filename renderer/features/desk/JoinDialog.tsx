import { useState } from 'react';
import type { ReactNode } from 'react';
import { Form } from 'react-aria-components';
import { CommandButton } from '../../client/CommandButton.tsx';
import { useClient } from '../../client/hooks.ts';
import { Button } from '../../ui/Button.tsx';
import styles from '../../ui/dialogs.module.css';
import { ModalDialog } from '../../ui/ModalDialog.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { useAttempt } from '../../ui/useAttempt.ts';

/** Takes the code of another desk and joins it. */
export function JoinDialog({ onClose }: { onClose: () => void }): ReactNode {
  const client = useClient();
  const [code, setCode] = useState('');
  const { isBusy, fault, run } = useAttempt();
  const join = async (): Promise<void> => {
    if (await run(() => client.request('desk.join', { code }))) onClose();
  };
  return (
    <ModalDialog title="Join a desk" width={440} onClose={onClose}>
      <Form
        className={styles['form'] ?? ''}
        onSubmit={(event) => {
          event.preventDefault();
          void join();
        }}
      >
        <p className={styles['hint']}>
          This workstation starts anew with the incidents, people and accounts of that desk. What was recorded here
          before is kept as a file and is not shared.
        </p>
        <TextInput
          label="Code"
          placeholder="XXXXX-XXXXX-XXXXX-XXXXX"
          value={code}
          onChange={setCode}
          maxLength={60}
          autoFocus
        />
        <p className={styles['fault']} role="alert">
          {fault}
        </p>
        <footer className={styles['footer']}>
          <Button onPress={onClose}>Cancel</Button>
          <CommandButton command="desk.join" type="submit" tone="strong" isDisabled={isBusy || code.trim() === ''}>
            Join
          </CommandButton>
        </footer>
      </Form>
    </ModalDialog>
  );
}
