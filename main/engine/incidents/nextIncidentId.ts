import { createHash } from 'node:crypto';

/** Letters and digits that are not mistaken for each other when they are said or read (Crockford). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Month and day in a time zone: 1123. */
function localDay(atMs: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, month: '2-digit', day: '2-digit' }).formatToParts(atMs);
  const part = (type: 'month' | 'day'): string => parts.find((each) => each.type === type)?.value ?? '00';
  return part('month') + part('day');
}

/** Two characters that stand for an engine. */
function markOf(engine: string): string {
  const bits = createHash('sha256').update(engine).digest().readUInt16BE(0);
  return (ALPHABET[bits & 31] ?? '') + (ALPHABET[(bits >> 5) & 31] ?? '');
}

/**
 * A new incident's id, short enough to be said by radio: local day, counter, and two characters of the engine,
 * `I-1123-007-K4`: workstations that are cut off from each other go on counting, and must not give one id to two
 * incidents. The counter goes on after the highest one known for this day of any year.
 */
export function nextIncidentId(known: Iterable<string>, nowMs: number, timeZone: string, engine: string): string {
  const prefix = `I-${localDay(nowMs, timeZone)}-`;
  let highest = 0;
  for (const id of known) {
    if (id.startsWith(prefix)) highest = Math.max(highest, Number.parseInt(id.slice(prefix.length), 10) || 0);
  }
  return `${prefix}${String(highest + 1).padStart(3, '0')}-${markOf(engine)}`;
}
