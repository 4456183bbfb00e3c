import type { Timetable, Trip } from '../../../../shared/county/county.ts';

/**
 * Whether the ids of a feed with this prefix belong to an agency as realtime topics name it ("town", "feed/agency").
 */
const isOf = (prefix: string, agency: string): boolean =>
  agency.toLowerCase() === prefix.toLowerCase() || agency.toLowerCase().split('/').includes(prefix.toLowerCase());

/**
 * The id under which the timetable keeps what an agency calls `id`: with the agency's prefix where it has one, as it
 * is, or with the prefix of the only agency that has such an id. `id` itself where nothing of that name is known.
 */
export function keptId(
  { names }: Pick<Timetable, 'names'>,
  known: { has: (id: string) => boolean },
  agency: string | undefined,
  id: string,
): string {
  if (names === undefined) return id;
  const own = names.prefixes.find((prefix) => agency !== undefined && isOf(prefix, agency));
  if (own !== undefined && known.has(`${own}:${id}`)) return `${own}:${id}`;
  if (known.has(id)) return id;
  const [only, ...others] = names.prefixes.map((prefix) => `${prefix}:${id}`).filter((each) => known.has(each));
  return only === undefined || others.length > 0 ? id : only;
}

/** The trips that an agency calls `id`, one of each version of its timetable. */
export function tripsNamed(timetable: Timetable, agency: string | undefined, id: string): Trip[] {
  const { trips, names } = timetable;
  const versions = names?.versions ?? new Map<string, readonly string[]>();
  const known = { has: (each: string) => trips.has(each) || versions.has(each) };
  const kept = keptId(timetable, known, agency, id);
  return (versions.get(kept) ?? [kept]).flatMap((each) => trips.get(each) ?? []);
}
