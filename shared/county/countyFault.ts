import { z } from 'zod';

/**
 * What is wrong in a county's files. `error`: Beacon cannot start with it. `leftOut`: the row or part is left out, and
 * Beacon starts without it. `warning`: it is used as it is, and is hardly meant so. Lines and columns count from 1.
 */
export const countyFaultSchema = z.object({
  level: z.enum(['error', 'leftOut', 'warning']),
  file: z.string(),
  line: z.number().int().positive().optional(),
  column: z.number().int().positive().optional(),
  text: z.string(),
});
export type CountyFault = z.infer<typeof countyFaultSchema>;

/** Where a fault is, as editors and terminals write it: `meters.csv:12:5`. */
export const placeOf = ({ file, line, column }: CountyFault): string =>
  [file, ...(line === undefined ? [] : [line]), ...(line === undefined || column === undefined ? [] : [column])].join(
    ':',
  );
