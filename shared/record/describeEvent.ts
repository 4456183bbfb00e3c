import type { RecordEvent } from './recordEvent.ts';

/**
 * The fields of events that people wrote or would search for, the most useful first. Secrets and hashes are in none of
 * them.
 */
const spoken = [
  'title',
  'text',
  'reason',
  'outcome',
  'name',
  'label',
  'assignee',
  'note',
  'caption',
  'wentWell',
  'toImprove',
  'place',
] as const;

/** The name of a kind of event for people: "proposal.refused" as "Proposal refused". */
export function nameOfKind(kind: string): string {
  const words = kind.replace('.', ' ').replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What people wrote in an event; empty for one without words. */
export function wordsOf(event: RecordEvent): string[] {
  const fields: Readonly<Record<string, unknown>> = event;
  return spoken.flatMap((name) => {
    const value = fields[name];
    return typeof value === 'string' && value !== '' ? [value] : [];
  });
}

/** An event as one line: "Incident noted: Two cars, right lane blocked". */
export function describeEvent(event: RecordEvent): string {
  const [first] = wordsOf(event);
  return first === undefined ? nameOfKind(event.kind) : `${nameOfKind(event.kind)}: ${first}`;
}
