const localDay = (atMs: number, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(atMs);

/**
 * A new shift's id: the local day on which it begins and its number on that day, `2026-06-01-2`. Two workstations that
 * begin the same shift name it alike.
 */
export function nextShiftId(known: Iterable<string>, atMs: number, timeZone: string): string {
  const prefix = `${localDay(atMs, timeZone)}-`;
  let highest = 0;
  for (const id of known)
    if (id.startsWith(prefix)) highest = Math.max(highest, Number.parseInt(id.slice(prefix.length), 10) || 0);
  return `${prefix}${highest + 1}`;
}
