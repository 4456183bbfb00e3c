import { useState } from 'react';
import type { ReactNode } from 'react';
import { describeDuration, formatDistance } from '../../../shared/base/display.ts';
import type { UnitProgress } from '../../../shared/dispatch/arrival.ts';
import { isStuck, orderText } from '../../../shared/dispatch/sentOrder.ts';
import type { SentOrder } from '../../../shared/dispatch/sentOrder.ts';
import { unitStatusNames } from '../../../shared/dispatch/unitWords.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { unitKindNames } from '../../../shared/incidents/need.ts';
import { ArrivalLine } from '../../client/ArrivalLine.tsx';
import { CommandButton } from '../../client/CommandButton.tsx';
import { useCommand } from '../../client/useCommand.ts';
import { useSentOrders } from '../../client/useSentOrders.ts';
import { useDisplayUnits } from '../../client/useDisplayUnits.ts';
import { useProgress, useSentWays } from '../../client/useProgress.ts';
import { Button } from '../../ui/Button.tsx';
import type { UnitChoice } from './unitChoices.ts';
import styles from './UnitOrders.module.css';
import { useUnitChoices } from './useUnitChoices.ts';

/** The first few that are recommended are nearly always the right ones; one press shows the rest. */
const SHOWN_AT_FIRST = 4;

/**
 * Lists the units that work on the incident with their arrival, and those that could be sent, in the order of the
 * recommendation. The ways of those that were sent are on the map.
 */
export function UnitOrders({ incident }: { incident: Incident }): ReactNode {
  const units = useUnitChoices(incident);
  const orderOf = useSentOrders(incident.id);
  const progress = useProgress(incident);
  useSentWays(progress, []);
  const [isAll, setIsAll] = useState(false);
  if (units.length === 0) return <p className={styles['none']}>No response units are known.</p>;
  const ordered = units.filter(({ isOrdered }) => isOrdered).length;
  const shown = isAll ? units : units.slice(0, incident.status === 'resolved' ? ordered : ordered + SHOWN_AT_FIRST);
  if (shown.length === 0) return <p className={styles['none']}>No unit is on it.</p>;
  return (
    <>
      <ul className={styles['units']} aria-label="Units">
        {shown.map((unit) => (
          <UnitLine
            key={unit.id}
            unit={unit}
            incident={incident}
            order={orderOf(unit.id)}
            progress={progress.get(unit.id)}
          />
        ))}
      </ul>
      {shown.length < units.length && incident.status !== 'resolved' && (
        <Button tone="quiet" onPress={() => setIsAll(true)}>
          All {units.length} units
        </Button>
      )}
    </>
  );
}

/** How far the order of a unit is, while the unit has not accepted it or has not got it. */
function orderOnItsWay({ id }: UnitChoice, incident: Incident, order: SentOrder | undefined): string | undefined {
  const state = incident.engagements?.find(({ unitId }) => unitId === id)?.state;
  const isGoing = order?.order === 'go' && state === 'ordered';
  const isStaying = order?.order === 'standDown' && (order.state === 'waiting' || isStuck(order));
  return order !== undefined && (isGoing || isStaying) ? orderText(order) : undefined;
}

type LineProps = {
  unit: UnitChoice;
  incident: Incident;
  order: SentOrder | undefined;
  progress: UnitProgress | undefined;
};

function UnitLine({ unit, incident, order: sent, progress }: LineProps): ReactNode {
  const run = useCommand();
  const orderState = orderOnItsWay(unit, incident, sent);
  const order = unit.isOrdered ? 'standDown' : 'go';
  const isElsewhere = !unit.isOrdered && unit.incidentId !== undefined && unit.incidentId !== incident.id;
  const divertFrom = unit.proposal?.divertFrom;
  const send = (): void =>
    void run('incident.orderUnit', {
      incidentId: incident.id,
      unitId: unit.id,
      order,
      ...(order === 'go' && divertFrom !== undefined && { divertFrom }),
    });
  return (
    <li className={styles['unit']} data-ordered={unit.isOrdered} data-testid="unit-row">
      <span className={styles['name']} title={`${unit.name}, ${unitKindNames[unit.kind][0]}`}>
        <b>{unit.name}</b> {unitKindNames[unit.kind][0]}
        {unit.isOrdered ? <ArrivalLine progress={progress} /> : <Advice unit={unit} />}
      </span>
      <span className={styles['status']}>{isElsewhere ? 'elsewhere' : unitStatusNames[unit.status]}</span>
      <CommandButton
        command="incident.orderUnit"
        isDisabled={unit.status === 'offDuty' || incident.status === 'resolved'}
        onPress={send}
        aria-label={order === 'go' ? `Send ${unit.name}` : `Stand down ${unit.name}`}
      >
        {order === 'go' ? 'Send' : 'Stand down'}
      </CommandButton>
      {orderState !== undefined && (
        <span className={styles['order']} role="status" data-stuck={sent !== undefined && isStuck(sent)}>
          {orderState}
        </span>
      )}
    </li>
  );
}

/** The time and the way by road of a unit that is recommended, or why it is not. */
function Advice({ unit: { proposal, against } }: { unit: UnitChoice }): ReactNode {
  const units = useDisplayUnits();
  if (proposal === undefined) return against === undefined ? null : <small>{against}</small>;
  const { etaS, distanceM, divertFrom, against: reasons } = proposal;
  const taken = divertFrom === undefined ? [] : [`taken from ${divertFrom}`];
  return (
    <small title={reasons.join('; ')}>
      {[`there in ${describeDuration(etaS)}`, `${formatDistance(distanceM, units)} by road`, ...taken].join(', ')}
    </small>
  );
}
