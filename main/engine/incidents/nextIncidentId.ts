/** Month and day in a time zone: 1123. */
function localDay(atMs: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, month: '2-digit', day: '2-digit' }).formatToParts(atMs);
  const part = (type: 'month' | 'day'): string => parts.find((each) => each.type === type)?.value ?? '00';
  return part('month') + part('day');
}

/**
 * A new incident's id, short enough to be said by radio: local day and counter, `I-1123-007`. The counter goes on after the highest one known for
 * this day of any year, so an id is never given twice.
 */
export function nextIncidentId(known: Iterable<string>, nowMs: number, timeZone: string): string {
  const prefix = `I-${localDay(nowMs, timeZone)}-`;
  let highest = 0;
  for (const id of known) {
    if (id.startsWith(prefix)) highest = Math.max(highest, Number.parseInt(id.slice(prefix.length), 10) || 0);
  }
  return prefix + String(highest + 1).padStart(3, '0');
}
