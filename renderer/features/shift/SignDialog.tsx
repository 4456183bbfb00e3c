import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Shift } from '../../../shared/shifts/shift.ts';
import { CommandDialog } from '../../client/CommandDialog.tsx';
import { useClient, useConnection } from '../../client/hooks.ts';
import { PasswordInput } from '../../ui/PasswordInput.tsx';
import { useAttempt } from '../../ui/useAttempt.ts';

/** Asks for the password again, because a signature cannot be taken back and must be that of the person it names. */
export function SignDialog({ shift, onClose }: { shift: Shift; onClose: () => void }): ReactNode {
  const client = useClient();
  const { person } = useConnection();
  const [password, setPassword] = useState('');
  const attempt = useAttempt();
  const sign = async (): Promise<void> => {
    if (await attempt.run(() => client.request('shift.sign', { shiftId: shift.id, password }))) onClose();
    else setPassword('');
  };
  return (
    <CommandDialog
      title={`Sign the report of shift ${shift.id}`}
      width={460}
      command="shift.sign"
      submit={attempt.isBusy ? 'Signing …' : 'Sign'}
      attempt={attempt}
      isMissing={password === ''}
      onSubmit={sign}
      onClose={onClose}
    >
      <p>
        The report is kept as it is now, with its{' '}
        {shift.comments.length === 1 ? 'comment' : `${shift.comments.length} comments`} and the ends of the log. Nothing
        in it can be changed afterwards, and the signature is not taken back.
      </p>
      <PasswordInput label={`Password of ${person?.name ?? 'nobody'}`} value={password} onChange={setPassword} />
    </CommandDialog>
  );
}
