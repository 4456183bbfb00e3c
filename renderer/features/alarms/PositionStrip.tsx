import type { ReactNode } from 'react';
import type { AlarmLoad } from '../../../shared/alarms/alarmLoad.ts';
import type { HeldPosition } from '../../../shared/alarms/positions.ts';
import { may } from '../../../shared/people/permissions.ts';
import type { ScreenPerson } from '../../../shared/people/person.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { useConnection, useStream } from '../../client/hooks.ts';
import { useCommand } from '../../client/useCommand.ts';
import { useLocalTime } from '../../client/useLocalTime.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { useAlarmDomains } from './useAlarmDomains.ts';
import { LoadBar } from './LoadBar.tsx';
import styles from './PositionStrip.module.css';

/** The operating positions: who answers for what, and how heavily each one is loaded. */
export function PositionStrip(): ReactNode {
  const positions = useStream('positions');
  const loads = useStream('alarmLoad') ?? [];
  const { person } = useConnection();
  if (positions === undefined) return <Skeleton rows={1} height={52} />;
  return (
    <ul className={styles['strip']} aria-label="Operating positions">
      {positions.map((position) => (
        <PositionCard
          key={position.id}
          position={position}
          load={loads.find(({ positionId }) => positionId === position.id)}
          person={person}
        />
      ))}
    </ul>
  );
}

function PositionCard({
  position,
  load,
  person,
}: {
  position: HeldPosition;
  load: AlarmLoad | undefined;
  person: ScreenPerson | undefined;
}): ReactNode {
  const { id, name, domains, isFallen } = position;
  const { labelOf } = useAlarmDomains();
  const subjects = domains.map((domain) => labelOf(domain).label.toLowerCase()).join(', ');
  return (
    <li className={styles['card']} data-testid="position" data-position={id} data-fallen={isFallen}>
      <div className={styles['who']}>
        <h3 title={`${name}: ${subjects}`}>
          {name} <span>{subjects}</span>
        </h3>
        <HolderLine position={position} person={person} />
      </div>
      {load !== undefined && <LoadBar load={load} />}
      <HoldButtons position={position} person={person} />
    </li>
  );
}

function HolderLine({
  position: { holder, sinceMs, contestedBy },
  person,
}: {
  position: HeldPosition;
  person: ScreenPerson | undefined;
}): ReactNode {
  const time = useLocalTime();
  if (holder === undefined) return <p data-strong>Nobody holds it: it falls to the supervisor.</p>;
  const since = sinceMs === undefined ? '' : `, since ${time.short(sinceMs)}`;
  return (
    <p data-strong={contestedBy !== undefined}>
      {holder.id === person?.id ? `You, at ${holder.workstation}` : `${holder.name}, at ${holder.workstation}`}
      {since}
      {contestedBy !== undefined && `. ${contestedBy} took it at the same time: one of you takes it again.`}
    </p>
  );
}

/** The holder may release a position, and so may a supervisor; everybody who may work here may take one. */
function HoldButtons({
  position: { id, name, holder, contestedBy },
  person,
}: {
  position: HeldPosition;
  person: ScreenPerson | undefined;
}): ReactNode {
  const run = useCommand();
  if (person === undefined) return null;
  const isMine = holder?.id === person.id;
  const canRelease = isMine || (holder !== undefined && may(person.role, 'position.relieve'));
  return (
    <div className={styles['buttons']}>
      {(!isMine || contestedBy !== undefined) && (
        <CommandButton
          command="position.take"
          aria-label={`${holder === undefined ? 'Take' : 'Take over'} ${name}`}
          onPress={() => void run('position.take', { positionId: id })}
        >
          {holder === undefined || isMine ? 'Take' : 'Take over'}
        </CommandButton>
      )}
      {canRelease && (
        <CommandButton
          command="position.release"
          tone="quiet"
          aria-label={`Release ${name}`}
          onPress={() => void run('position.release', { positionId: id })}
        >
          Release
        </CommandButton>
      )}
    </div>
  );
}
