import { useState } from 'react';
import type { ReactNode } from 'react';
import { Form } from 'react-aria-components';
import type { Account } from '../../../shared/people/account.ts';
import { passwordFault } from '../../../shared/people/passwordFault.ts';
import type { Role } from '../../../shared/people/person.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { Button } from '../../ui/Button.tsx';
import styles from '../../ui/dialogs.module.css';
import { ModalDialog } from '../../ui/ModalDialog.tsx';
import { SelectInput } from '../../ui/SelectInput.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { useAttempt } from '../../ui/useAttempt.ts';
import { roleOptions } from './roleLabels.ts';
import type { Act } from './usePeopleList.ts';

type Props = { /** Undefined for a new one. */ account: Account | undefined; act: Act; onClose: () => void };

/** A new account with its first password, or another name and role for one that is there. */
export function AccountDialog({ account, act, onClose }: Props): ReactNode {
  const [name, setName] = useState(account?.name ?? '');
  const [role, setRole] = useState<Role>(account?.role ?? 'operator');
  const [password, setPassword] = useState('');
  const { isBusy, fault, run } = useAttempt();
  const wrong = account !== undefined || password === '' ? undefined : passwordFault(password, name);
  const save = async (): Promise<void> => {
    const work = async (): Promise<void> => {
      if (account === undefined) await act('people.create', { name, role, password });
      else
        await act('people.change', {
          accountId: account.id,
          ...(name !== account.name && { name }),
          ...(role !== account.role && { role }),
        });
    };
    if (await run(work)) onClose();
  };
  return (
    <ModalDialog title={account === undefined ? 'New account' : account.name} width={400} onClose={onClose}>
      <Form
        className={styles['form'] ?? ''}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextInput label="Name" value={name} onChange={setName} maxLength={100} autoComplete="off" autoFocus />
        <SelectInput label="Role" options={roleOptions} value={role} onChange={setRole} />
        {account === undefined && (
          <TextInput
            label="First password, at least ten characters"
            type="password"
            value={password}
            onChange={setPassword}
            autoComplete="new-password"
          />
        )}
        <p className={styles['fault']} role="alert">
          {fault ?? wrong}
        </p>
        <footer className={styles['footer']}>
          <Button onPress={onClose}>Cancel</Button>
          <CommandButton
            command={account === undefined ? 'people.create' : 'people.change'}
            type="submit"
            tone="strong"
            isDisabled={
              isBusy || name.trim() === '' || wrong !== undefined || (account === undefined && password === '')
            }
          >
            {account === undefined ? 'Make the account' : 'Save'}
          </CommandButton>
        </footer>
      </Form>
    </ModalDialog>
  );
}
