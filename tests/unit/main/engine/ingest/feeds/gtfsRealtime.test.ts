import { readFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gtfsRealtime } from '../../../../../../main/engine/ingest/feeds/gtfsRealtime.ts';
import { feedMessageType } from '../../../../../../main/engine/ingest/feeds/gtfsRealtimeSchema.ts';
import type { FeedEntity } from '../../../../../../main/engine/ingest/feeds/gtfsRealtimeSchema.ts';
import { createRegistry } from '../../../../../../main/engine/registry/createRegistry.ts';
import { readGtfs } from '../../../../../../main/engine/registry/gtfs/readGtfs.ts';
import type { StopTime, Timetable } from '../../../../../../shared/county/county.ts';
import { hasRealData, realData } from '../../../../../support/realData.ts';
import { smallCounty } from '../../../../../support/smallCounty.ts';
import { temporaryFolder } from '../../../../../support/temporaryFolder.ts';
import { NOW_MS, stepper } from './stepper.ts';

const SENT_S = NOW_MS / 1000 - 5;
const message = (entity: Partial<FeedEntity>, timestamp = SENT_S): Uint8Array =>
  feedMessageType
    .encode(
      feedMessageType.fromObject({
        header: { gtfsRealtimeVersion: '2.0', timestamp },
        entity: [{ id: 'e1', ...entity }],
      }),
    )
    .finish();

const stopTime = (stopId: string, sequence: number, arrivalS: number): StopTime => ({
  stopId,
  sequence,
  arrivalS,
  departureS: arrivalS + 30,
  isTimepoint: true,
});

const timetable: Timetable = {
  timeZone: 'America/Chicago',
  stops: new Map([['S1', { id: 'S1', name: 'First', lon: -93.5, lat: 44.5 }]]),
  routes: new Map([['R1', { id: 'R1', shortName: '1', longName: 'Line 1', mode: 'tram', shapes: [] }]]),
  trips: new Map([
    [
      'T1',
      {
        id: 'T1',
        routeId: 'R1',
        serviceId: 'W',
        directionId: 0,
        stopTimes: [stopTime('S1', 1, 25_200), stopTime('S2', 2, 25_500)],
      },
    ],
    [
      'F1',
      {
        id: 'F1',
        routeId: 'R1',
        serviceId: 'W',
        directionId: 0,
        stopTimes: [stopTime('S1', 1, 0), stopTime('S2', 2, 300)],
      },
    ],
  ]),
  shapes: new Map(),
  runsOn: () => true,
  frequencies: new Map([['F1', [{ fromS: 21_600, toS: 72_000, headwayS: 600 }]]]),
};
/** 07:00 in Chicago on 1 June 2026 is 12:00 UTC. */
const SEVEN_S = Date.UTC(2026, 5, 1, 12) / 1000;
const send = stepper(gtfsRealtime, createRegistry(smallCounty({ timetable })));

describe('GTFS-Realtime vehicles', () => {
  it('reads position, trip and occupancy', () => {
    const vehicle = {
      trip: { tripId: 'T1', startDate: '20260601', startTime: '07:00:00', directionId: 1 },
      vehicle: { id: '42', label: 'Bus 42' },
      position: { latitude: 44.5, longitude: -93.5, bearing: 90, speed: 12.5 },
      timestamp: SENT_S - 10,
      stopId: 'S2',
      occupancyPercentage: 80,
    };
    expect(send('gtfs-rt/agency/vehicle-positions', message({ vehicle })).values).toEqual([
      {
        kind: 'vehicle',
        vehicleId: 'gtfs:42',
        label: 'Bus 42',
        mode: 'tram',
        atMs: NOW_MS - 15_000,
        quality: 'good',
        lon: -93.5,
        lat: 44.5,
        speedMps: 12.5,
        headingDeg: 90,
        tripId: 'T1',
        routeId: 'R1',
        routeName: '1',
        directionId: 1,
        serviceDay: '2026-06-01',
        startTime: '07:00',
        stopId: 'S2',
        occupancyRatio: 0.8,
      },
    ]);
  });

  it('shows a vehicle without a trip as out of service, and one without a fix without a position', () => {
    const [seen] = send(
      'gtfs-rt/a',
      message({ vehicle: { vehicle: { id: '7' }, position: { latitude: 0, longitude: 0 } } }),
    ).values;
    expect(seen).toMatchObject({ vehicleId: 'gtfs:7', outOfService: true, atMs: NOW_MS - 5000 });
    expect(seen).not.toHaveProperty('lon');
  });

  it("takes the mode from Digitransit's topic", () => {
    const topic = '/gtfsrt/vp/HSL/0055/Operator/SUBWAY/1069/0/Malmi/trip/stop/07:20/1216/60;24/19/73/44/69/007AC9/';
    expect(send(topic, message({ vehicle: { vehicle: { id: '1' } } })).values).toMatchObject([{ mode: 'metro' }]);
  });

  it('takes the time of receipt where no time is given, and refuses milliseconds', () => {
    expect(send('gtfs-rt/a', message({ vehicle: { vehicle: { id: '1' } } }, 0)).values).toMatchObject([
      { atMs: NOW_MS },
    ]);
    expect(send('gtfs-rt/a', message({ vehicle: { vehicle: { id: '1' } } }, NOW_MS)).refusal?.reason).toBe('badTime');
  });

  it('refuses what is no message', () => {
    expect(send('gtfs-rt/a', Uint8Array.of(1, 2, 3)).refusal?.reason).toBe('notProtobuf');
    expect(send('gtfs-rt/a', '<html>').refusal?.reason).toBe('notProtobuf');
    expect(send('gtfs-rt/a', new Uint8Array(9_000_000)).refusal?.reason).toBe('tooLarge');
  });
});

describe('GTFS-Realtime trip updates', () => {
  const trip = { tripId: 'T1', startDate: '20260601' };

  it('keeps delays as they are: positive is late', () => {
    expect(
      send(
        'gtfs-rt/a',
        message({
          tripUpdate: {
            trip,
            stopTimeUpdate: [{ stopSequence: 1, arrival: { delay: 60 }, departure: { delay: -30 } }],
          },
        }),
      ).values,
    ).toMatchObject([
      {
        kind: 'stopDelay',
        tripId: 'T1',
        routeId: 'R1',
        stopId: 'S1',
        arrivalDelayS: 60,
        departureDelayS: -30,
        relationship: 'scheduled',
      },
    ]);
  });

  it('compares times with the timetable of the service day', () => {
    expect(
      send(
        'gtfs-rt/a',
        message({
          tripUpdate: { trip, stopTimeUpdate: [{ stopId: 'S2', arrival: { time: SEVEN_S + 420, delay: 7 } }] },
        }),
      ).values,
    ).toMatchObject([{ stopSequence: 2, arrivalDelayS: 120 }]);
  });

  it('counts a trip with a headway from the start of its run', () => {
    const run = { tripId: 'F1', startDate: '20260601', startTime: '07:00:00' };
    const [seen] = send(
      'gtfs-rt/a',
      message({ tripUpdate: { trip: run, stopTimeUpdate: [{ stopSequence: 2, arrival: { time: SEVEN_S + 330 } }] } }),
    ).values;
    expect(seen).toMatchObject({ arrivalDelayS: 60 });
  });

  it.each([
    [{ trip: { ...trip, scheduleRelationship: 3 } }, { relationship: 'canceled' }],
    [
      { trip, stopTimeUpdate: [{ stopSequence: 1, scheduleRelationship: 1 }] },
      { relationship: 'skipped', stopId: 'S1' },
    ],
    [{ trip, stopTimeUpdate: [{ stopSequence: 1, scheduleRelationship: 2 }] }, { relationship: 'noData' }],
    [
      {
        trip: { tripId: 'X', scheduleRelationship: 1 },
        stopTimeUpdate: [{ stopId: 'S1', arrival: { time: SEVEN_S } }],
      },
      { relationship: 'added', tripId: 'X' },
    ],
    [{ trip, stopTimeUpdate: [{ stopSequence: 1, arrival: { delay: 0 } }] }, { arrivalDelayS: 0 }],
    [
      { trip, delay: 45 },
      { arrivalDelayS: 45, departureDelayS: 45 },
    ],
  ])('reads %o', (tripUpdate, expected) => {
    expect(send('gtfs-rt/a', message({ tripUpdate })).values).toMatchObject([expected]);
  });
});

describe('GTFS-Realtime alerts', () => {
  it('reads English, the severity, the period that holds and the place of a single stop', () => {
    const alert = {
      activePeriod: [
        { start: SENT_S - 100_000, end: SENT_S - 90_000 },
        { start: SENT_S - 60, end: SENT_S + 3600 },
      ],
      informedEntity: [{ stopId: 'S1' }, { routeId: 'R1' }],
      severityLevel: 4,
      headerText: {
        translation: [
          { text: 'Détour', language: 'fr' },
          { text: 'Detour', language: 'en-US' },
        ],
      },
      descriptionText: { translation: [{ text: 'Use Oak St' }] },
    };
    expect(send('gtfs-rt/a/alerts', message({ alert })).values).toEqual([
      {
        kind: 'notice',
        noticeId: 'gtfs:e1',
        source: 'Transit agency',
        title: 'Detour',
        text: 'Use Oak St',
        severity: 'severe',
        atMs: NOW_MS - 5000,
        quality: 'good',
        startsMs: NOW_MS - 65_000,
        endsMs: NOW_MS + 3_595_000,
        lon: -93.5,
        lat: 44.5,
      },
    ]);
  });

  it('judges by the effect where no severity is given', () => {
    expect(
      send('gtfs-rt/a', message({ alert: { effect: 4, headerText: { translation: [{ text: 'Detour' }] } } })).values,
    ).toMatchObject([{ severity: 'warning' }]);
    expect(
      send('gtfs-rt/a', message({ alert: { effect: 9, headerText: { translation: [{ text: 'Stop moved' }] } } }))
        .values,
    ).toMatchObject([{ severity: 'info' }]);
  });
});

describe.skipIf(!hasRealData('gtfs-raba'))('GTFS-Realtime as recorded', () => {
  it('joins with the static timetable: all trips, all stops', async () => {
    const folder = temporaryFolder();
    await copyFile(realData('gtfs-raba', 'raba.zip'), join(folder, 'gtfs.zip'));
    const { timetable: raba } = await readGtfs(folder, 'America/Los_Angeles');
    if (raba === undefined) throw new Error('no timetable');
    const receive = stepper(gtfsRealtime, createRegistry(smallCounty({ timetable: raba })), 1_749_416_910_000);
    const updates = receive(
      'gtfs-rt/raba/trip-updates',
      readFileSync(realData('gtfs-raba', 'raba-trip-updates.pb')),
    ).values.filter((value) => value.kind === 'stopDelay');
    const positions = receive(
      'gtfs-rt/raba/vehicle-positions',
      readFileSync(realData('gtfs-raba', 'raba-vehicle-positions.pb')),
    ).values.filter((value) => value.kind === 'vehicle');
    const tripIds = new Set(updates.map(({ tripId }) => tripId));
    expect([...tripIds].filter((id) => raba.trips.has(id))).toHaveLength(9);
    expect(tripIds.size).toBe(9);
    expect(updates).toHaveLength(41);
    expect(updates.every(({ stopId }) => stopId !== undefined && raba.stops.has(stopId))).toBe(true);
    expect(updates.filter(({ relationship }) => relationship === 'skipped').length).toBeGreaterThan(0);
    const late = updates.find(({ arrivalDelayS }) => arrivalDelayS !== undefined);
    expect(Math.abs(late?.arrivalDelayS ?? Infinity)).toBeLessThan(3600);
    expect(positions.length).toBeGreaterThan(15);
    expect(positions.filter(({ outOfService }) => outOfService !== true)).toMatchObject([
      { vehicleId: 'gtfs:5701', routeId: '24', tripId: '28c61524-6da8-4506-9a92-22f2f6e91872' },
    ]);
  });
});
