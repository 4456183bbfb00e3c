import { hasSeen, orderEntries } from './logEntry.ts';
import type { LogEntry } from './logEntry.ts';

/**
 * Of all edits of one field, returns those that no later edit knew of. The last one is in force; where there are
 * several, their authors did not know of each other, and both are shown until somebody who has seen them decides. What
 * counts is what an author had seen, not the time.
 */
export function concurrentEdits(edits: readonly LogEntry[]): LogEntry[] {
  return orderEntries(edits.filter((edit) => !edits.some((other) => other !== edit && hasSeen(other, edit))));
}
