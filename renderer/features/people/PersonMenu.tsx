import { KeyRound, Lock, LogOut, Scale, Settings, UserRound } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { MenuItem } from 'react-aria-components';
import { useConnection, useLive, useSeat } from '../../client/hooks.ts';
import fields from '../../ui/fields.module.css';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { useTell } from '../../ui/Toasts.tsx';
import { ToolbarButton } from '../../ui/ToolbarButton.tsx';
import { ToolbarMenu } from '../../ui/ToolbarMenu.tsx';
import { ChangePasswordDialog } from './ChangePasswordDialog.tsx';
import styles from './PersonMenu.module.css';
import { roleLabel } from './roleLabels.ts';

const item = `${fields['option'] ?? ''} ${styles['item'] ?? ''}`;

/** What a sign-out removes, in a sentence; undefined where there is nothing. */
function unsentWords(own: number, others: number): string | undefined {
  if (own + others === 0) return undefined;
  const texts = (count: number): string => `${count} ${count === 1 ? 'text' : 'texts'}`;
  if (others === 0) return `${texts(own)} of yours ${own === 1 ? 'is' : 'are'} not sent.`;
  const theirs = `${texts(others)} of somebody who locked this screen`;
  return own === 0
    ? `${theirs} ${others === 1 ? 'is' : 'are'} not sent.`
    : `${texts(own)} of yours and ${theirs} are not sent.`;
}

type Props = { onSettings: () => void; onShowThirdParty: () => void };

/** Shows the person at this screen, with the commands to lock it, sign out and change settings and the password. */
export function PersonMenu({ onSettings, onShowThirdParty }: Props): ReactNode {
  const { person } = useConnection();
  const seat = useSeat();
  const tell = useTell();
  const { drafts } = useLive();
  const [isChanging, setIsChanging] = useState(false);
  const [unsent, setUnsent] = useState<string>();
  if (person === undefined) return null;
  const leave = (reason: 'locked' | 'signedOut'): void =>
    void seat.leave(reason).catch((error: unknown) => tell(error instanceof Error ? error.message : String(error)));
  const askToLeave = (): void => {
    const words = unsentWords(drafts.all.get().size, drafts.ofOthers());
    if (words === undefined) leave('signedOut');
    else setUnsent(words);
  };
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
        <MenuItem className={item} onAction={onShowThirdParty} textValue="Third-party notices">
          <Scale size={16} aria-hidden />
          Third-party notices …
        </MenuItem>
        <MenuItem className={item} onAction={askToLeave} textValue="Sign out">
          <LogOut size={16} aria-hidden />
          Sign out
        </MenuItem>
      </ToolbarMenu>
      {unsent !== undefined && (
        <LeaveUnsentDialog unsent={unsent} run={() => seat.leave('signedOut')} onClose={() => setUnsent(undefined)} />
      )}
      {isChanging && <ChangePasswordDialog name={person.name} onClose={() => setIsChanging(false)} />}
    </>
  );
}

type LeaveProps = { unsent: string; run: () => Promise<void>; onClose: () => void };

/** Asks before a sign-out that would remove what was typed and not sent. */
const LeaveUnsentDialog = ({ unsent, run, onClose }: LeaveProps): ReactNode => (
  <ConfirmDialog title="Sign out?" word="Sign out" run={run} onClose={onClose}>
    {unsent} Nothing that was typed stays at this workstation after a sign-out. A locked screen keeps it.
  </ConfirmDialog>
);
