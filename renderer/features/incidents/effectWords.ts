import type { Incident } from '../../../shared/incidents/incident.ts';
import type { LocalTime } from '../../ui/formatTime.ts';

type Closure = NonNullable<Incident['closures']>[number];
/** Closed links of one road that were closed together. */
export type ClosureGroup = Omit<Closure, 'linkId'> & { linkIds: string[] };

/** Closures as people speak of them: links of one road with the same lanes and the same end are one closure. */
export function closureGroups(closures: readonly Closure[]): ClosureGroup[] {
  const groups = new Map<string, ClosureGroup>();
  for (const { linkId, ...closure } of closures) {
    const { name, lanes, untilMs, by } = closure;
    const key = JSON.stringify([name, lanes, untilMs, by]);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { ...closure, linkIds: [linkId] });
    else known.linkIds.push(linkId);
  }
  return [...groups.values()];
}

/** Until when an effect lasts, with the day where it is another one. */
export function untilWords(untilMs: number | undefined, nowMs: number, time: LocalTime): string {
  if (untilMs === undefined) return 'until further notice';
  const at = time.date(untilMs) === time.date(nowMs) ? time.short(untilMs) : time.dateTime(untilMs);
  return untilMs > nowMs ? `until ${at}` : `was to end ${at}: end or extend it`;
}

/** The ids of routes that people name by number or id, with commas; or the names that no route has. */
export function readRoutes(
  text: string,
  routes: readonly { id: string; shortName: string }[],
): { routeIds: string[] } | { unknown: string[] } {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const found = names.map((name) => routes.find(({ id, shortName }) => shortName === name || id === name)?.id);
  const unknown = names.filter((_, index) => found[index] === undefined);
  return unknown.length > 0 ? { unknown } : { routeIds: [...new Set(found.flatMap((id) => id ?? []))] };
}
