import { z } from 'zod';
import { alarmDomainSchema } from './alarmDomains.ts';
import type { AlarmDomain } from './alarmDomains.ts';
import { personSchema } from '../people/person.ts';

/** An operating position: an area of responsibility that one person at a time holds. */
export const positionSchema = z.object({
  id: z.string().min(1).max(50).describe('unique in the file'),
  name: z.string().min(1).max(100).describe('as screens write it'),
  domains: z.array(alarmDomainSchema).describe('the alarm domains that belong to it'),
});
export type Position = z.infer<typeof positionSchema>;

/**
 * `positions.json` in the county's folder. No id and no domain may occur twice; the first position answers for all
 * domains that the file does not name.
 */
export const positionsSchema = z
  .array(positionSchema)
  .min(1)
  .max(20)
  .refine((positions) => new Set(positions.map(({ id }) => id)).size === positions.length, {
    error: 'ids must be unique',
  })
  .refine(
    (positions) => {
      const domains = positions.flatMap((position) => position.domains);
      return new Set(domains).size === domains.length;
    },
    { error: 'each alarm domain must belong to one position only' },
  );

/** Positions that together answer for all alarm domains, and how that differs from what the county wrote. */
export type CompletePositions = {
  positions: Position[];
  /** Domains that no position names: the first position answers for them. */
  added: AlarmDomain[];
  /** Names of domains that this version does not know; the positions keep them. */
  unknown: AlarmDomain[];
};

/** Assigns every domain that no position names to the first position. `known`: the domains of this version. */
export function completePositions(written: readonly Position[], known: readonly AlarmDomain[]): CompletePositions {
  const named = new Set(written.flatMap(({ domains }) => domains));
  const added = known.filter((domain) => !named.has(domain));
  const positions = written.map((position, at) =>
    at === 0 ? { ...position, domains: [...position.domains, ...added] } : position,
  );
  return { positions, added, unknown: [...named].filter((domain) => !known.includes(domain)) };
}

/** The positions of a county without a `positions.json`. */
export const defaultPositions: readonly Position[] = [
  { id: 'streets', name: 'Streets and transit', domains: ['traffic', 'transit', 'citizen'] },
  { id: 'utilities', name: 'Water and electricity', domains: ['electricity', 'water'] },
  { id: 'systems', name: 'Systems', domains: ['system', 'maintenance'] },
];

/** Id of the position that a domain's alarms belong to. */
export const positionOf = (positions: readonly Position[], domain: AlarmDomain): string =>
  positions.find(({ domains }) => domains.includes(domain))?.id ?? positions[0]?.id ?? '';

/** A position as the engine publishes it to screens, with its holder. */
export const heldPositionSchema = positionSchema.extend({
  holder: personSchema.extend({ workstation: z.string() }).optional(),
  sinceMs: z.number().optional(),
  /** Nobody holds it: it falls to the supervisor. */
  isFallen: z.boolean(),
  /** The person who took it at another workstation at the same time; shown until one of the two takes it again. */
  contestedBy: z.string().optional(),
});
export type HeldPosition = z.infer<typeof heldPositionSchema>;
