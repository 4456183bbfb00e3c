import { z } from 'zod';

/**
 * An order to a unit that was given at this workstation, and how far it is on its way. `waiting`: the broker does not
 * have it yet. `sent`: the broker has it. `unheard`: the broker has it and says that nobody subscribes to the unit's
 * topic. `refused`: the broker did not take it, for `reason`. `received`: the unit reports it.
 */
export const sentOrderSchema = z.object({
  incidentId: z.string(),
  unitId: z.string(),
  order: z.enum(['go', 'standDown']),
  atMs: z.number(),
  state: z.enum(['waiting', 'sent', 'unheard', 'refused', 'received']),
  reason: z.string().optional(),
});
/** An order to a unit, and how far it is on its way. */
export type SentOrder = z.infer<typeof sentOrderSchema>;

/** Whether an order will not reach its unit unless somebody does something. */
export const isStuck = ({ state }: SentOrder): boolean => state === 'refused' || state === 'unheard';

/** How far an order is, in words that follow the unit's name. */
export function orderText({ order, state, reason }: SentOrder): string {
  const what = order === 'go' ? 'order' : 'order to stand down';
  switch (state) {
    case 'waiting':
      return `${what} waits for the broker`;
    case 'sent':
      return `${what} sent, not acknowledged yet`;
    case 'unheard':
      return `${what} sent, but no device of the unit is subscribed`;
    case 'refused':
      return `${what} refused by the broker${reason === undefined ? '' : `: ${reason}`}`;
    case 'received':
      return `has the ${what}`;
  }
}
