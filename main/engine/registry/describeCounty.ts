import type { County } from '../../../shared/county/county.ts';

const many = (count: number, one: string, several = `${one}s`): string => `${count} ${count === 1 ? one : several}`;

/** What was loaded from a county's folder, file by file, in words. */
export function describeCounty(county: County): { name: string; holds: string }[] {
  const { profile, map, links, turns, zones, detectors, meters, units, feeds, positions, timetable } = county;
  const kind = (commodity: string): number => meters.filter((meter) => meter.commodity === commodity).length;
  const zonesOf = (which: string): number => zones.filter((zone) => zone.kind === which).length;
  const { digitraffic, devices = [], sparkplug = [] } = feeds;
  return [
    { name: 'county.json', holds: `${profile.name} (${profile.id}), ${profile.timeZone}` },
    { name: 'map.geojson', holds: many(map.length, 'feature') },
    { name: 'network.geojson', holds: many(links.length, 'link') },
    { name: 'turns.csv', holds: turns === undefined ? 'not there' : many(turns.length, 'forbidden turn') },
    { name: 'zones.geojson', holds: `${many(zonesOf('dma'), 'water zone')}, ${many(zonesOf('feeder'), 'feeder')}` },
    { name: 'detectors.csv', holds: many(detectors.length, 'detector') },
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
    {
      name: 'gtfs',
      holds:
        timetable === undefined
          ? 'not there'
          : `${many(timetable.routes.size, 'route')}, ${many(timetable.trips.size, 'trip')}, ${many(timetable.stops.size, 'stop')}${timetable.lastDay === undefined ? '' : `, until ${timetable.lastDay}`}`,
    },
  ];
}
