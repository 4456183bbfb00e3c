import type { ReactNode } from 'react';
import { isUnanswered } from '../../../shared/dispatch/isUnanswered.ts';
import { engagementNames } from '../../../shared/dispatch/unitWords.ts';
import { isEngaged } from '../../../shared/incidents/engagement.ts';
import type { UnitProgress } from '../../../shared/dispatch/arrival.ts';
import type { Engagement, Incident } from '../../../shared/incidents/incident.ts';
import { ArrivalLine } from '../../client/ArrivalLine.tsx';
import { CommandButton } from '../../client/CommandButton.tsx';
import { PriorityMark } from '../../client/PriorityMark.tsx';
import { formatElapsed } from '../../ui/formatTime.ts';
import styles from './EngagedUnits.module.css';

type Props = {
  incident: Incident;
  nameOf: (unitId: string) => string;
  nowMs: number;
  undoId: string | undefined;
  /** Where the units are and when they arrive, by their ids. */
  progress: ReadonlyMap<string, UnitProgress>;
  onStandDown: (unitId: string) => void;
};

/**
 * Lists the units that work for the incident, the state of each and since when. A unit that does not accept its order
 * is reported.
 */
export function EngagedUnits({ incident, nameOf, nowMs, undoId, progress, onStandDown }: Props): ReactNode {
  const engaged = (incident.engagements ?? []).filter(isEngaged);
  if (engaged.length === 0) return null;
  return (
    <ul className={styles['units']} aria-label="Units on it">
      {engaged.map((engagement) => (
        <EngagedRow
          key={engagement.unitId}
          {...{ engagement, incident, nowMs, onStandDown }}
          name={nameOf(engagement.unitId)}
          isLast={engagement.unitId === undoId}
          progress={progress.get(engagement.unitId)}
        />
      ))}
    </ul>
  );
}

type RowProps = {
  engagement: Engagement;
  incident: Incident;
  name: string;
  nowMs: number;
  isLast: boolean;
  progress: UnitProgress | undefined;
  onStandDown: (unitId: string) => void;
};

function EngagedRow({ engagement, incident, name, nowMs, isLast, progress, onStandDown }: RowProps): ReactNode {
  const isSilent = isUnanswered(engagement, nowMs);
  return (
    <li className={styles['unit']} data-silent={isSilent} data-testid="engaged-row">
      <span className={styles['mark']}>
        {isSilent && <PriorityMark priority={incident.priority} isPulsing={incident.priority <= 2} />}
      </span>
      <span className={styles['name']}>{name}</span>
      <span className={styles['state']}>
        {isSilent ? 'has not accepted: call it by voice, or send the next' : engagementNames[engagement.state]}
        <ArrivalLine progress={progress} />
      </span>
      <span className={styles['since']}>{formatElapsed(nowMs - engagement.atMs)}</span>
      <CommandButton
        command="incident.orderUnit"
        onPress={() => onStandDown(engagement.unitId)}
        aria-label={`Stand down ${name}`}
      >
        Stand down{isLast && <kbd>U</kbd>}
      </CommandButton>
    </li>
  );
}
