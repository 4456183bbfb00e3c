import { z } from 'zod';
import { alarmDomainSchema } from './alarm.ts';
import type { AlarmDomain } from './alarm.ts';
import { personSchema } from '../people/person.ts';

/** An operating position: an area of responsibility that one person at a time holds. */
export const positionSchema = z.object({
  id: z.string().min(1).max(50),
  name: z.string().min(1).max(100),
  domains: z.array(alarmDomainSchema),
});
export type Position = z.infer<typeof positionSchema>;

/** `positions.json` in the county's folder: every domain belongs to one position exactly. */
export const positionsSchema = z
  .array(positionSchema)
  .min(1)
  .max(20)
  .refine(
    (positions) => {
      const domains = positions.flatMap((position) => position.domains);
      return (
        new Set(positions.map(({ id }) => id)).size === positions.length &&
        domains.length === alarmDomainSchema.options.length &&
        new Set(domains).size === domains.length
      );
    },
    {
      error: `ids must be unique, and each of ${alarmDomainSchema.options.join(', ')} must belong to one position exactly`,
    },
  );

/** Where the county says nothing else. */
export const defaultPositions: readonly Position[] = [
  { id: 'streets', name: 'Streets and transit', domains: ['traffic', 'transit', 'citizen'] },
  { id: 'utilities', name: 'Water and electricity', domains: ['electricity', 'water'] },
  { id: 'systems', name: 'Systems', domains: ['system', 'maintenance'] },
];

/** Id of the position that a domain's alarms belong to. */
export const positionOf = (positions: readonly Position[], domain: AlarmDomain): string =>
  positions.find(({ domains }) => domains.includes(domain))?.id ?? positions[0]?.id ?? '';

/** A position as screens are told of it. */
export const heldPositionSchema = positionSchema.extend({
  holder: personSchema.extend({ workstation: z.string() }).optional(),
  sinceMs: z.number().optional(),
  /** Nobody holds it: it falls to the supervisor. */
  isFallen: z.boolean(),
  /** Who took it at another workstation at the same time; shown until one of the two takes it again. */
  contestedBy: z.string().optional(),
});
export type HeldPosition = z.infer<typeof heldPositionSchema>;
