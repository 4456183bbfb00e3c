import { z } from 'zod';

/** A value of the county in money or as a factor, with where it is from. One without year or source is not used. */
const valueSchema = z.object({
  value: z.number(),
  unit: z.string().max(60),
  source: z.string().min(1).max(500),
  /** The day on which it was looked up or decided. */
  date: z.iso.date(),
  /** A made-up value of a simulated county. */
  isExample: z.boolean().optional(),
});

/** The county's file `values.json`. All money is of one year and one currency; nothing is converted. */
export const valuesSchema = z.object({
  currency: z.string().min(1).max(10),
  priceYear: z.number().int().min(1990).max(2200),
  discountRate: valueSchema.optional(),
  valueOfTimePerHour: valueSchema.optional(),
  occupancy: valueSchema.optional(),
  waterProductionPerM3: valueSchema.optional(),
  waterRetailPerM3: valueSchema.optional(),
  energyPerKwh: valueSchema.optional(),
  wagePerHour: valueSchema.optional(),
});
export type CountyValues = z.infer<typeof valuesSchema>;

/** The values that there are, or why the county's file cannot be used; null where it has none. */
export const valuesReadSchema = z.union([valuesSchema, z.object({ fault: z.string() }), z.null()]);
export type ValuesRead = z.infer<typeof valuesReadSchema>;

type ValueName = Exclude<keyof CountyValues, 'currency' | 'priceYear'>;

const HOURS_A_YEAR = 8766;

/** Which values a unit of a measure, held for an hour, is worth; all are multiplied. */
const worths: Readonly<Record<string, { values: readonly ValueName[]; isCashable: boolean }>> = {
  trafficDelay: { values: ['occupancy', 'valueOfTimePerHour'], isCashable: false },
  waterInflow: { values: ['waterProductionPerM3'], isCashable: true },
  nightFlow: { values: ['waterProductionPerM3'], isCashable: true },
  loadEnergy: { values: ['energyPerKwh'], isCashable: true },
};

/** What a change of a measure is worth per year, or why nothing can be said. Savings are positive. */
export type Worth =
  | {
      perYear: number;
      currency: string;
      priceYear: number;
      isCashable: boolean;
      values: readonly string[];
      isExample: boolean;
    }
  | { fault: string };

/** The money per year of a change of so many units of a measure per hour (−2 veh·h/h, −3 m³/h, −5 kW). */
export function worthOf(measureId: string, change: number, values: ValuesRead): Worth {
  const worth = worths[measureId];
  if (worth === undefined) return { fault: 'This measure has no price.' };
  if (values === null) return { fault: 'The county has no values.json.' };
  if ('fault' in values) return values;
  const missing = worth.values.filter((name) => values[name] === undefined);
  if (missing.length > 0) return { fault: `values.json lacks ${missing.join(' and ')}.` };
  const used = worth.values.flatMap((name) => values[name] ?? []);
  return {
    perYear: -change * HOURS_A_YEAR * used.reduce((product, { value }) => product * value, 1),
    currency: values.currency,
    priceYear: values.priceYear,
    isCashable: worth.isCashable,
    values: worth.values,
    isExample: used.some(({ isExample }) => isExample === true),
  };
}

/** The net present value of a yearly benefit over so many years, less the cost at the beginning. */
export const netPresentValue = (perYear: number, cost: number, years: number, discountRate: number): number =>
  Array.from({ length: years }, (_, year) => perYear / (1 + discountRate) ** (year + 1)).reduce(
    (sum, part) => sum + part,
    -cost,
  );

/** Years until a yearly benefit has paid the cost, without interest; undefined where it never does. */
export const paybackYears = (perYear: number, cost: number): number | undefined =>
  perYear > 0 ? cost / perYear : undefined;
