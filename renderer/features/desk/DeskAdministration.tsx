import { useState } from 'react';
import type { ReactNode } from 'react';
import type { DeskPeer, DeskState } from '../../../shared/desk/deskState.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { useStream } from '../../client/hooks.ts';
import { useLocalTime } from '../../client/useLocalTime.ts';
import styles from '../../ui/PageSection.module.css';
import { PageSection } from '../../ui/PageSection.tsx';
import { CodeDialog } from './CodeDialog.tsx';
import { clockOf, reasonOf, situationOf, stateOf } from './describePeer.ts';
import { IdentityDialog } from './IdentityDialog.tsx';
import { JoinDialog } from './JoinDialog.tsx';
import { RenameDialog } from './RenameDialog.tsx';
import { RevokeDialog } from './RevokeDialog.tsx';

type Opened = 'code' | 'join' | 'identity' | { to: 'rename' | 'revoke'; peer: DeskPeer };

/**
 * For administrators: the workstations that share one log, which of them are connected, which one leads, whose clock is
 * wrong, and what was refused.
 */
export function DeskAdministration(): ReactNode {
  const desk = useStream('desk');
  const [opened, setOpened] = useState<Opened>();
  if (desk === undefined) return null;
  const close = (): void => setOpened(undefined);
  const isAlone = desk.workstations.filter(({ state }) => state !== 'revoked').length <= 1;
  const actions = (
    <span>
      {desk.hasTwin && (
        <CommandButton command="desk.renewIdentity" onPress={() => setOpened('identity')}>
          Identity of its own …
        </CommandButton>
      )}
      {isAlone && (
        <CommandButton command="desk.join" tone="quiet" onPress={() => setOpened('join')}>
          Join a desk …
        </CommandButton>
      )}
      <CommandButton command="desk.makeCode" onPress={() => setOpened('code')}>
        New workstation …
      </CommandButton>
    </span>
  );
  return (
    <PageSection title="Workstations" action={actions}>
      <p className={styles['hint']}>{situationOf(desk)}</p>
      <WorkstationTable desk={desk} onOpen={setOpened} />
      {desk.refused.length > 0 && <RefusedTable desk={desk} />}
      {opened === 'code' && <CodeDialog onClose={close} />}
      {opened === 'join' && <JoinDialog onClose={close} />}
      {opened === 'identity' && <IdentityDialog onClose={close} />}
      {typeof opened === 'object' && opened.to === 'rename' && <RenameDialog peer={opened.peer} onClose={close} />}
      {typeof opened === 'object' && opened.to === 'revoke' && <RevokeDialog peer={opened.peer} onClose={close} />}
    </PageSection>
  );
}

function WorkstationTable({ desk, onOpen }: { desk: DeskState; onOpen: (opened: Opened) => void }): ReactNode {
  const time = useLocalTime();
  return (
    <table className={styles['table']}>
      <thead>
        <tr>
          <th>Workstation</th>
          <th>State</th>
          <th>Entries behind</th>
          <th>Clock</th>
          <th>
            <span className={styles['spoken']}>What to do</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {desk.workstations.map((peer) => (
          <tr key={peer.id} data-quiet={peer.state === 'revoked'}>
            <th scope="row">
              {peer.name}
              <small>{peer.id}</small>
            </th>
            <td>
              {stateOf(peer)}
              {peer.isLeader && ', leads'}
              {peer.state === 'gone' && peer.heardAtMs !== undefined && (
                <small>since {time.dateTime(peer.heardAtMs)}</small>
              )}
            </td>
            <td>{peer.state === 'live' || peer.state === 'gone' ? peer.behind : '–'}</td>
            <td>{clockOf(peer) ?? (peer.state === 'self' || peer.clockOffMs !== undefined ? 'Right' : '–')}</td>
            <td className={styles['actions']}>
              {peer.state !== 'revoked' && (
                <CommandButton command="desk.rename" tone="quiet" onPress={() => onOpen({ to: 'rename', peer })}>
                  Rename …
                </CommandButton>
              )}
              {(peer.state === 'live' || peer.state === 'gone' || peer.state === 'unheard') && (
                <CommandButton command="desk.revoke" tone="quiet" onPress={() => onOpen({ to: 'revoke', peer })}>
                  Put out …
                </CommandButton>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function RefusedTable({ desk }: { desk: DeskState }): ReactNode {
  const time = useLocalTime();
  return (
    <table className={styles['table']} aria-label="What was refused">
      <thead>
        <tr>
          <th>Refused, from</th>
          <th>Why</th>
          <th>Times</th>
          <th>Last</th>
        </tr>
      </thead>
      <tbody>
        {desk.refused.map((refusal) => (
          <tr key={`${refusal.from} ${refusal.reason}`}>
            <th scope="row">{refusal.from}</th>
            <td>{reasonOf(refusal)}</td>
            <td>{refusal.count}</td>
            <td>{time.dateTime(refusal.lastAtMs)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
