import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { readGtfs } from '../../main/engine/registry/gtfs/readGtfs.ts';
import type { Bench, Figures } from './bench.ts';

const TIMES = 200_000;
const STOPS_A_TRIP = 40;
const STOPS = 2000;
const clock = (seconds: number): string =>
  [seconds / 3600, (seconds / 60) % 60, seconds % 60]
    .map((part) => String(Math.floor(part)).padStart(2, '0'))
    .join(':');

/** A feed of the size of a large city's, with shapes, quoted names and a fault in every thousandth time. */
function largeFeed(): Uint8Array {
  const trips = TIMES / STOPS_A_TRIP;
  const stopOf = (trip: number, index: number): number => ((trip % 50) * STOPS_A_TRIP + index) % STOPS;
  const rows = (count: number, row: (index: number) => string): string =>
    Array.from({ length: count }, (_, index) => row(index)).join('\n');
  const files: Record<string, string> = {
    'agency.txt': 'agency_id,agency_name,agency_url,agency_timezone\nA,Metro,http://example.org,America/Chicago',
    'routes.txt': `route_id,route_short_name,route_long_name,route_type\n${rows(50, (i) => `R${i},${i},"Line ${i}",3`)}`,
    'stops.txt': `stop_id,stop_name,stop_lat,stop_lon\n${rows(STOPS, (i) => `S${i},"Stop ${i}",${44 + (i % 40) / 400},${-93 + Math.floor(i / 40) / 400}`)}`,
    'trips.txt': `route_id,service_id,trip_id,shape_id,direction_id\n${rows(trips, (i) => `R${i % 50},W,T${i},H${i % 50},0`)}`,
    'stop_times.txt': `trip_id,arrival_time,departure_time,stop_id,stop_sequence,shape_dist_traveled\n${rows(
      TIMES,
      (i) => {
        const [trip, index] = [Math.floor(i / STOPS_A_TRIP), i % STOPS_A_TRIP];
        const at = clock(4 * 3600 + (trip % 200) * 300 + index * 90);
        return `T${trip},${at},${at},S${i % 1000 === 999 ? 'x' : stopOf(trip, index)},${index + 1},${index * 278}`;
      },
    )}`,
    'shapes.txt': `shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence,shape_dist_traveled\n${rows(50 * 400, (i) => `H${Math.floor(i / 400)},${44 + (i % 400) / 4000},${-93 + Math.floor(i / 400) / 400},${i % 400},${(i % 400) * 27.8}`)}`,
    'calendar.txt':
      'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nW,1,1,1,1,1,1,1,20260101,20261231',
  };
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
}

async function run(options: Parameters<Bench['run']>[0], say: (line: string) => void): Promise<Figures> {
  const file = options.text('zip', '');
  const folder = mkdtempSync(join(tmpdir(), 'beacon-gtfs-'));
  try {
    mkdirSync(folder, { recursive: true });
    if (file === '') writeFileSync(join(folder, 'gtfs.zip'), largeFeed());
    else symlinkSync(resolve(file), join(folder, 'gtfs.zip'));
    say(file === '' ? `A feed with ${TIMES} times at stops is read.` : `${file} is read.`);
    const before = process.cpuUsage();
    const { feeds } = await readGtfs(folder, 'UTC');
    const { user, system } = process.cpuUsage(before);
    const sum = (each: (feed: (typeof feeds)[number]) => number): number =>
      feeds.reduce((total, feed) => total + each(feed), 0);
    return {
      seconds: Math.round((user + system) / 1e4) / 100,
      peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
      rows: sum(({ stopTimes, trips, stops, routes }) => stopTimes + trips + stops + routes),
      stopTimes: sum(({ stopTimes }) => stopTimes),
      faults: sum(({ faults }) => faults.reduce((total, { count }) => total + count, 0)),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** CPU time and memory that a GTFS feed takes to be read. */
export const gtfs: Bench = {
  what: 'reading a GTFS feed: CPU seconds, peak memory, rows and faults',
  options: { zip: 'the feed; without it one of 200,000 times at stops is made' },
  run,
};
