import { z } from 'zod';
import { commoditySchema, customerClassSchema } from '../county/county.ts';

/** Why a bill would be wrong, as lists write it. `main/engine/billing` has the rules, docs/billing.md their limits. */
export const billFaults = {
  unknownMeter: 'The account names a meter that the county does not have.',
  noAccount: 'The meter has use and no account: nobody would be billed.',
  sharedMeter: 'Several accounts name this meter: its use would be billed more than once.',
  wrongClass: 'Account and meter are of different classes, so the tariff is another one.',
  noTariff: 'There is no tariff for this class and commodity.',
  missing: 'Reads are missing at the end of the period, so use would be left out.',
  estimated: 'Much of the use is estimated.',
  negative: 'The register ran backwards.',
  spike: 'One day has more use than all that is usual.',
  factor: 'The use is another one by a constant factor: multiplier or unit.',
  swapped: 'This meter and another one changed places: each goes on as the other did.',
  still: 'The register stands still although there was use before.',
  high: 'The use is many times what the account used before.',
  differs: 'The billing system has another amount.',
} as const;
/** The kind of a fault of a bill. */
export type BillFault = keyof typeof billFaults;
const faultSchema = z.enum(Object.keys(billFaults) as [BillFault, ...BillFault[]]);

/** A bill that would be wrong: all of its faults, the most certain first, and what is at stake, in cents. */
export const wrongBillSchema = z.object({
  accountId: z.string(),
  meterId: z.string(),
  address: z.string().optional(),
  commodity: commoditySchema,
  customerClass: customerClassSchema,
  /** Local days since 1970-01-01; `toDay` is the first day after the period. */
  fromDay: z.number(),
  toDay: z.number(),
  faults: z.array(faultSchema),
  /** What the rule saw, in words. */
  evidence: z.string(),
  /** kWh or m³ of the period, and what would have been expected. */
  use: z.number(),
  expected: z.number(),
  totalCents: z.number(),
  stakeCents: z.number(),
});
export type WrongBill = z.infer<typeof wrongBillSchema>;

/** The newest closed period's bills: how many, and those that would be wrong, the largest stake first. */
export const wrongBillsSchema = z.object({
  currency: z.string(),
  bills: z.number(),
  totalCents: z.number(),
  wrong: z.array(wrongBillSchema),
  /** More than are listed, where there are very many. */
  wrongCount: z.number(),
  stakeCents: z.number(),
});
export type WrongBills = z.infer<typeof wrongBillsSchema>;
