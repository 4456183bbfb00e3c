import { KeyRound, Lock, LogOut, Settings, UserRound } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { MenuItem } from 'react-aria-components';
import { useConnection, useSeat } from '../../client/hooks.ts';
import fields from '../../ui/fields.module.css';
import { useTell } from '../../ui/Toasts.tsx';
import { ToolbarButton } from '../../ui/ToolbarButton.tsx';
import { ToolbarMenu } from '../../ui/ToolbarMenu.tsx';
import { ChangePasswordDialog } from './ChangePasswordDialog.tsx';
import styles from './PersonMenu.module.css';
import { roleLabel } from './roleLabels.ts';

const item = `${fields['option'] ?? ''} ${styles['item'] ?? ''}`;

/** Shows the person at this screen, with the commands to lock it, sign out and change settings and the password. */
export function PersonMenu({ onSettings }: { onSettings: () => void }): ReactNode {
  const { person } = useConnection();
  const seat = useSeat();
  const tell = useTell();
  const [isChanging, setIsChanging] = useState(false);
  if (person === undefined) return null;
  const leave = (reason: 'locked' | 'signedOut'): void =>
    void seat.leave(reason).catch((error: unknown) => tell(error instanceof Error ? error.message : String(error)));
  return (
    <>
      <ToolbarMenu
        label="Person"
        offsetPx={4}
        button={
          <ToolbarButton className={styles['person']} aria-label={`${person.name}, ${roleLabel(person.role)}`}>
            <UserRound size={16} aria-hidden />
            <b>{person.name}</b> {person.name !== roleLabel(person.role) && <span>{roleLabel(person.role)}</span>}
          </ToolbarButton>
        }
      >
        <MenuItem className={item} onAction={() => leave('locked')} textValue="Lock or change person">
          <Lock size={16} aria-hidden />
          Lock or change person
          <kbd>Ctrl Shift L</kbd>
        </MenuItem>
        <MenuItem className={item} onAction={onSettings} textValue="Settings">
          <Settings size={16} aria-hidden />
          Settings …
        </MenuItem>
        <MenuItem className={item} onAction={() => setIsChanging(true)} textValue="Change my password">
          <KeyRound size={16} aria-hidden />
          Change my password …
        </MenuItem>
        <MenuItem className={item} onAction={() => leave('signedOut')} textValue="Sign out">
          <LogOut size={16} aria-hidden />
          Sign out
        </MenuItem>
      </ToolbarMenu>
      {isChanging && <ChangePasswordDialog name={person.name} onClose={() => setIsChanging(false)} />}
    </>
  );
}
