import { Form } from 'react-aria-components';
import type { ReactNode } from 'react';
import type { RequestName } from '../../shared/contract/contract.ts';
import { Button } from '../ui/Button.tsx';
import styles from '../ui/dialogs.module.css';
import { ModalDialog } from '../ui/ModalDialog.tsx';
import type { Attempt } from '../ui/useAttempt.ts';
import { CommandButton } from './CommandButton.tsx';

type Props = {
  title: string;
  width: number;
  command: RequestName;
  /** The word on the button that sends the command. */
  submit: string;
  attempt: Attempt;
  /** True while something that the command needs is missing. */
  isMissing: boolean;
  /** What is wrong with the contents of the fields, in a sentence. */
  wrong?: string | undefined;
  onSubmit: () => Promise<unknown>;
  onClose: () => void;
  /** The fields. */
  children: ReactNode;
};

/** A dialog of fields that sends one command; when the command is refused, the reason is shown below the fields. */
export function CommandDialog({
  title,
  width,
  command,
  submit,
  attempt: { isBusy, fault },
  isMissing,
  wrong,
  onSubmit,
  onClose,
  children,
}: Props): ReactNode {
  return (
    <ModalDialog title={title} width={width} onClose={onClose}>
      <Form
        className={styles['form'] ?? ''}
        onSubmit={(event) => {
          event.preventDefault();
          void onSubmit();
        }}
      >
        {children}
        <p className={styles['fault']} role="alert">
          {fault ?? wrong}
        </p>
        <footer className={styles['footer']}>
          <Button onPress={onClose}>Cancel</Button>
          <CommandButton
            command={command}
            type="submit"
            tone="strong"
            isDisabled={isBusy || isMissing || wrong !== undefined}
          >
            {submit}
          </CommandButton>
        </footer>
      </Form>
    </ModalDialog>
  );
}
