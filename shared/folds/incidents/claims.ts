import { hasSeen, workstationOf } from '../../record/logEntry.ts';
import type { LogEntry } from '../../record/logEntry.ts';
import { incidentReadings } from '../../incidents/commands/readings.ts';
import type { EventReadings } from '../../incidents/commands/readings.ts';
import type { Conflict } from '../../incidents/incident.ts';

type Value = string | number | null;
type Claim = { entry: LogEntry; value: Value };
/** By field: the claims of which no other one knew. */
export type Claims = ReadonlyMap<string, readonly Claim[]>;

/** Two people who press the same button within this time mean the same. */
const SAME_TIME_MS = 60_000;

/** The claims after an entry; entries come in their one order, so an earlier one never knows of a later one. */
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

/** What people who did not know of each other said differently, the one that counts last. */
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
