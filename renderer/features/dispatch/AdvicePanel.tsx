import type { ReactNode } from 'react';
import type { Proposal, Recommendation } from '../../../shared/dispatch/recommendation.ts';
import type { UnitProgress } from '../../../shared/dispatch/arrival.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { PriorityMark } from '../../client/PriorityMark.tsx';
import { Blank } from '../../ui/Blank.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { AdviceList } from './AdviceList.tsx';
import styles from './DispatchView.module.css';
import { EngagedUnits } from './EngagedUnits.tsx';

type Props = {
  incident: Incident | undefined;
  /** True when the chosen incident is no longer open. */
  isOver: boolean;
  advice: Recommendation | undefined;
  failure: string | undefined;
  isArmed: boolean;
  nowMs: number;
  nameOf: (unitId: string) => string;
  /** The unit of the last order, which the key U cancels. */
  undoId: string | undefined;
  /** Where the units are that were sent, by their ids. */
  progress: ReadonlyMap<string, UnitProgress>;
  onSend: (proposal: Proposal) => void;
  onStandDown: (unitId: string) => void;
};

/** Shows which units work for the chosen incident, and which should. */
export function AdvicePanel({
  incident,
  isOver,
  advice,
  failure,
  isArmed,
  nowMs,
  nameOf,
  undoId,
  progress,
  onSend,
  onStandDown,
}: Props): ReactNode {
  return (
    <section className={styles['panel']} aria-label="Recommended units" data-armed={isArmed}>
      {incident === undefined ? (
        <Blank title={isOver ? 'This incident is open no longer.' : 'No incident is chosen.'}>
          {isOver ? 'Choose another from the calls.' : 'Units are recommended for an open incident.'}
        </Blank>
      ) : (
        <>
          <header className={styles['head']}>
            <PriorityMark priority={incident.priority} isHollow />
            <div>
              <h2>{incident.title}</h2>
              <p>
                {incident.id} · {incident.place}
              </p>
            </div>
            <ArmedLine isArmed={isArmed} />
          </header>
          <EngagedUnits {...{ incident, nameOf, nowMs, undoId, progress, onStandDown }} />
          {advice === undefined ? (
            failure === undefined ? (
              <Skeleton rows={4} height={64} />
            ) : (
              <Blank title="No recommendation.">{failure}</Blank>
            )
          ) : (
            <AdviceList {...{ advice, isArmed, onSend }} />
          )}
        </>
      )}
    </section>
  );
}

function ArmedLine({ isArmed }: { isArmed: boolean }): ReactNode {
  return (
    <p className={styles['keys']} role="status" data-armed={isArmed}>
      {isArmed ? (
        <>
          Send which? <kbd>1</kbd>–<kbd>9</kbd>, <kbd>Esc</kbd> none
        </>
      ) : (
        <>
          <kbd>D</kbd> then a digit sends
        </>
      )}
    </p>
  );
}
