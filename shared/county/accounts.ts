import { z } from 'zod';
import { commoditySchema, customerClassSchema } from './county.ts';

/**
 * Who is billed for which meters (`accounts.csv`), and what the use costs (`tariffs.json`). Both are optional; without
 * them nothing is billed.
 */
const id = z.string().min(1).max(120);

/** A row of `accounts.csv`: a customer's account and its meters. Nothing of the person is kept. */
export const accountRowSchema = z.object({
  id: id.describe('as the billing system writes it'),
  meters: z
    .string()
    .transform((text) => text.trim().split(/\s+/))
    .pipe(z.array(id).min(1))
    .describe('ids of `meters.csv`, with blanks between'),
  customerClass: customerClassSchema.describe('which tariffs the account has'),
  code: z
    .union([z.literal(''), z.string().trim().min(8, 'write at least 8 characters').max(60)])
    .optional()
    .describe('printed on the newest bill: who knows it sees the use in the citizens’ portal; empty: nobody does'),
  route: z.string().optional().describe('a route of `tariffs.json`, which has the day on which its periods begin'),
});
/** A customer's account. */
export type Account = z.infer<typeof accountRowSchema>;

/** An amount of money or a price as decimal digits, so that no binary fraction stands for it. */
const money = z.string().regex(/^\d{1,9}(\.\d{1,6})?$/, 'write an amount as digits, as "12.50"');
const clock = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time as 16:00')
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));

const blockSchema = z.object({
  upTo: z.number().positive().optional().describe('kWh or m³ of the period at which the block ends; the last has none'),
  price: money.describe('per kWh or m³'),
});
const windowSchema = z.object({
  name: z.string().min(1).describe('as bills write it'),
  from: clock.describe('local time at which it begins, as `16:00`; it begins and ends on a full hour'),
  to: clock.describe('local time at which it ends; before `from`: on the next day'),
  days: z
    .enum(['all', 'workdays', 'weekends'])
    .describe('on which days; a window after midnight is on the day it began'),
  price: money.describe('per kWh'),
});
/** A tariff of `tariffs.json`. */
export const tariffSchema = z.object({
  id: id.describe('named in lists of bills'),
  name: z.string().min(1).describe('as bills write it'),
  commodity: commoditySchema.describe('what it prices'),
  classes: z.array(customerClassSchema).min(1).describe('accounts of these classes have it'),
  fixedPerDay: money.describe('for each day and meter'),
  blocks: z.array(blockSchema).min(1).describe('prices of the use outside of all windows, by how much it is'),
  windows: z.array(windowSchema).max(4).optional().describe('times of use with prices of their own'),
  demandPrice: money.optional().describe('for each kW of the largest hour of the period'),
  leakCreditPercent: z
    .number()
    .min(0)
    .max(100)
    .optional()
    .describe('share of the water that a mended leak wasted which is not charged'),
  taxes: z
    .array(z.object({ name: z.string().min(1), percent: money }))
    .optional()
    .describe('on all of the above'),
});
/** What the use of a commodity costs the accounts of some classes. */
export type Tariff = z.infer<typeof tariffSchema>;
/** A time of use with a price of its own; minutes after local midnight. */
export type TariffWindow = z.infer<typeof windowSchema>;

/** A route of `tariffs.json`: accounts that are billed on the same day. */
export const billingRouteSchema = z.object({
  id: id.describe('accounts name it as `route`'),
  day: z.number().int().min(1).max(28).describe('day of the month on which a period ends and the next begins'),
});
/** `tariffs.json`. Accounts without a route are billed from the first of the month on. */
export const tariffsSchema = z.object({
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'write a currency by its three letters, as USD')
    .describe('its three letters, as `USD`'),
  routes: z.array(billingRouteSchema).optional().describe('see below'),
  tariffs: z.array(tariffSchema).describe('see below'),
});
/** The prices of a county's utility. */
export type Tariffs = z.infer<typeof tariffsSchema>;

/** The tariff of an account for a commodity; the first one that fits. */
export const tariffOf = (
  { tariffs }: Tariffs,
  commodity: Tariff['commodity'],
  customerClass: Account['customerClass'],
): Tariff | undefined =>
  tariffs.find((tariff) => tariff.commodity === commodity && tariff.classes.includes(customerClass));
