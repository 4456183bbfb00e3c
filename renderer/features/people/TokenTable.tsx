import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Token } from '../../../shared/people/account.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { useLocalTime } from '../../client/useLocalTime.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import styles from '../../ui/PageSection.module.css';
import { PageSection } from '../../ui/PageSection.tsx';
import { TokenDialog } from './TokenDialog.tsx';
import type { Act } from './usePeopleList.ts';

const stateOf = ({ revokedAtMs, expiresAtMs }: Token, words: (atMs: number) => string): string =>
  revokedAtMs === undefined ? `Valid until ${words(expiresAtMs)}` : `Revoked ${words(revokedAtMs)}`;

/** The tokens that let displays in without a person: such a display shows the wall and nothing else. */
export function TokenTable({ tokens, act }: { tokens: readonly Token[]; act: Act }): ReactNode {
  const time = useLocalTime();
  const [opened, setOpened] = useState<'new' | Token>();
  const close = (): void => setOpened(undefined);
  const sorted = tokens.toSorted(
    (a, b) => Number(a.revokedAtMs !== undefined) - Number(b.revokedAtMs !== undefined) || b.issuedAtMs - a.issuedAtMs,
  );
  return (
    <PageSection
      title="Displays"
      action={
        <CommandButton command="token.issue" onPress={() => setOpened('new')}>
          New token …
        </CommandButton>
      }
    >
      <table className={styles['table']}>
        <thead>
          <tr>
            <th>Display</th>
            <th>Token issued</th>
            <th>State</th>
            <th>
              <span className={styles['spoken']}>What to do</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((token) => (
            <tr key={token.id} data-quiet={token.revokedAtMs !== undefined}>
              <th scope="row">{token.label}</th>
              <td>
                {time.yearTime(token.issuedAtMs)} by {token.issuedBy}
              </td>
              <td>{stateOf(token, time.yearTime)}</td>
              <td className={styles['actions']}>
                {token.revokedAtMs === undefined && (
                  <CommandButton command="token.revoke" tone="quiet" onPress={() => setOpened(token)}>
                    Revoke …
                  </CommandButton>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {opened === 'new' && <TokenDialog act={act} onClose={close} />}
      {opened !== undefined && opened !== 'new' && (
        <ConfirmDialog
          title={`Revoke the token of ${opened.label}`}
          word="Revoke"
          run={() => act('token.revoke', { tokenId: opened.id })}
          onClose={close}
        >
          The display goes dark at once, until it gets another token.
        </ConfirmDialog>
      )}
    </PageSection>
  );
}
