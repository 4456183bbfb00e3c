import { createHash } from 'node:crypto';
import type { County } from '../../../shared/county/county.ts';
import { describeCounty } from './describeCounty.ts';

type Listed = { id: string };

const MOST_NAMED = 5;

/** Everything of a county but the timetable, whose size alone is compared. */
const contentOf = ({ timetable: _, ...county }: County): Omit<County, 'timetable'> => county;
const timetableOf = (county: County): string => describeCounty(county).find(({ name }) => name === 'gtfs')?.holds ?? '';

/** Two counties with the same stamp look the same on a screen. */
export const stampOfCounty = (county: County): string =>
  createHash('sha256')
    .update(JSON.stringify([contentOf(county), timetableOf(county)]))
    .digest('base64url')
    .slice(0, 16);

function named(what: string, ids: readonly string[]): string[] {
  if (ids.length === 0) return [];
  const more = ids.length > MOST_NAMED ? ', …' : '';
  return [`${ids.length} ${what} (${ids.slice(0, MOST_NAMED).join(', ')}${more})`];
}

function changesOfList(before: readonly Listed[], after: readonly Listed[]): string {
  const texts = (list: readonly Listed[]): Map<string, string> =>
    new Map(list.map((each) => [each.id, JSON.stringify(each)]));
  const [was, is] = [texts(before), texts(after)];
  return [
    ...named(
      'added',
      [...is.keys()].filter((id) => !was.has(id)),
    ),
    ...named(
      'changed',
      [...is].filter(([id, text]) => was.has(id) && was.get(id) !== text).map(([id]) => id),
    ),
    ...named(
      'removed',
      [...was.keys()].filter((id) => !is.has(id)),
    ),
  ].join(', ');
}

/** What differs between the county in use and the one that its files hold now: a sentence per file that differs. */
export function describeChanges(before: County, after: County): string[] {
  const lists = [
    ['network.geojson', before.links, after.links],
    ['zones.geojson', before.zones, after.zones],
    ['detectors.csv', before.detectors, after.detectors],
    ['meters.csv', before.meters, after.meters],
    ['units.csv', before.units, after.units],
  ] as const;
  const wholes = [
    ['county.json', before.profile, after.profile],
    ['map.geojson', before.map, after.map],
    ['feeds.json', before.feeds, after.feeds],
    ['positions.json', before.positions, after.positions],
    ['accounts.csv', before.accounts, after.accounts],
    ['tariffs.json', before.tariffs, after.tariffs],
    ['gtfs', timetableOf(before), timetableOf(after)],
  ] as const;
  return [
    ...wholes.filter(([, was, is]) => JSON.stringify(was) !== JSON.stringify(is)).map(([name]) => `${name}: changed.`),
    ...lists.flatMap(([name, was, is]) => {
      const text = changesOfList(was, is);
      return text === '' ? [] : [`${name}: ${text}.`];
    }),
  ];
}
