import { goodGtfs } from '../../../../../support/goodCounty.ts';
import type { Variant } from './variant.ts';

export const wrongFeeds: readonly Variant[] = [
  ['feeds of no list', { 'feeds.json': '{"devices": {}}' }, 'leftOut', 'feeds.json:1:', /`devices` must be a list/],
  [
    'a device without an id',
    { 'feeds.json': '{"devices": [{"name": "x"}]}' },
    'leftOut',
    'feeds.json:1:',
    /`id` is missing/,
  ],
  [
    'a device in no zone',
    { 'feeds.json': '{"devices": [{"id": "ert:1", "zoneId": "Z9"}]}' },
    'leftOut',
    'feeds.json:1:',
    /The device ert:1 is in zone Z9/,
  ],
  [
    'an unknown key of a device',
    { 'feeds.json': '{"devices": [{"id": "ert:1", "zone": "Z1"}]}' },
    'warning',
    'feeds.json:1:',
    /`zone` means nothing here\. Did you mean `zoneId`/,
  ],
  [
    'an unknown part of the feeds',
    { 'feeds.json': '{"device": []}' },
    'warning',
    'feeds.json:1:',
    /Did you mean `devices`/,
  ],
  [
    'a quantity that is none',
    { 'feeds.json': '{"sparkplug": [{"metric": "M", "quantity": "flowM3", "factor": 1}]}' },
    'leftOut',
    'feeds.json:1:',
    /quantity flowM3, which is none of .* Did you mean `flowM3h`/,
  ],
  [
    'a station on no link',
    {
      'feeds.json':
        '{"digitraffic": {"stations": [{"id": 1, "name": "a", "lon": -93.5, "lat": 44.5, "linkId": "L9"}], "sensors": []}}',
    },
    'leftOut',
    'feeds.json:1:',
    /The station 1 lies on link L9/,
  ],
  ['positions of no list', { 'positions.json': '{}' }, 'error', 'positions.json:1:1', /must be a list/],
  [
    'a domain of two positions',
    { 'positions.json': '[{"id":"a","name":"A","domains":["water"]},{"id":"b","name":"B","domains":["water"]}]' },
    'error',
    'positions.json:1:',
    /one position only/,
  ],
  // GTFS
  [
    'a table is missing',
    { ...goodGtfs, 'gtfs/trips.txt': undefined },
    'leftOut',
    'gtfs/trips.txt',
    /missing|not there|no table/i,
  ],
  [
    'a calendar that ended',
    { ...goodGtfs, 'gtfs/calendar.txt': goodGtfs['gtfs/calendar.txt']?.replace('20261231', '20260201') ?? '' },
    'warning',
    'gtfs',
    /within the next 14 days\. Its calendar ended on 20260201/,
  ],
  [
    'another time zone',
    { ...goodGtfs, 'gtfs/agency.txt': 'agency_timezone\nEurope/Helsinki\n' },
    'warning',
    'gtfs/agency.txt',
    /time zone Europe\/Helsinki, and the county in America\/Chicago/,
  ],
  [
    'a route that is not there',
    { ...goodGtfs, 'gtfs/trips.txt': 'route_id,service_id,trip_id\nR9,W,T1\n' },
    'leftOut',
    'gtfs/trips.txt',
    /route_id is not in routes\.txt/,
  ],
  [
    'a stop that is not there',
    { ...goodGtfs, 'gtfs/stops.txt': 'stop_id,stop_lat,stop_lon\nS1,44.5,-93.5\n' },
    'leftOut',
    'gtfs/stop_times.txt:3',
    /stop_id/,
  ],
];
