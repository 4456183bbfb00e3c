import type { ReactNode } from 'react';
import { orderText } from '../../../shared/dispatch/sentOrder.ts';
import type { SentOrder } from '../../../shared/dispatch/sentOrder.ts';
import { isUnanswered } from '../../../shared/dispatch/isUnanswered.ts';
import { engagementNames } from '../../../shared/dispatch/unitWords.ts';
import { isEngaged } from '../../../shared/incidents/engagement.ts';
import type { UnitProgress } from '../../../shared/dispatch/arrival.ts';
import type { Engagement, Incident } from '../../../shared/incidents/incident.ts';
import { ArrivalLine } from '../../client/ArrivalLine.tsx';
import { CommandButton } from '../../client/CommandButton.tsx';
import { useSentOrders } from '../../client/useSentOrders.ts';
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
  const orderOf = useSentOrders(incident.id);
  const engaged = (incident.engagements ?? []).filter(
    // A unit that has not got its order to stand down still comes.
    (each) => isEngaged(each) || (each.state === 'stoodDown' && isOnItsWay(orderOf(each.unitId))),
  );
  if (engaged.length === 0) return null;
  return (
    <ul className={styles['units']} aria-label="Units on it">
      {engaged.map((engagement) => (
        <EngagedRow
          key={engagement.unitId}
          {...{ engagement, incident, nowMs, onStandDown }}
          name={nameOf(engagement.unitId)}
          order={orderOf(engagement.unitId)}
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
  order: SentOrder | undefined;
  nowMs: number;
  isLast: boolean;
  progress: UnitProgress | undefined;
  onStandDown: (unitId: string) => void;
};

const isOnItsWay = (order: SentOrder | undefined): boolean =>
  order?.order === 'standDown' && order.state !== 'sent' && order.state !== 'received';

/** What the unit has said counts; before that, how far its order is. */
function stateText(engagement: Engagement, order: SentOrder | undefined, isSilent: boolean): string {
  const isAsked = engagement.state === 'ordered' || engagement.state === 'stoodDown';
  const text = isAsked && order !== undefined ? orderText(order) : engagementNames[engagement.state];
  if (!isSilent) return text;
  const fault = order === undefined || order.state === 'sent' ? 'has not accepted' : text;
  return `${fault}: call it by voice, or send the next`;
}

function EngagedRow({ engagement, incident, name, order, nowMs, isLast, progress, onStandDown }: RowProps): ReactNode {
  const isSilent = isUnanswered(engagement, nowMs, order);
  return (
    <li className={styles['unit']} data-silent={isSilent} data-testid="engaged-row">
      <span className={styles['mark']}>
        {isSilent && <PriorityMark priority={incident.priority} isPulsing={incident.priority <= 2} />}
      </span>
      <span className={styles['name']}>{name}</span>
      <span className={styles['state']}>
        {stateText(engagement, order, isSilent)}
        <ArrivalLine progress={progress} />
      </span>
      <span className={styles['since']}>{formatElapsed(nowMs - engagement.atMs)}</span>
      {engagement.state !== 'stoodDown' && (
        <CommandButton
          command="incident.orderUnit"
          onPress={() => onStandDown(engagement.unitId)}
          aria-label={`Stand down ${name}`}
        >
          Stand down{isLast && <kbd>U</kbd>}
        </CommandButton>
      )}
    </li>
  );
}
