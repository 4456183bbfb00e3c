import type { TimetableFeed } from '../../../../shared/county/timetableFeed.ts';
import type { Service } from './readCalendar.ts';
import type { ReadFeed, TimetableParts } from './readFeed.ts';
import type { GtfsFaults } from './GtfsFaults.ts';

/** A feed and its place in the county's folder. */
type Found = ReadFeed & { source: string };
/** A feed with the days on which it is used. */
type Version = { feed: Found; startDay: string; used: TimetableFeed['used'] };
type Group = { prefix: string | undefined; versions: Version[] };

/** Feeds of one agency that share this much of their routes are versions of one timetable. */
const SAME_ROUTES = 0.5;

/** The name of a feed within its source, without the ending of an archive. */
const nameOf = ({ source }: Found): string =>
  source
    .split('/')
    .slice(1)
    .join('/')
    .replace(/\.zip$/i, '');

const nextDay = (day: string): string =>
  new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(4, 6)) - 1, Number(day.slice(6, 8)) + 1))
    .toISOString()
    .slice(0, 10)
    .replaceAll('-', '');

/** Whether two feeds are timetables of the same lines: an agency may also have a feed for buses and one for trains. */
function areVersions(a: Found, b: Found): boolean {
  const names = new Set(a.agencies.map((name) => name.toLowerCase()));
  const isSameAgency = a.agencies.length === 0 || b.agencies.some((name) => names.has(name.toLowerCase()));
  const shared = [...a.parts.routes.keys()].filter((id) => b.parts.routes.has(id)).length;
  return isSameAgency && shared >= SAME_ROUTES * Math.min(a.parts.routes.size, b.parts.routes.size);
}

/**
 * The days on which each of an agency's timetables is used: on each day the one that began last among those whose
 * calendar covers it. Of two that begin on the same day the one that ends later is used.
 */
function takeTurns(feeds: readonly Found[]): Version[] {
  const versions = feeds
    .map((feed): Version => ({ feed, startDay: feed.startDay ?? feed.parts.firstDay ?? '', used: [] }))
    .sort((a, b) => (a.startDay === b.startDay ? 0 : a.startDay < b.startDay ? -1 : 1));
  if (versions.length === 1) return versions.map((version) => ({ ...version, used: [{}] }));
  const endOf = ({ feed }: Version): string => feed.parts.lastDay ?? '99999999';
  const bounds = new Set(versions.map(({ startDay }) => startDay));
  for (const { feed } of versions) if (feed.parts.lastDay !== undefined) bounds.add(nextDay(feed.parts.lastDay));
  const days = [...bounds].sort();
  for (const [index, from] of days.entries()) {
    const until = days[index + 1];
    const covering = versions.filter((version) => version.startDay <= from && endOf(version) >= from);
    const [winner] = covering.toSorted((a, b) =>
      a.startDay === b.startDay
        ? Number(endOf(a) < endOf(b)) - Number(endOf(a) > endOf(b))
        : a.startDay < b.startDay
          ? 1
          : -1,
    );
    const last = winner?.used.at(-1);
    if (last?.until !== undefined && last.until === from) winner?.used.splice(-1, 1, { ...last, until: until ?? from });
    else winner?.used.push({ ...(from !== '' && { from }), ...(until !== undefined && { until }) });
  }
  return versions;
}

function groupsOf(found: readonly Found[]): Group[] {
  const groups: Found[][] = [];
  for (const feed of found) {
    const group = groups.find((each) => each.some((other) => areVersions(other, feed)));
    if (group === undefined) groups.push([feed]);
    else group.push(feed);
  }
  return groups.map((feeds) => {
    const [shortest = ''] = feeds.map(nameOf).toSorted((a, b) => a.length - b.length);
    return { prefix: groups.length === 1 || shortest === '' ? undefined : shortest, versions: takeTurns(feeds) };
  });
}

type Merged = TimetableParts & { versions: Map<string, string[]> };

/**
 * Adds a timetable under ids of its own: those of the agency with its prefix, and of each version with its first day.
 */
function add(
  to: Merged,
  { feed: { parts }, startDay, used }: Version,
  prefix: string | undefined,
  isAlone: boolean,
): void {
  const key = (id: string): string => (prefix === undefined ? id : `${prefix}:${id}`);
  const own = (id: string): string => (isAlone ? key(id) : `${key(id)}@${startDay}`);
  for (const stop of parts.stops.values()) to.stops.set(key(stop.id), { ...stop, id: key(stop.id) });
  for (const route of parts.routes.values()) to.routes.set(key(route.id), { ...route, id: key(route.id) });
  for (const [id, path] of parts.shapes) to.shapes.set(own(id), path);
  for (const [id, service] of parts.services)
    to.services.set(own(id), { ...service, ...(!isAlone && { used }) } satisfies Service);
  for (const [id, windows] of parts.frequencies) to.frequencies.set(own(id), windows);
  for (const trip of parts.trips.values()) {
    const id = own(trip.id);
    to.trips.set(id, {
      ...trip,
      id,
      routeId: key(trip.routeId),
      serviceId: own(trip.serviceId),
      ...(trip.shapeId !== undefined && { shapeId: own(trip.shapeId) }),
      ...(trip.blockId !== undefined && { blockId: key(trip.blockId) }),
      stopTimes:
        prefix === undefined ? trip.stopTimes : trip.stopTimes.map((stop) => ({ ...stop, stopId: key(stop.stopId) })),
    });
    if (!isAlone) to.versions.set(key(trip.id), [...(to.versions.get(key(trip.id)) ?? []), id]);
  }
}

function merge(groups: readonly Group[]): TimetableParts | undefined {
  const used = groups.flatMap(({ prefix, versions }) => {
    const live = versions.filter((version) => version.used.length > 0);
    return live.map((version) => ({ version, prefix, isAlone: live.length === 1 }));
  });
  const [first, ...others] = used;
  if (first === undefined) return undefined;
  if (others.length === 0) return first.version.feed.parts;
  const to: Merged = {
    timeZone: first.version.feed.parts.timeZone,
    stops: new Map(),
    routes: new Map(),
    trips: new Map(),
    shapes: new Map(),
    services: new Map(),
    frequencies: new Map(),
    versions: new Map(),
  };
  for (const { version, prefix, isAlone } of used) add(to, version, prefix, isAlone);
  const days = (which: 'firstDay' | 'lastDay'): string[] =>
    used.flatMap(({ version }) => version.feed.parts[which] ?? []).sort();
  const [firstDay, lastDay] = [days('firstDay').at(0), days('lastDay').at(-1)];
  const { versions, ...parts } = to;
  return {
    ...parts,
    ...(firstDay !== undefined && { firstDay }),
    ...(lastDay !== undefined && { lastDay }),
    names: { prefixes: groups.flatMap(({ prefix }) => prefix ?? []), versions },
  };
}

const describe = ({ feed, used }: Version, prefix: string | undefined): TimetableFeed => ({
  source: feed.source,
  agencies: feed.agencies,
  ...(prefix !== undefined && { prefix }),
  ...(feed.version !== undefined && { version: feed.version }),
  ...(feed.parts.firstDay !== undefined && { firstDay: feed.parts.firstDay }),
  ...(feed.parts.lastDay !== undefined && { lastDay: feed.parts.lastDay }),
  used,
  routes: feed.parts.routes.size,
  trips: feed.parts.trips.size,
  stops: feed.parts.stops.size,
  stopTimes: [...feed.parts.trips.values()].reduce((sum, { stopTimes }) => sum + stopTimes.length, 0),
  faults: [
    ...feed.faults,
    ...(used.length > 0
      ? []
      : [
          { file: '', reason: 'Another timetable of its agency covers the same days: this one is not used.', count: 1 },
        ]),
  ],
});

/**
 * One timetable of all feeds: agencies keep apart by prefixes, and timetables of one agency take turns by date. With
 * one feed the ids are as they are. `faults` takes what is wrong between feeds.
 */
export function mergeFeeds(
  found: readonly Found[],
  faults: GtfsFaults,
): { parts: TimetableParts | undefined; feeds: TimetableFeed[] } {
  const groups = groupsOf(found);
  const parts = merge(groups);
  for (const { source, parts: own } of found)
    if (parts !== undefined && own.timeZone !== parts.timeZone)
      faults.note(
        source,
        `Its time zone is ${own.timeZone}, but its times are read in ${parts.timeZone} as those of the other feeds.`,
      );
  return {
    parts,
    feeds: groups.flatMap(({ prefix, versions }) => versions.map((version) => describe(version, prefix))),
  };
}
