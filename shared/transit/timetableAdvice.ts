import { z } from 'zod';

const estimate = z.object({ value: z.number(), from: z.number(), to: z.number() });
const effect = z.object({
  /** The share of departures from 60 s ahead of to 300 s behind the timetable. */
  onTime: estimate,
  /** How much longer passengers of frequent lines wait than the timetable has it, seconds. */
  excessWaitS: estimate,
  /** Per day. */
  vehicleHours: z.number(),
});

/** What measured runs say of the timetable, and a better one where there is one; seconds are of the service day. */
export const timetableAdviceSchema = z.object({
  /** Service days with measured runs, and how many of them advice needs. */
  days: z.number(),
  neededDays: z.number(),
  runs: z.number(),
  /** Absent where too few days were measured. */
  today: effect.optional(),
  /** Absent where no timetable was found that is surely better than today's. */
  proposal: z.object({ effect, gain: estimate, changedTrips: z.number() }).optional(),
  /** The trips that can never be on time, the latest first; half of their runs end at least `medianLateS` late. */
  hopeless: z.array(
    z.object({ tripId: z.string(), line: z.string(), departsS: z.number(), runs: z.number(), medianLateS: z.number() }),
  ),
  /** What legs need at an hour beside what the timetable gives, the worst fit first; by names of lines and stops. */
  legs: z.array(
    z.object({
      line: z.string(),
      hour: z.number(),
      from: z.string(),
      to: z.string(),
      plannedS: z.number(),
      runs: z.number(),
      medianS: z.number(),
      p85S: z.number(),
      p95S: z.number(),
    }),
  ),
});
/** What measured runs say of the timetable. */
export type TimetableAdvice = z.infer<typeof timetableAdviceSchema>;
