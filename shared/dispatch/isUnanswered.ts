import type { Engagement } from '../incidents/incident.ts';
import { acceptWithinMs } from './rules.ts';
import { isStuck } from './sentOrder.ts';
import type { SentOrder } from './sentOrder.ts';

/**
 * Whether a unit should have accepted its order by now and has not. An order that cannot reach the unit, as far as this
 * workstation knows, is not waited for.
 */
export const isUnanswered = (
  { state, atMs }: Pick<Engagement, 'state' | 'atMs'>,
  nowMs: number,
  order?: SentOrder,
): boolean => state === 'ordered' && (nowMs - atMs >= acceptWithinMs || (order?.order === 'go' && isStuck(order)));
