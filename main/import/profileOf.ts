import { basename } from 'node:path';
import timeZoneAt from '@photostructure/tz-lookup';
import type { CountyProfile } from '../../shared/county/county.ts';
import type { Bounds, Collected } from './osm/collect.ts';
import type { MapPart } from './osm/layMap.ts';

type Sources = { map: readonly MapPart[]; found: Collected; bounds: Bounds; osm: string; isSimulated: boolean };

/** The time zones of the United States, whose counties read miles and gallons. */
const US_ZONES =
  /^(America\/(New_York|Detroit|Kentucky\/.*|Indiana\/.*|Chicago|Menominee|North_Dakota\/.*|Denver|Boise|Phoenix|Los_Angeles|Anchorage|Juneau|Sitka|Metlakatla|Yakutat|Nome|Adak)|Pacific\/Honolulu)$/;
/** Meters in the Americas have about 120 V, and elsewhere 230 V; where that is wrong, county.json has to say so. */
const voltageIn = (timeZone: string): number => (/^(America|Pacific\/Honolulu)/.test(timeZone) ? 120 : 230);

const slug = (name: string): string =>
  name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');

/** People of a place as its tag says, or 0. */
function peopleIn(text: string | undefined): number {
  const number = Number(text?.replaceAll(/[\s,]/g, ''));
  return Number.isInteger(number) && number >= 0 ? number : 0;
}

/** The profile of an imported county: what the map says, and what follows from where it lies. */
export function profileOf({ map, found, bounds, osm, isSimulated }: Sources): CountyProfile {
  const [west, south, east, north] = bounds;
  const places = found.places.toSorted(
    (a, b) =>
      peopleIn(b.tags.get('population')) - peopleIn(a.tags.get('population')) ||
      ['city', 'town'].indexOf(b.tags.get('place') ?? '') - ['city', 'town'].indexOf(a.tags.get('place') ?? ''),
  );
  const [seat] = places;
  const center: [number, number] = seat === undefined ? [(west + east) / 2, (south + north) / 2] : [seat.lon, seat.lat];
  const timeZone = timeZoneAt(center[1], center[0]);
  const name =
    map.find(({ kind }) => kind === 'boundary')?.name ??
    seat?.tags.get('name') ??
    basename(osm).replace(/(\.osm)?\.pbf$/, '');
  return {
    id: slug(name) || 'county',
    name,
    timeZone,
    displayUnits: US_ZONES.test(timeZone) ? 'us' : 'metric',
    population: places.reduce((sum, { tags }) => sum + peopleIn(tags.get('population')), 0),
    bounds: [west, south, east, north],
    center,
    nominalVoltageV: voltageIn(timeZone),
    simulated: isSimulated,
  };
}
