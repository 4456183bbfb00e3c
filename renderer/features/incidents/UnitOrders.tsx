import { useState } from 'react';
import type { ReactNode } from 'react';
import { formatDistance } from '../../../shared/base/display.ts';
import { isStuck, orderText } from '../../../shared/dispatch/sentOrder.ts';
import type { SentOrder } from '../../../shared/dispatch/sentOrder.ts';
import { unitStatusNames } from '../../../shared/dispatch/unitWords.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { unitKindNames } from '../../../shared/incidents/need.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { useCommand } from '../../client/useCommand.ts';
import { useSentOrders } from '../../client/useSentOrders.ts';
import { useDisplayUnits } from '../../client/useDisplayUnits.ts';
import { Button } from '../../ui/Button.tsx';
import type { UnitChoice } from './unitChoices.ts';
import styles from './UnitOrders.module.css';
import { useUnitChoices } from './useUnitChoices.ts';

/** The nearest few units are nearly always the right ones; one press shows the rest. */
const SHOWN_AT_FIRST = 4;

/** Lists the units that work on the incident, and those that could be sent. */
export function UnitOrders({ incident }: { incident: Incident }): ReactNode {
  const units = useUnitChoices(incident);
  const orderOf = useSentOrders(incident.id);
  const [isAll, setIsAll] = useState(false);
  if (units.length === 0) return <p className={styles['none']}>No response units are known.</p>;
  const ordered = units.filter(({ isOrdered }) => isOrdered).length;
  const shown = isAll ? units : units.slice(0, incident.status === 'resolved' ? ordered : ordered + SHOWN_AT_FIRST);
  if (shown.length === 0) return <p className={styles['none']}>No unit is on it.</p>;
  return (
    <>
      <ul className={styles['units']} aria-label="Units">
        {shown.map((unit) => (
          <UnitLine key={unit.id} unit={unit} incident={incident} order={orderOf(unit.id)} />
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

type LineProps = { unit: UnitChoice; incident: Incident; order: SentOrder | undefined };

function UnitLine({ unit, incident, order: sent }: LineProps): ReactNode {
  const run = useCommand();
  const orderState = orderOnItsWay(unit, incident, sent);
  const units = useDisplayUnits();
  const order = unit.isOrdered ? 'standDown' : 'go';
  const isElsewhere = !unit.isOrdered && unit.incidentId !== undefined && unit.incidentId !== incident.id;
  return (
    <li className={styles['unit']} data-ordered={unit.isOrdered} data-testid="unit-row">
      <span className={styles['name']} title={`${unit.name}, ${unitKindNames[unit.kind][0]}`}>
        <b>{unit.name}</b> {unitKindNames[unit.kind][0]}
      </span>
      <span className={styles['status']}>{isElsewhere ? 'elsewhere' : unitStatusNames[unit.status]}</span>
      <span className={styles['distance']} title="Straight line">
        {unit.distanceM === undefined ? '–' : formatDistance(unit.distanceM, units)}
      </span>
      <CommandButton
        command="incident.orderUnit"
        isDisabled={unit.status === 'offDuty' || incident.status === 'resolved'}
        onPress={() => void run('incident.orderUnit', { incidentId: incident.id, unitId: unit.id, order })}
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
