import { describeCount, describeMany as many } from '../../../shared/base/display.ts';
import type { County } from '../../../shared/county/county.ts';
import { daysBetween, writtenDay } from '../../../shared/county/timetableFeed.ts';
import type { TimetableFeed } from '../../../shared/county/timetableFeed.ts';

/** One of several feeds of the timetable: what it holds, and on which days it is used. */
export function describeFeed({ source, prefix, routes, trips, used, firstDay, lastDay }: TimetableFeed): {
  name: string;
  holds: string;
} {
  const days = used.map(({ from = firstDay, until }) => daysBetween(from, until, lastDay));
  const use = used.length === 0 ? 'not used' : days.join(', ') || 'always';
  const named = prefix === undefined ? '' : `, ids as ${prefix}:…`;
  return { name: source, holds: `${many(routes, 'route')}, ${many(trips, 'trip')}, ${use}${named}` };
}

/** What was loaded from a county's folder, file by file, in words. */
export function describeCounty(county: County): { name: string; holds: string }[] {
  const {
    profile,
    map,
    links,
    turns,
    zones,
    detectors,
    segments,
    meters,
    units,
    feeds,
    positions,
    accounts,
    tariffs,
    timetable,
    timetableFeeds = [],
  } = county;
  const kind = (commodity: string): string =>
    describeCount(meters.filter((meter) => meter.commodity === commodity).length);
  const zonesOf = (which: string): number => zones.filter((zone) => zone.kind === which).length;
  const { digitraffic, devices = [], sparkplug = [] } = feeds;
  return [
    { name: 'county.json', holds: `${profile.name} (${profile.id}), ${profile.timeZone}` },
    { name: 'map.geojson', holds: many(map.length, 'feature') },
    { name: 'network.geojson', holds: many(links.length, 'link') },
    { name: 'turns.csv', holds: turns === undefined ? 'not there' : many(turns.length, 'forbidden turn') },
    { name: 'zones.geojson', holds: `${many(zonesOf('dma'), 'water zone')}, ${many(zonesOf('feeder'), 'feeder')}` },
    { name: 'detectors.csv', holds: many(detectors.length, 'detector') },
    { name: 'segments.csv', holds: segments === undefined ? 'not there' : many(segments.length, 'segment') },
    { name: 'meters.csv', holds: `${kind('electricity')} of electricity, ${kind('water')} of water` },
    { name: 'units.csv', holds: many(units.length, 'unit') },
    {
      name: 'feeds.json',
      holds: [
        many(digitraffic?.stations.length ?? 0, 'station'),
        many(digitraffic?.sensors.length ?? 0, 'sensor'),
        many(devices.length, 'device'),
        many(sparkplug.length, 'metric'),
      ].join(', '),
    },
    {
      name: 'positions.json',
      holds: positions === undefined ? 'not there: the usual ones' : many(positions.length, 'position'),
    },
    { name: 'accounts.csv', holds: accounts === undefined ? 'not there' : many(accounts.length, 'account') },
    { name: 'tariffs.json', holds: tariffs === undefined ? 'not there' : many(tariffs.tariffs.length, 'tariff') },
    ...(timetableFeeds.length < 2 ? [] : timetableFeeds.map(describeFeed)),
    {
      name: 'gtfs',
      holds:
        timetable === undefined
          ? 'not there'
          : `${many(timetable.routes.size, 'route')}, ${many(timetable.trips.size, 'trip')}, ${many(timetable.stops.size, 'stop')}${timetable.lastDay === undefined ? '' : `, until ${writtenDay(timetable.lastDay)}`}`,
    },
  ];
}
