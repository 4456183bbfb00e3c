import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Shift } from '../../../shared/shifts/shift.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { useConnection } from '../../client/hooks.ts';
import { useCommand } from '../../client/useCommand.ts';
import { Button } from '../../ui/Button.tsx';
import { ModalDialog } from '../../ui/ModalDialog.tsx';
import styles from './shift.module.css';

/** Asks for confirmation, because a signature cannot be taken back. */
export function SignDialog({ shift, onClose }: { shift: Shift; onClose: () => void }): ReactNode {
  const run = useCommand();
  const { person } = useConnection();
  const [isBusy, setBusy] = useState(false);
  const sign = async (): Promise<void> => {
    setBusy(true);
    await run('shift.sign', { shiftId: shift.id });
    onClose();
  };
  return (
    <ModalDialog title={`Sign the report of shift ${shift.id}`} width={460} onClose={onClose}>
      <div className={styles['sign']}>
        <p>
          The report is kept as it is now, with its{' '}
          {shift.comments.length === 1 ? 'comment' : `${shift.comments.length} comments`} and the ends of the log.
          Nothing in it can be changed afterwards, and the signature is not taken back.
        </p>
        <p>Signed by {person?.name ?? 'nobody'}.</p>
        <div className={styles['buttons']}>
          <Button onPress={onClose}>Not now</Button>
          <CommandButton command="shift.sign" tone="strong" isDisabled={isBusy} onPress={() => void sign()}>
            {isBusy ? 'Signing …' : 'Sign'}
          </CommandButton>
        </div>
      </div>
    </ModalDialog>
  );
}
