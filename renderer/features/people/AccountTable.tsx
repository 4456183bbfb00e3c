import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Account } from '../../../shared/people/account.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { useLocalTime } from '../../client/useLocalTime.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import styles from '../../ui/PageSection.module.css';
import { PageSection } from '../../ui/PageSection.tsx';
import { AccountDialog } from './AccountDialog.tsx';
import { PasswordDialog } from './PasswordDialog.tsx';
import { roleLabel } from './roleLabels.ts';
import type { Act } from './usePeopleList.ts';

type Opened = { kind: 'new' } | { kind: 'edit' | 'password' | 'revoke' | 'restore'; account: Account };

/** All accounts, the revoked ones last; they stay, because what these people did remains signed with their names. */
export function AccountTable({ accounts, act }: { accounts: readonly Account[]; act: Act }): ReactNode {
  const [opened, setOpened] = useState<Opened>();
  const close = (): void => setOpened(undefined);
  const sorted = accounts.toSorted((a, b) => Number(a.isRevoked) - Number(b.isRevoked) || a.name.localeCompare(b.name));
  return (
    <PageSection
      title="Accounts"
      action={
        <CommandButton command="people.create" onPress={() => setOpened({ kind: 'new' })}>
          New account …
        </CommandButton>
      }
    >
      <table className={styles['table']}>
        <thead>
          <tr>
            <th>Name</th>
            <th>Role</th>
            <th>State</th>
            <th>Last sign-in</th>
            <th>
              <span className={styles['spoken']}>What to do</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((account) => (
            <AccountRow
              key={account.id}
              account={account}
              onOpen={(kind) => setOpened({ kind, account })}
              onLift={() => void act('people.liftLock', { accountId: account.id })}
            />
          ))}
        </tbody>
      </table>
      {opened !== undefined && <Dialogs opened={opened} act={act} onClose={close} />}
    </PageSection>
  );
}

type RowProps = {
  account: Account;
  onOpen: (kind: 'edit' | 'password' | 'revoke' | 'restore') => void;
  onLift: () => void;
};

function AccountRow({ account, onOpen, onLift }: RowProps): ReactNode {
  const time = useLocalTime();
  const { name, role, isRevoked, lockedUntilMs, signedInAtMs, conflicts } = account;
  return (
    <tr data-quiet={isRevoked}>
      <th scope="row">{name}</th>
      <td>{roleLabel(role)}</td>
      <td>
        {stateOf(account, time.short)}
        {conflicts.map(({ field, kept, lost, lostBy }) => (
          <small key={field + lost}>
            Two administrators set the {field} at once: {kept} stands, not {lost} ({lostBy}).
          </small>
        ))}
      </td>
      <td>{signedInAtMs === undefined ? 'never' : time.yearTime(signedInAtMs)}</td>
      <td className={styles['actions']}>
        {lockedUntilMs !== undefined && (
          <CommandButton command="people.liftLock" onPress={onLift}>
            Lift the lock
          </CommandButton>
        )}
        {isRevoked ? (
          <CommandButton command="people.restore" tone="quiet" onPress={() => onOpen('restore')}>
            Restore …
          </CommandButton>
        ) : (
          <>
            <CommandButton command="people.change" tone="quiet" onPress={() => onOpen('edit')}>
              Name and role …
            </CommandButton>
            <CommandButton command="people.setPassword" tone="quiet" onPress={() => onOpen('password')}>
              Password …
            </CommandButton>
            <CommandButton command="people.revoke" tone="quiet" onPress={() => onOpen('revoke')}>
              Revoke …
            </CommandButton>
          </>
        )}
      </td>
    </tr>
  );
}

function stateOf({ isRevoked, lockedUntilMs, isDemonstration }: Account, clock: (atMs: number) => string): string {
  if (isRevoked) return 'Revoked';
  if (lockedUntilMs !== undefined) return `Locked until ${clock(lockedUntilMs)}`;
  return isDemonstration ? 'Demonstration' : 'In use';
}

function Dialogs({ opened, act, onClose }: { opened: Opened; act: Act; onClose: () => void }): ReactNode {
  switch (opened.kind) {
    case 'new':
      return <AccountDialog account={undefined} act={act} onClose={onClose} />;
    case 'edit':
      return <AccountDialog account={opened.account} act={act} onClose={onClose} />;
    case 'password':
      return <PasswordDialog account={opened.account} act={act} onClose={onClose} />;
    case 'revoke':
      return (
        <ConfirmDialog
          title={`Revoke ${opened.account.name}`}
          word="Revoke"
          run={() => act('people.revoke', { accountId: opened.account.id })}
          onClose={onClose}
        >
          {opened.account.name} is signed out at every screen at once and cannot come in any more. What was done stays
          in the record. The account can be restored.
        </ConfirmDialog>
      );
    case 'restore':
      return (
        <ConfirmDialog
          title={`Restore ${opened.account.name}`}
          word="Restore"
          run={() => act('people.restore', { accountId: opened.account.id })}
          onClose={onClose}
        >
          {opened.account.name} can come in again with the password of before, as {opened.account.role}.
        </ConfirmDialog>
      );
  }
}
