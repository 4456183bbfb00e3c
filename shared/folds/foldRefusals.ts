import { orderEntries } from '../record/logEntry.ts';
import type { LogEntry } from '../record/logEntry.ts';
import type { Refusal } from '../proposals/refusal.ts';

/** Whether an entry is an answer that later proposals depend on. */
export const isRefusal = ({ event: { kind } }: LogEntry): boolean =>
  kind === 'proposal.refused' || kind === 'proposal.split';

/** Everything that people refused, in the order of the log; the order in which the entries came does not matter. */
export function foldRefusals(entries: Iterable<LogEntry>): Refusal[] {
  return orderEntries(entries).flatMap(({ event, author, atMs }): Refusal[] => {
    const by = author.name;
    if (event.kind === 'proposal.refused')
      return [{ alarms: event.alarms, incidentIds: event.incidentIds, by, atMs, reason: event.reason }];
    return event.kind === 'proposal.split'
      ? [{ alarms: event.kept, incidentIds: [event.targetId], apart: event.apart, by, atMs, reason: 'Kept apart' }]
      : [];
  });
}
