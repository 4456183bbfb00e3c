import { hasSeen, workstationOf } from '../../record/logEntry.ts';
import type { LogEntry } from '../../record/logEntry.ts';
import { incidentReadings } from '../../incidents/commands/readings.ts';
import type { EventReadings } from '../../incidents/commands/readings.ts';
import type { Conflict } from '../../incidents/incident.ts';

type Value = string | number | null;
type Claim = { entry: LogEntry; value: Value };
/** The claims that no other claim knew of, by field. */
export type Claims = ReadonlyMap<string, readonly Claim[]>;

/** Times no further apart than this are the same claim: two people pressed the same button. Milliseconds. */
const SAME_TIME_MS = 60_000;

/** The claims after one more entry. Entries come in their one order, so an earlier one never knows of a later one. */
export function withClaims(claims: Claims, entry: LogEntry, readings: EventReadings = incidentReadings): Claims {
  const values = readings.get(entry.event.kind)?.claims?.(entry.event as never) ?? [];
  if (values.length === 0) return claims;
  const next = new Map(claims);
  for (const [field, value] of values) {
    const unseen = (claims.get(field) ?? []).filter((claim) => !hasSeen(entry, claim.entry));
    next.set(field, [...unseen, { entry, value }]);
  }
  return next;
}

const isSame = (a: Value, b: Value): boolean =>
  a === b || (typeof a === 'number' && typeof b === 'number' && a > 1e9 && Math.abs(a - b) <= SAME_TIME_MS);

/**
 * The fields in which people who did not know of each other contradict each other; the claim that counts comes last.
 */
export function conflictsOf(claims: Claims): Conflict[] {
  return [...claims].flatMap(([field, heads]) => {
    const isAgreed = heads.every(({ value }) => isSame(value, heads[0]?.value ?? null));
    return isAgreed
      ? []
      : [
          {
            field,
            claims: heads.map(({ entry, value }) => ({
              by: entry.author.name,
              atMs: entry.atMs,
              workstation: workstationOf(entry.sequence),
              value,
            })),
          },
        ];
  });
}
