import { useState } from 'react';
import type { ReactNode } from 'react';
import type { BackupState } from '../../../shared/contract/deskRequests.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { useClient } from '../../client/hooks.ts';
import { useAnswer } from '../../client/useAnswer.ts';
import { useLocalTime } from '../../client/useLocalTime.ts';
import { formatAge } from '../../ui/formatTime.ts';
import styles from '../../ui/PageSection.module.css';
import { PageSection } from '../../ui/PageSection.tsx';
import { useAttempt } from '../../ui/useAttempt.ts';

const REFRESH_MS = 5000;
const SHOWN = 5;

/** For administrators: the backups that this workstation makes by itself, how old they are, and one on request. */
export function Backups(): ReactNode {
  const client = useClient();
  const [version, setVersion] = useState(0);
  const answer = useAnswer('desk.backups', {}, REFRESH_MS, version);
  const { isBusy, fault, run } = useAttempt();
  if (answer.state !== 'done') return null;
  const { folder, isRunning } = answer.value;
  const backUp = async (): Promise<void> => {
    await run(() => client.request('desk.backUp', {}));
    setVersion((before) => before + 1);
  };
  const action = folder !== undefined && (
    <CommandButton command="desk.backUp" isDisabled={isBusy || isRunning} onPress={() => void backUp()}>
      {isBusy || isRunning ? 'Backing up …' : 'Back up now'}
    </CommandButton>
  );
  return (
    <PageSection title="Backups" action={action}>
      <p className={styles['hint']}>{situationOf(answer.value)}</p>
      {(fault ?? answer.value.fault) !== undefined && <p role="alert">{fault ?? answer.value.fault}</p>}
      {answer.value.backups.length > 0 && <BackupTable {...answer.value} />}
    </PageSection>
  );
}

function situationOf({ folder, keep, isEncrypted, backups }: BackupState): string {
  if (folder === undefined)
    return 'This workstation makes no backups by itself. Start it with --backup-to DIR for one each day.';
  const secrets =
    isEncrypted === true
      ? 'Their secrets are encrypted.'
      : 'Their secrets are not encrypted: keep the folder where only administrators can read it.';
  const last = backups.length === 0 ? ' None was made yet.' : '';
  return `One is made each day in ${folder}; the newest ${String(keep)} stay. ${secrets}${last}`;
}

function BackupTable({ backups, nowMs }: Pick<BackupState, 'backups' | 'nowMs'>): ReactNode {
  const time = useLocalTime();
  return (
    <table className={styles['table']}>
      <thead>
        <tr>
          <th>Backup</th>
          <th>Made</th>
          <th>Age</th>
          <th>Secrets</th>
        </tr>
      </thead>
      <tbody>
        {backups.slice(0, SHOWN).map(({ name, atMs, isEncrypted }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{time.yearTime(atMs)}</td>
            <td>{formatAge(nowMs - atMs)}</td>
            <td>{isEncrypted ? 'encrypted' : 'not encrypted'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
