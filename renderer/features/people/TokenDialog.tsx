import { useState } from 'react';
import type { ReactNode } from 'react';
import { CheckboxButton, CheckboxField } from 'react-aria-components';
import type { RequestOutput } from '../../../shared/contract/contract.ts';
import { MOST_TOKEN_DAYS, USUAL_TOKEN_DAYS } from '../../../shared/people/tokenLife.ts';
import { DraftInput } from '../../client/DraftInput.tsx';
import { draftKey, useDraft } from '../../client/useDraft.ts';
import { useLocalTime } from '../../client/useLocalTime.ts';
import { CommandDialog } from '../../client/CommandDialog.tsx';
import { CheckMark } from '../../ui/CheckMark.tsx';
import styles from '../../ui/dialogs.module.css';
import { SecretDialog } from '../../ui/SecretDialog.tsx';
import { SelectInput } from '../../ui/SelectInput.tsx';
import { useAttempt } from '../../ui/useAttempt.ts';
import type { Act } from './usePeopleList.ts';

const lives = [
  { id: '1', label: 'A day' },
  { id: '30', label: '30 days' },
  { id: String(USUAL_TOKEN_DAYS), label: 'A year' },
  { id: String(MOST_TOKEN_DAYS), label: 'Three years' },
];
type IssuedToken = Pick<RequestOutput<'token.issue'>, 'token' | 'expiresAtMs'>;

/** Issues a token and shows it; the token can be seen only here. */
export function TokenDialog({ act, onClose }: { act: Act; onClose: () => void }): ReactNode {
  const draft = useDraft(draftKey('token.issue'), { label: '' });
  const { label } = draft.values;
  const [isForWall, setIsForWall] = useState(false);
  const [days, setDays] = useState(String(USUAL_TOKEN_DAYS));
  const [issued, setIssued] = useState<IssuedToken>();
  const attempt = useAttempt();
  const issue = (): Promise<boolean> =>
    attempt.run(async () => {
      setIssued(await act('token.issue', { label, isForWall, forDays: Number(days) }));
      draft.end();
    });
  if (issued !== undefined) return <Issued {...issued} onClose={onClose} />;
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
      <SelectInput label="Valid for" options={lives} value={days} onChange={setDays} />
      <CheckboxField isSelected={isForWall} onChange={setIsForWall}>
        <CheckboxButton className={styles['check'] ?? ''}>
          <CheckMark />
          Also for the displays that Beacon opens at this workstation
        </CheckboxButton>
      </CheckboxField>
    </CommandDialog>
  );
}

function Issued({ token, expiresAtMs, onClose }: IssuedToken & { onClose: () => void }): ReactNode {
  const time = useLocalTime();
  const address = `${window.location.origin.startsWith('http') ? window.location.origin : ''}/#/wall?token=${token}`;
  return (
    <SecretDialog title="The token, shown once" secret={address} onClose={onClose}>
      Open this address on the display. Whoever has it sees the wall until {time.yearTime(expiresAtMs)}, or until the
      token is revoked.
    </SecretDialog>
  );
}
