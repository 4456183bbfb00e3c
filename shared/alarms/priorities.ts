import type { AlarmPriority } from './alarm.ts';

/**
 * How much is at stake when nobody acts (ISA-18.2, EEMUA 191: safety, service and cost together; the worst of them
 * counts).
 */
export const severities = {
  minor: 'One customer or one device; no danger, repaired in the daily round.',
  moderate: 'A street, a route or a few customers; delay or loss, no danger known.',
  major: 'Tens to hundreds of customers, a freeway, or the picture itself; danger possible.',
  severe: 'Hundreds of customers or more, or danger to life that is known.',
} as const;
/** How severe a consequence is: a row of `priorityMatrix`. */
export type Severity = keyof typeof severities;

/** How long a person has, before the consequence can no longer be averted. Milliseconds. */
export const responses = { immediate: 300_000, prompt: 900_000, soon: 3_600_000, shift: 28_800_000 } as const;
/** How soon a person must act: a column of `priorityMatrix`. */
export type Response = keyof typeof responses;

/**
 * Priority by consequence (rows) and time to respond (columns): the usual matrix of alarm rationalisation (ISA-18.2,
 * EEMUA 191), so that 1 stays rare.
 */
export const priorityMatrix = {
  minor: { shift: 4, soon: 4, prompt: 4, immediate: 3 },
  moderate: { shift: 4, soon: 3, prompt: 3, immediate: 2 },
  major: { shift: 3, soon: 3, prompt: 2, immediate: 2 },
  severe: { shift: 2, soon: 2, prompt: 1, immediate: 1 },
} as const satisfies Record<Severity, Record<Response, AlarmPriority>>;
