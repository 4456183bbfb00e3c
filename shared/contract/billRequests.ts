import { z } from 'zod';
import { call, nothing } from '../commands/declare.ts';
import { wrongBillsSchema } from '../utilities/bills.ts';

/** The requests about bills. */
export const billRequests = {
  /** The bills that would be wrong; without `found` the county has no accounts or no tariffs. */
  'bills.wrong': call(nothing, z.object({ found: wrongBillsSchema.optional() }), 'bills.read'),
} as const;
