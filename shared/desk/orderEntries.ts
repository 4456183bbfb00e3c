import { compareEntries } from '../record/logEntry.ts';
import type { LogEntry } from '../record/logEntry.ts';

/** The entries of one sequence, ascending, and how many of them have been placed. */
type Line = { entries: LogEntry[]; placed: number };

function linesOf(entries: Iterable<LogEntry>): Map<string, Line> {
  const bySequence = new Map<string, Map<number, LogEntry>>();
  for (const entry of entries) {
    const line = bySequence.get(entry.sequence) ?? new Map<number, LogEntry>();
    line.set(entry.seq, entry);
    bySequence.set(entry.sequence, line);
  }
  return new Map([...bySequence].map(([sequence, line]) => [sequence, { entries: [...line.values()].sort((a, b) => a.seq - b.seq), placed: 0 }]));
}

/** Whether all that its author had seen stands before it. */
function isReady(entry: LogEntry, lines: ReadonlyMap<string, Line>): boolean {
  return Object.entries(entry.seen).every(([sequence, seq]) => {
    const line = lines.get(sequence);
    const next = line?.entries[line.placed];
    return sequence === entry.sequence || next === undefined || next.seq > seq;
  });
}

/**
 * The one order in which entries are folded, the same on every workstation whatever the order of their arrival: nothing stands before what its author had
 * seen, and what was written independently stands by `compareEntries`. Where all clocks are right this is `compareEntries` alone; an event whose clock was
 * ahead does not overrule those that answered it. Doubles count once.
 */
export function orderEntries(entries: Iterable<LogEntry>): LogEntry[] {
  const lines = linesOf(entries);
  const ordered: LogEntry[] = [];
  for (;;) {
    const fronts = [...lines.values()].flatMap(({ entries: line, placed }) => line[placed] ?? []).sort(compareEntries);
    // Entries that claim to have seen each other are made by no honest workstation; they still have one order.
    const next = fronts.find((entry) => isReady(entry, lines)) ?? fronts[0];
    if (next === undefined) return ordered;
    ordered.push(next);
    const line = lines.get(next.sequence);
    if (line !== undefined) line.placed++;
  }
}
