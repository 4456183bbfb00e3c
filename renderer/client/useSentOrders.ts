import type { SentOrder } from '../../shared/dispatch/sentOrder.ts';
import { useStream } from './hooks.ts';

/** Looks up how far the newest order of a unit is, where it is of this incident and was given at this workstation. */
export function useSentOrders(incidentId: string): (unitId: string) => SentOrder | undefined {
  const orders = useStream('orders');
  return (unitId) => orders?.find((order) => order.unitId === unitId && order.incidentId === incidentId);
}
