import type { LogEntry } from '../../record/logEntry.ts';
import type { RecordEvent } from '../../record/recordEvent.ts';
import type { Incident } from '../../incidents/incident.ts';

export type IncidentEvent = Extract<RecordEvent, { kind: `incident.${string}` }>;
export type EventOf<K extends IncidentEvent['kind']> = Extract<IncidentEvent, { kind: K }>;
export type EntryOf<E extends IncidentEvent> = LogEntry & { event: E };
/** What an event changes, and the line that it writes into the incident's log. A field that is undefined goes. */
export type Change = { fields: { [F in keyof Incident]?: Incident[F] | undefined }; text: string };

export const isIncidentEntry = (entry: LogEntry): entry is EntryOf<IncidentEvent> =>
  entry.event.kind.startsWith('incident.');

/** Who wrote it, and when. */
export const byAuthor = ({ atMs, author }: LogEntry): { by: string; atMs: number } => ({ atMs, by: author.name });

/** The list with the thing of this key put in, or put in its place. */
export function withItem<T>(list: readonly T[] | undefined, key: keyof T, item: T): T[] {
  return [...(list ?? []).filter((each) => each[key] !== item[key]), item];
}

/** The list without the thing of this key. */
export function withoutItem<T, K extends keyof T>(list: readonly T[] | undefined, key: K, value: T[K]): T[] {
  return (list ?? []).filter((each) => each[key] !== value);
}

/** The object without its keys that are undefined. */
export function defined<T extends object>(object: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
