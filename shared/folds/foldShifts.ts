import { entryId, hasSeen, orderEntries } from '../record/logEntry.ts';
import type { LogEntry } from '../record/logEntry.ts';
import type { RecordEvent } from '../record/recordEvent.ts';
import { shiftFields } from '../shifts/shift.ts';
import type { Shift, ShiftField } from '../shifts/shift.ts';

type ShiftEvent = Extract<RecordEvent, { shiftId: string }>;
type ShiftEntry = LogEntry & { event: ShiftEvent };
type EntryOf<K extends ShiftEvent['kind']> = LogEntry & { event: Extract<ShiftEvent, { kind: K }> };

/** Whether an entry of the log is about a shift. */
export const isShiftEntry = (entry: LogEntry): entry is ShiftEntry => entry.event.kind.startsWith('shift.');

const isKind =
  <K extends ShiftEvent['kind']>(kind: K) =>
  (entry: LogEntry): entry is EntryOf<K> =>
    entry.event.kind === kind;

type Action = { by: LogEntry['author']; atMs: number; entry: string };
const actionOf = (entry: LogEntry): Action => ({ by: entry.author, atMs: entry.atMs, entry: entryId(entry) });

/**
 * The entry that counts, which is the last in order, and its rivals: entries that it did not know of and that no later
 * entry knew of. `entries` are in order.
 */
function settle<E extends LogEntry>(entries: readonly E[]): { stands: E | undefined; rivals: E[] } {
  const stands = entries.at(-1);
  if (stands === undefined) return { stands, rivals: [] };
  const isOpen = (entry: E): boolean => !entries.some((later) => later !== entry && hasSeen(later, entry));
  return { stands, rivals: entries.filter((entry) => entry !== stands && isOpen(entry)) };
}

/**
 * The entries that begin a shift, `shift.opened` or the `shift.takenOver` of the shift before, and when its period
 * begins (UTC ms).
 */
function openings(entries: readonly ShiftEntry[], shiftId: string): { entry: ShiftEntry; fromMs: number }[] {
  return entries.flatMap((entry) => {
    const { event } = entry;
    if (event.kind === 'shift.opened' && event.shiftId === shiftId) return [{ entry, fromMs: event.fromMs }];
    if (event.kind !== 'shift.takenOver' || event.nextShiftId !== shiftId) return [];
    const { stands } = settle(
      entries.filter(isKind('shift.closed')).filter((closed) => closed.event.shiftId === event.shiftId),
    );
    return [{ entry, fromMs: stands?.event.toMs ?? entry.atMs }];
  });
}

function shiftOf(id: string, entries: readonly ShiftEntry[]): Shift | undefined {
  const own = entries.filter(({ event }) => event.shiftId === id);
  const begun = openings(entries, id);
  const found = {
    opened: settle(begun.map(({ entry }) => entry)),
    closed: settle(own.filter(isKind('shift.closed'))),
    signed: settle(own.filter(isKind('shift.signed'))),
    takenOver: settle(own.filter(isKind('shift.takenOver'))),
  } satisfies Record<ShiftField, unknown>;
  const { opened, closed, signed, takenOver } = found;
  if (opened.stands === undefined) return undefined;
  // Where two people opened it, the period begins with the first of them.
  const fromMs = Math.min(...begun.map((each) => each.fromMs));
  return {
    id,
    opened: { ...actionOf(opened.stands), fromMs },
    ...(closed.stands && { closed: { ...actionOf(closed.stands), toMs: closed.stands.event.toMs } }),
    ...(signed.stands && {
      signed: {
        ...actionOf(signed.stands),
        reportHash: signed.stands.event.reportHash,
        heads: [...signed.stands.event.heads],
      },
    }),
    ...(takenOver.stands && {
      takenOver: { ...actionOf(takenOver.stands), nextShiftId: takenOver.stands.event.nextShiftId },
    }),
    comments: own
      .filter(isKind('shift.commented'))
      .map((entry) => ({
        ...actionOf(entry),
        text: entry.event.text,
        isLate: signed.stands !== undefined && !hasSeen(signed.stands, entry),
      })),
    conflicts: shiftFields.flatMap((field) => {
      const { rivals } = found[field];
      return rivals.length === 0 ? [] : [{ field, rivals: rivals.map(actionOf) }];
    }),
  };
}

/**
 * All shifts that the entries make, oldest first. Pure, and the same for the same entries in whatever order and however
 * often each came; entries of other kinds are passed over.
 */
export function foldShifts(all: Iterable<LogEntry>): Shift[] {
  const entries = orderEntries([...all].filter(isShiftEntry)).filter(isShiftEntry);
  const ids = new Set(
    entries.flatMap(({ event }) =>
      event.kind === 'shift.takenOver' ? [event.shiftId, event.nextShiftId] : [event.shiftId],
    ),
  );
  const shifts = [...ids].flatMap((id) => shiftOf(id, entries) ?? []);
  return shifts.sort((a, b) => a.opened.fromMs - b.opened.fromMs || (a.id < b.id ? -1 : 1));
}
