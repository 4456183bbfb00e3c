import { hasSeen, workstationOf } from '../../record/logEntry.ts';
import type { LogEntry } from '../../record/logEntry.ts';
import type { Conflict } from '../../incidents/incident.ts';
import { byAuthor } from './change.ts';
import type { EntryOf, IncidentEvent } from './change.ts';

type Value = string | number | null;
type Claim = { entry: LogEntry; value: Value };
/** By field: the claims of which no other one knew. */
export type Claims = ReadonlyMap<string, readonly Claim[]>;

/** Two people who press the same button within this time mean the same. */
const SAME_TIME_MS = 60_000;

/** What an event says of fields that only one can be right about. */
function valuesOf({ event }: EntryOf<IncidentEvent>): [field: string, value: Value][] {
  switch (event.kind) {
    case 'incident.assigned':
      return [['assignee', event.assignee]];
    case 'incident.handoverAnswered':
      return event.isAccepted ? [['assignee', event.to]] : [];
    case 'incident.milestone':
      return [[event.milestone, event.atMs]];
    case 'incident.milestoneWithdrawn':
      return [[event.milestone, null]];
    case 'incident.edited':
      return (['title', 'type', 'priority', 'place'] as const).flatMap((field) =>
        event[field] === undefined ? [] : [[field, event[field]]],
      );
    case 'incident.resolved':
      return [['end', event.outcome]];
    case 'incident.reopened':
      return [['end', null]];
    case 'incident.outageStated':
      return [['customers', event.customers]];
    case 'incident.publicMessageSet':
      return [['publicMessage', event.state === 'withdrawn' ? null : event.text]];
    case 'incident.merged':
      return [['mergedInto', event.intoId]];
    case 'incident.unmerged':
      return [['mergedInto', null]];
    case 'incident.madeSecondary':
      return [['primaryId', event.primaryId]];
    case 'incident.madeIndependent':
      return [['primaryId', null]];
    default:
      return [];
  }
}

/** The claims after an entry; entries come in their one order, so an earlier one never knows of a later one. */
export function withClaims(claims: Claims, entry: EntryOf<IncidentEvent>): Claims {
  const values = valuesOf(entry);
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
              ...byAuthor(entry),
              workstation: workstationOf(entry.sequence),
              value,
            })),
          },
        ];
  });
}
