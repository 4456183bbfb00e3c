import { useState } from 'react';
import type { ReactNode } from 'react';
import { CommandButton } from '../../client/CommandButton.tsx';
import { CommandDialog } from '../../client/CommandDialog.tsx';
import { DraftInput } from '../../client/DraftInput.tsx';
import { useClient } from '../../client/hooks.ts';
import { useAnswer } from '../../client/useAnswer.ts';
import { draftKey, useDraft } from '../../client/useDraft.ts';
import { useLocalTime } from '../../client/useLocalTime.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import styles from '../../ui/PageSection.module.css';
import { PageSection } from '../../ui/PageSection.tsx';
import { SecretDialog } from '../../ui/SecretDialog.tsx';
import { useAttempt } from '../../ui/useAttempt.ts';

const REFRESH_MS = 5000;
type Opened = 'new' | { keyId: string; label: string };

/** The keys with which other programs post requests by Open311. */
export function ApiKeyTable(): ReactNode {
  const client = useClient();
  const time = useLocalTime();
  const [version, setVersion] = useState(0);
  const answer = useAnswer('apiKey.list', {}, REFRESH_MS, version);
  const [opened, setOpened] = useState<Opened>();
  const close = (): void => {
    setOpened(undefined);
    setVersion((before) => before + 1);
  };
  const keys = answer.state === 'done' ? answer.value.keys : [];
  return (
    <PageSection
      title="Programs that post requests (Open311)"
      action={
        <CommandButton command="apiKey.issue" onPress={() => setOpened('new')}>
          New key …
        </CommandButton>
      }
    >
      <table className={styles['table']}>
        <tbody>
          {keys.map(({ keyId, label, issuedAtMs }) => (
            <tr key={keyId}>
              <th scope="row">{label}</th>
              <td>Issued {time.yearTime(issuedAtMs)}</td>
              <td className={styles['actions']}>
                <CommandButton command="apiKey.revoke" tone="quiet" onPress={() => setOpened({ keyId, label })}>
                  Revoke …
                </CommandButton>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {opened === 'new' && <NewKeyDialog onClose={close} />}
      {typeof opened === 'object' && (
        <ConfirmDialog
          title={`Revoke the key of ${opened.label}`}
          word="Revoke"
          run={() => client.request('apiKey.revoke', { keyId: opened.keyId })}
          onClose={close}
        >
          The program can post no more requests. Those that it posted stay.
        </ConfirmDialog>
      )}
    </PageSection>
  );
}

/** Issues a key and shows it; the key can be seen only here. */
function NewKeyDialog({ onClose }: { onClose: () => void }): ReactNode {
  const client = useClient();
  const draft = useDraft(draftKey('apiKey.issue'), { label: '' });
  const [key, setKey] = useState<string>();
  const attempt = useAttempt();
  const label = draft.values.label.trim();
  const issue = (): Promise<boolean> =>
    attempt.run(async () => {
      setKey((await client.request('apiKey.issue', { label })).key);
      draft.end();
    });
  if (key !== undefined)
    return (
      <SecretDialog title="The key, shown once" secret={key} onClose={onClose}>
        The program sends it as api_key with every request that it posts.
      </SecretDialog>
    );
  return (
    <CommandDialog
      title="A key for a program"
      width={440}
      command="apiKey.issue"
      submit="Issue it"
      attempt={attempt}
      isMissing={label === ''}
      onSubmit={issue}
      onClose={onClose}
    >
      <DraftInput label="Whose program it is" draft={draft} name="label" maxLength={100} autoFocus />
    </CommandDialog>
  );
}
