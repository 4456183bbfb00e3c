import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { tripsNamed } from '../../../../../../main/engine/registry/gtfs/feedNames.ts';
import { readGtfs } from '../../../../../../main/engine/registry/gtfs/readGtfs.ts';
import type { ReadTimetable } from '../../../../../../main/engine/registry/gtfs/readGtfs.ts';
import type { Timetable } from '../../../../../../shared/county/county.ts';
import { timetableState } from '../../../../../../shared/county/timetableFeed.ts';
import type { TimetableFault, TimetableFeed } from '../../../../../../shared/county/timetableFeed.ts';
import { hasRealData, realData } from '../../../../../support/realData.ts';
import { temporaryFolder } from '../../../../../support/temporaryFolder.ts';

const feed = {
  'agency.txt':
    '\uFEFFagency_id,agency_name,agency_url,agency_timezone\r\nA,"Bus, Ltd ""The"" Line",http://example.org,America/Chicago\r\n',
  'stops.txt':
    'stop_id,stop_name,stop_lat,stop_lon,location_type\nS1,"Main, 1st",44.50,-93.50,0\nS2,Second,44.51,-93.50,0\nS3,Third,44.52,-93.50,0\nN1,Node,,,3\n',
  'routes.txt':
    'route_id,route_short_name,route_long_name,route_type,route_color\nR1,1,Line 1,3,00FF00\nR2,,Night line,700,\n',
  'trips.txt':
    'route_id,service_id,trip_id,trip_headsign,direction_id,block_id,shape_id\nR1,WEEK,T1,Downtown,1,B1,SH1\nR2,EXTRA,T2,,,,\n',
  'stop_times.txt': [
    'trip_id,arrival_time,departure_time,stop_id,stop_sequence,shape_dist_traveled,timepoint',
    'T1,25:20:00,25:20:00,S3,30,2.0,1',
    'T1,24:59:00,25:00:00,S1,10,0,1',
    'T1,,,S2,20,0.5,0',
    'T2,08:00:00,08:00:00,S1,1,,',
    'T2,,,S2,2,,',
    'T2,08:10:00,08:10:00,S3,3,,',
  ].join('\n'),
  'shapes.txt':
    'shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence,shape_dist_traveled\nSH1,44.52,-93.50,2,2.0\nSH1,44.50,-93.50,1,0\n',
  'calendar.txt':
    'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nWEEK,1,1,1,1,1,0,0,20260101,20261231\n',
  'calendar_dates.txt': 'service_id,date,exception_type\nWEEK,20260703,2\nEXTRA,20260704,1\n',
  'frequencies.txt': 'trip_id,start_time,end_time,headway_secs\nT2,06:00:00,20:00:00,600\n',
};

type Name = keyof typeof feed;

const ZONE = 'America/Denver';

function readParts(parts: Partial<Record<Name, string | Uint8Array | undefined>>): Promise<ReadTimetable> {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'gtfs', 'notes.d'), { recursive: true });
  for (const [name, text] of Object.entries({ ...feed, ...parts }))
    if (text !== undefined) writeFileSync(join(folder, 'gtfs', name), text);
  return readGtfs(folder, ZONE);
}

async function read(parts: Partial<Record<Name, string | undefined>> = {}): Promise<Timetable> {
  const { timetable } = await readParts(parts);
  if (timetable === undefined) throw new Error('no timetable');
  return timetable;
}

const zipOf = (files: Record<string, string>, folder: string): Record<string, Uint8Array> =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, strToU8(text)]));

describe('a GTFS feed', () => {
  it('reads quoted names behind a byte order mark, and leaves nodes without a place out', async () => {
    const timetable = await read();
    expect(timetable.timeZone).toBe('America/Chicago');
    expect(timetable.stops.get('S1')).toEqual({ id: 'S1', name: 'Main, 1st', lon: -93.5, lat: 44.5 });
    expect(timetable.stops.size).toBe(3);
    expect(timetable.trips.get('T1')).toMatchObject({
      routeId: 'R1',
      serviceId: 'WEEK',
      directionId: 1,
      blockId: 'B1',
      headsign: 'Downtown',
      shapeId: 'SH1',
    });
    expect(timetable.routes.get('R2')).toMatchObject({ shortName: 'Night line', mode: 'bus' });
  });

  it('sorts stops, passes 24 h, and fills times in between by distance, or by number', async () => {
    const timetable = await read();
    expect(
      timetable.trips
        .get('T1')
        ?.stopTimes.map(({ stopId, arrivalS, departureS, isTimepoint }) => [stopId, arrivalS, departureS, isTimepoint]),
    ).toEqual([
      ['S1', 89_940, 90_000, true],
      ['S2', 90_300, 90_300, false],
      ['S3', 91_200, 91_200, true],
    ]);
    expect(timetable.trips.get('T2')?.stopTimes.map(({ arrivalS }) => arrivalS)).toEqual([28_800, 29_100, 29_400]);
  });

  it("has distances in metres, whatever the feed's unit is", async () => {
    const timetable = await read();
    const distances = timetable.trips.get('T1')?.stopTimes.map(({ distanceM }) => distanceM) ?? [];
    // 0.02 degrees of latitude are 2.2 km; the feed counts 2 for it.
    expect(distances[2]).toBeCloseTo(2226, -1);
    expect(distances[1]).toBeCloseTo(2226 / 4, -1);
    expect((await read({ 'shapes.txt': undefined })).trips.get('T1')?.stopTimes[2]).not.toHaveProperty('distanceM');
  });

  it('runs by the week, but for exceptions', async () => {
    const { runsOn } = await read();
    // A Wednesday, a Saturday, a Friday that is taken out, a day outside, and a service that has exceptions only.
    expect(['20260701', '20260704', '20260703', '20270105'].map((day) => runsOn('WEEK', day))).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(['20260704', '20260705'].map((day) => runsOn('EXTRA', day))).toEqual([true, false]);
    expect(runsOn('UNKNOWN', '20260701')).toBe(false);
  });

  it('draws routes by their shapes, and from stop to stop without', async () => {
    const { routes, shapes } = await read();
    expect(routes.get('R1')?.shapes).toEqual([
      [
        [-93.5, 44.5],
        [-93.5, 44.52],
      ],
    ]);
    expect(routes.get('R2')?.shapes).toEqual([
      [
        [-93.5, 44.5],
        [-93.5, 44.51],
        [-93.5, 44.52],
      ],
    ]);
    expect([...shapes.keys()]).toEqual(['SH1']);
  });

  it('keeps headways that can be', async () => {
    expect(
      (await read({ 'frequencies.txt': `${feed['frequencies.txt']}T2,bad,20:00:00,0\n` })).frequencies.get('T2'),
    ).toEqual([{ fromS: 21_600, toS: 72_000, headwayS: 600 }]);
  });

  it('goes without the optional files', async () => {
    const timetable = await read({ 'shapes.txt': undefined, 'calendar.txt': undefined, 'frequencies.txt': undefined });
    expect(timetable.trips.size).toBe(2);
    expect(timetable.runsOn('EXTRA', '20260704')).toBe(true);
  });

  it.each<[Name, string, string, Partial<TimetableFault>]>([
    ['stops.txt', 'S2,Second,44.51,-93.50,0', 'S2,Second,144.51,-93.50,0', { reason: 'A stop has no place on earth.' }],
    ['stop_times.txt', 'T1,,,S2,20', 'T1,,,S2,', { reason: 'A row has no stop_sequence.', line: 4 }],
    ['stop_times.txt', 'T1,,,S2,20', 'T1,,,S9,20', { reason: 'stop_id is not in stops.txt.', line: 4 }],
    ['stop_times.txt', 'T1,,,S2,20', 'T1,eight,,S2,20', { reason: 'arrival_time is not a time.', line: 4 }],
    ['stop_times.txt', 'T1,,,S2,20', 'T9,,,S2,20', { reason: 'trip_id is not in trips.txt.' }],
    ['trips.txt', 'R2,EXTRA,T2', 'R2,EXTRA,', { reason: 'A row has no trip_id.', line: 3 }],
    ['trips.txt', 'R2,EXTRA,T2', 'R9,EXTRA,T2', { reason: 'route_id is not in routes.txt.' }],
    ['calendar_dates.txt', 'EXTRA,20260704', 'EXTRA,4 July', { reason: 'A date is not a day.', line: 3 }],
    [
      'agency.txt',
      'America/Chicago',
      'Mars/Base',
      { reason: `It gives no time zone of the IANA list; the county's, ${ZONE}, is used.` },
    ],
  ])('loses only the row of %s that has a fault: %s', async (name, sound, broken, fault) => {
    const { timetable, faults } = await readParts({ [name]: feed[name].replace(sound, broken) });
    expect(faults).toContainEqual(expect.objectContaining(fault));
    expect(timetable?.trips.get('T1')?.stopTimes.length).toBeGreaterThanOrEqual(2);
  });

  it('reads what spreadsheets make of a feed, and says what it is', async () => {
    const semicolons = feed['stops.txt'].replaceAll('"Main, 1st"', 'Main').replaceAll(',', ';');
    const latin = Buffer.from(feed['routes.txt'].replace('Line 1', 'Línea 1'), 'latin1');
    const { timetable, faults } = await readParts({
      'stops.txt': semicolons,
      'routes.txt': latin,
      'trips.txt': `${feed['trips.txt']},,,,,,\n`,
      'calendar.txt': feed['calendar.txt'].replace('20260101', '2026-01-01'),
    });
    expect(faults.map(({ file, reason }) => [file, reason])).toEqual([
      ['stops.txt', 'Its columns are separated by ";" instead of commas.'],
      ['routes.txt', 'It is not UTF-8; it was read as Windows-1252.'],
    ]);
    expect([timetable?.stops.size, timetable?.routes.get('R1')?.longName]).toEqual([3, 'Línea 1']);
    expect(timetable?.runsOn('WEEK', '20260107')).toBe(true);
  });

  it('fills in a time that goes back along the trip', async () => {
    const { timetable, faults } = await readParts({
      'stop_times.txt': feed['stop_times.txt'].replace('T2,,,S2', 'T2,07:00:00,07:00:00,S2'),
    });
    expect(timetable?.trips.get('T2')?.stopTimes.map(({ arrivalS }) => arrivalS)).toEqual([28_800, 29_100, 29_400]);
    expect(faults).toMatchObject([{ file: 'stop_times.txt', count: 1 }]);
  });

  it('knows when its calendar begins and ends', async () => {
    expect(await read()).toMatchObject({ firstDay: '20260101', lastDay: '20261231' });
  });

  it('lists a file that is missing', async () => {
    const { timetable, faults } = await readParts({ 'stops.txt': undefined });
    expect(faults).toContainEqual({ file: 'stops.txt', reason: 'The file is missing.', count: 1 });
    expect(timetable?.routes.size).toBe(2);
  });

  it('reads a ZIP, with the files at its top or in a folder, and says when it is none', async () => {
    const folder = temporaryFolder();
    expect(await readGtfs(folder, ZONE)).toEqual({ feeds: [], faults: [] });
    writeFileSync(join(folder, 'gtfs.zip'), zipSync(zipOf(feed, 'feed')));
    expect((await readGtfs(folder, ZONE)).timetable?.trips.size).toBe(2);
    writeFileSync(join(folder, 'gtfs.zip'), zipSync({ 'inner.zip': zipSync(zipOf(feed, '.')) }));
    expect((await readGtfs(folder, ZONE)).timetable?.trips.size).toBe(2);
    writeFileSync(join(folder, 'gtfs.zip'), 'no zip');
    const broken = await readGtfs(folder, ZONE);
    expect(broken).not.toHaveProperty('timetable');
    expect(broken.faults).toMatchObject([{ file: 'gtfs.zip', reason: expect.stringMatching(/^It is not a ZIP file/) }]);
  });

  it('uses the longer of two timetables that begin on the same day, and says which one is not used', async () => {
    const folder = temporaryFolder();
    const old = {
      ...feed,
      'calendar.txt': feed['calendar.txt'].replace('20261231', '20260131'),
      'calendar_dates.txt': '',
    };
    writeFileSync(join(folder, 'gtfs.zip'), zipSync({ ...zipOf(old, 'a'), ...zipOf(feed, 'b') }));
    const { timetable, faults } = await readGtfs(folder, ZONE);
    expect(timetable?.lastDay).toBe('20261231');
    expect([...(timetable?.trips.keys() ?? [])]).toEqual(['T1', 'T2']);
    expect(faults).toMatchObject([{ file: 'a', reason: expect.stringMatching(/this one is not used/) as string }]);
  });
});

describe('several GTFS feeds', () => {
  const withDays = (first: string, last: string): Record<string, string> => ({
    ...feed,
    'calendar.txt': feed['calendar.txt'].replace('20260101', first).replace('20261231', last),
    'calendar_dates.txt': '',
  });
  const writeFeeds = (feeds: Record<string, Record<string, string> | string>): string => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'gtfs'));
    for (const [name, files] of Object.entries(feeds))
      writeFileSync(join(folder, 'gtfs', name), typeof files === 'string' ? files : zipSync(zipOf(files, '.')));
    return folder;
  };
  const runsOn = ({ timetable }: ReadTimetable, id: string, day: string): boolean[] =>
    tripsNamed(timetable as Timetable, undefined, id).map((trip) => timetable?.runsOn(trip.serviceId, day) === true);

  it('of one agency take turns by date: each day has the timetable that began last', async () => {
    const read = await readGtfs(
      writeFeeds({
        'winter.zip': withDays('20260101', '20260630'),
        'summer.zip': withDays('20260601', '20261231'),
        'fair.zip': withDays('20260901', '20260902'),
      }),
      ZONE,
    );
    expect(read.faults).toEqual([]);
    expect(read.feeds.map(({ source, used }) => [source, used])).toEqual([
      ['gtfs/winter.zip', [{ from: '20260101', until: '20260601' }]],
      [
        'gtfs/summer.zip',
        [
          { from: '20260601', until: '20260901' },
          { from: '20260903', until: '20270101' },
        ],
      ],
      ['gtfs/fair.zip', [{ from: '20260901', until: '20260903' }]],
    ]);
    // Fridays, a Monday and a Tuesday.
    expect(['20260529', '20260601', '20260901', '20260903', '20270108'].map((day) => runsOn(read, 'T1', day))).toEqual([
      [true, false, false],
      [false, true, false],
      [false, false, true],
      [false, true, false],
      [false, false, false],
    ]);
    expect(read.timetable?.routes.size).toBe(2);
    expect(
      ['20260529', '20260601', '20270108'].map((day) => timetableState(read.feeds[0] as TimetableFeed, day)),
    ).toEqual(['inForce', 'over', 'over']);
  });

  it('of several agencies are kept apart by the names of their files; ids that one agency has are found without it', async () => {
    const hill = Object.fromEntries(
      Object.entries(feed).map(([name, text]) => [
        name,
        text.replace('Bus, Ltd ""The"" Line', 'Hill Transit').replaceAll('R2', 'R7').replaceAll('T2', 'T7'),
      ]),
    );
    const { timetable, faults, feeds } = await readGtfs(writeFeeds({ 'town.zip': feed, 'hill.zip': hill }), ZONE);
    if (timetable === undefined) throw new Error('no timetable');
    expect(faults).toEqual([]);
    expect(feeds.map(({ prefix }) => prefix)).toEqual(['hill', 'town']);
    const found = (agency: string | undefined, id: string): unknown =>
      tripsNamed(timetable, agency, id).map(({ id: kept, routeId }) => [kept, routeId]);
    expect(found('town', 'T1')).toEqual([['town:T1', 'town:R1']]);
    expect(found('Digi/HILL', 'T1')).toEqual([['hill:T1', 'hill:R1']]);
    expect(found(undefined, 'T7')).toEqual([['hill:T7', 'hill:R7']]);
    expect(found(undefined, 'T1')).toEqual([]);
    expect(timetable.trips.get('hill:T1')?.stopTimes.every(({ stopId }) => timetable.stops.has(stopId))).toBe(true);
    expect(timetable.runsOn('town:WEEK', '20260701')).toBe(true);
  });

  it('cost only themselves where they cannot be read', async () => {
    const { timetable, faults } = await readGtfs(writeFeeds({ 'town.zip': feed, 'hill.zip': 'no zip' }), ZONE);
    expect(timetable?.trips.size).toBe(2);
    expect(faults).toMatchObject([
      { file: 'hill.zip', reason: expect.stringMatching(/^It is not a ZIP file/) as string },
    ]);
  });
});

describe.skipIf(!hasRealData('gtfs-raba'))('a real GTFS feed', () => {
  it('is read whole', async () => {
    const folder = temporaryFolder();
    copyFileSync(realData('gtfs-raba', 'raba.zip'), join(folder, 'gtfs.zip'));
    const { timetable } = await readGtfs(folder, ZONE);
    expect([timetable?.routes.size, timetable?.trips.size, timetable?.stops.size]).toEqual([13, 282, 375]);
    expect(timetable?.timeZone).toBe('America/Los_Angeles');
    const trips = [...(timetable?.trips.values() ?? [])];
    expect(
      trips.every(
        ({ stopTimes }) =>
          stopTimes.length > 1 &&
          stopTimes.every(({ arrivalS }, i) => i === 0 || arrivalS >= (stopTimes[i - 1]?.departureS ?? 0)),
      ),
    ).toBe(true);
    expect([...(timetable?.routes.values() ?? [])].every(({ shapes }) => shapes.length > 0)).toBe(true);
  });
});
