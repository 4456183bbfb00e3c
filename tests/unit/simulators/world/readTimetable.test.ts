import { expect, it } from 'vitest';
import { readTimetable } from '../../../../simulators/world/readTimetable.ts';

const files = (stops: readonly (readonly [lon: number, lat: number])[], distances?: readonly number[]) =>
  new Map([
    ['gtfs/trips.txt', 'trip_id,route_id,service_id\nT1,R1,all'],
    [
      'gtfs/stops.txt',
      ['stop_id,stop_lon,stop_lat', ...stops.map(([lon, lat], i) => `S${i},${lon},${lat}`)].join('\n'),
    ],
    [
      'gtfs/stop_times.txt',
      [
        'trip_id,stop_id,stop_sequence,arrival_time,departure_time,shape_dist_traveled',
        ...stops.map((_, i) => `T1,S${i},${i + 1},08:0${i}:00,08:0${i}:00,${distances?.[i] ?? ''}`),
      ].join('\n'),
    ],
  ]);

const distances = (...parts: Parameters<typeof files>): number[] | undefined =>
  readTimetable(files(...parts))?.blocks[0]?.trips[0]?.stops.map(({ distanceM }) => Math.round(distanceM));

it('measures the way from stop to stop where the feed does not, whichever way it goes', () => {
  // A hundredth of a degree is 1,112 m to the north, and at 60° north half as much to the east.
  expect(
    distances([
      [-93, 44.5],
      [-93, 44.51],
      [-93, 44.52],
    ]),
  ).toEqual([0, 1112, 2224]);
  expect(
    distances([
      [25, 60],
      [25.02, 60],
      [25.02, 60.01],
    ]),
  ).toEqual([0, 1112, 2224]);
});

it('takes the distances of the feed where it has them', () => {
  expect(
    distances(
      [
        [-93, 44.5],
        [-93, 44.51],
      ],
      [0, 1500],
    ),
  ).toEqual([0, 1500]);
});
