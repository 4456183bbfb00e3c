import type { AlarmDomain } from '../../../shared/alarms/alarmDomains.ts';
import type { Unit } from '../../../shared/county/county.ts';
import type { SentOrder } from '../../../shared/dispatch/sentOrder.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';
import type { Condition } from '../domains/kit/Condition.ts';

type UnansweredOrder = {
  incident: Incident;
  unitId: string;
  name: string;
  kind: Unit['kind'] | undefined;
  /** How far the order is, where it was given at this workstation. */
  order: SentOrder | undefined;
  /** Local time of the order. */ orderedAt: string;
  within: string;
  nextBest: string;
};

const domainOf: Partial<Record<Unit['kind'], AlarmDomain>> = { waterCrew: 'water', lineCrew: 'electricity' };

function causeOf(order: SentOrder | undefined, within: string): string {
  switch (order?.state) {
    case 'refused':
      return `The broker refused the order${order.reason === undefined ? '' : ` (${order.reason})`}.`;
    case 'unheard':
      return 'The broker has the order, and no device of the unit is subscribed to it.';
    case 'waiting':
      return 'The order waits for the broker and has not left Beacon.';
    case 'received':
      return `The unit's device has the order, and the crew has not answered it within ${within}.`;
    default:
      return `The order did not reach the crew, or the crew has not answered it within ${within}.`;
  }
}

/** An order that its unit has not accepted in time. It is as urgent as the incident, as nobody may be on the way. */
export function unansweredCondition({
  incident,
  unitId,
  name,
  kind,
  order,
  orderedAt,
  within,
  nextBest,
}: UnansweredOrder): Condition {
  return {
    rule: 'dispatch.notAccepted',
    domain: (kind && domainOf[kind]) ?? 'traffic',
    priority: incident.priority,
    subject: { kind: 'unit', id: unitId },
    incidentId: incident.id,
    title: `${name} has not accepted its order to ${incident.id}`,
    place: incident.place,
    ...(incident.lon !== undefined && incident.lat !== undefined && { lon: incident.lon, lat: incident.lat }),
    cause: causeOf(order, within),
    consequence: `Perhaps nobody is on the way to ${incident.id}.`,
    action: `Call ${name} by voice. If it does not answer, stand it down and send the next best: ${nextBest}.`,
    evidence: [
      { label: 'Ordered', text: orderedAt },
      { label: 'Next best', text: nextBest },
    ],
    onDelayMs: 0,
    offDelayMs: 0,
  };
}
