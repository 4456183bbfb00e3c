import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Account } from '../../../shared/people/account.ts';
import { passwordFault } from '../../../shared/people/passwordFault.ts';
import type { Role } from '../../../shared/people/person.ts';
import { DraftInput } from '../../client/DraftInput.tsx';
import { draftKey, useDraft } from '../../client/useDraft.ts';
import { CommandDialog } from '../../client/CommandDialog.tsx';
import { SelectInput } from '../../ui/SelectInput.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { useAttempt } from '../../ui/useAttempt.ts';
import { roleOptions } from './roleLabels.ts';
import type { Act } from './usePeopleList.ts';

type Props = { /** Undefined for a new account. */ account: Account | undefined; act: Act; onClose: () => void };

/** Asks for a new account with its first password, or for another name and role of an existing one. */
export function AccountDialog({ account, act, onClose }: Props): ReactNode {
  const draft = useDraft(draftKey('people.account', account?.id ?? 'new'), { name: account?.name ?? '' });
  const { name } = draft.values;
  const [role, setRole] = useState<Role>(account?.role ?? 'operator');
  const [password, setPassword] = useState('');
  const attempt = useAttempt();
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
    if (!(await attempt.run(work))) return;
    draft.end();
    onClose();
  };
  return (
    <CommandDialog
      title={account === undefined ? 'New account' : account.name}
      width={400}
      command={account === undefined ? 'people.create' : 'people.change'}
      submit={account === undefined ? 'Make the account' : 'Save'}
      attempt={attempt}
      isMissing={name.trim() === '' || (account === undefined && password === '')}
      wrong={wrong}
      onSubmit={save}
      onClose={onClose}
    >
      <DraftInput label="Name" draft={draft} name="name" maxLength={100} autoComplete="off" autoFocus />
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
    </CommandDialog>
  );
}
