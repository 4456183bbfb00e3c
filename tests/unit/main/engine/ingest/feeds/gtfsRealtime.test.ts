import { readFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gtfsRealtime } from '../../../../../../main/engine/ingest/feeds/gtfsRealtime.ts';
import type { FeedEntity } from '../../../../../../shared/public/gtfsRealtime.ts';
import { createRegistry } from '../../../../../../main/engine/registry/createRegistry.ts';
import { readGtfs } from '../../../../../../main/engine/registry/gtfs/readGtfs.ts';
import type { StopTime, Timetable } from '../../../../../../shared/county/county.ts';
import { encodeFeed } from '../../../../../support/encodeFeed.ts';
import { hasRealData, realData } from '../../../../../support/realData.ts';
import { smallCounty } from '../../../../../support/smallCounty.ts';
import { temporaryFolder } from '../../../../../support/temporaryFolder.ts';
import { NOW_MS, stepper } from './stepper.ts';

const SENT_S = NOW_MS / 1000 - 5;
const message = (entity: Partial<FeedEntity>, timestamp = SENT_S): Uint8Array =>
  encodeFeed({ timestamp, incrementality: 1 }, [{ id: 'e1', ...entity }]);

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
        vehicleId: 'gtfs:agency:42',
        agency: 'agency',
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

  it('takes the time of receipt where no time is given, and reads milliseconds', () => {
    expect(send('gtfs-rt/a', message({ vehicle: { vehicle: { id: '1' } } }, 0)).values).toMatchObject([
      { atMs: NOW_MS },
    ]);
    expect(send('gtfs-rt/a', message({ vehicle: { vehicle: { id: '1' } } }, NOW_MS)).values).toMatchObject([
      { atMs: NOW_MS },
    ]);
    expect(send('gtfs-rt/a', message({ vehicle: { vehicle: { id: '1' } } }, 1000)).refusal?.reason).toBe('badTime');
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
    const stop = { stopSequence: 1, arrival: { delay: 60 }, departure: { delay: -30, time: SEVEN_S * 1000 } };
    expect(send('gtfs-rt/a', message({ tripUpdate: { trip, stopTimeUpdate: [stop] } })).values).toMatchObject([
      {
        kind: 'tripReport',
        tripKind: 'scheduled',
        tripId: 'T1',
        serviceDay: '2026-06-01',
        stops: [
          { kind: 'expected', stopSequence: 1, arrivalDelayS: 60, departureDelayS: -30, departureMs: SEVEN_S * 1000 },
        ],
      },
    ]);
  });

  it.each([
    [{ trip: { ...trip, scheduleRelationship: 3 } }, { tripKind: 'canceled', stops: [] }],
    [{ trip: { ...trip, scheduleRelationship: 7 } }, { tripKind: 'canceled' }],
    [
      { trip, stopTimeUpdate: [{ stopSequence: 1, scheduleRelationship: 1 }] },
      { stops: [{ kind: 'skipped', stopSequence: 1 }] },
    ],
    [{ trip, stopTimeUpdate: [{ stopSequence: 1, scheduleRelationship: 2 }] }, { stops: [{ kind: 'noData' }] }],
    [{ trip: { tripId: 'X', scheduleRelationship: 8 } }, { tripKind: 'added', tripId: 'X' }],
    [
      { trip, delay: 45 },
      { delayS: 45, stops: [] },
    ],
    [{ trip: { routeId: 'R1', startTime: '7:05:00' } }, { routeId: 'R1', startTime: '07:05' }],
    [
      { trip: { tripId: 'T1', scheduleRelationship: 6 }, tripProperties: { tripId: 'T1b', startTime: '08:00:00' } },
      { tripKind: 'duplicated', tripId: 'T1', copyId: 'T1b', startTime: '08:00' },
    ],
  ])('reads %o', (tripUpdate, expected) => {
    expect(send('gtfs-rt/a', message({ tripUpdate })).values).toMatchObject([expected]);
  });

  it('passes over an update that names a route only', () => {
    expect(send('gtfs-rt/a', message({ tripUpdate: { trip: { routeId: 'R1' }, delay: 60 } })).values).toEqual([]);
  });
});

describe('GTFS-Realtime data sets', () => {
  const vehicle = (id: string): FeedEntity => ({ id: `v${id}`, vehicle: { vehicle: { id }, trip: { tripId: id } } });
  const update = (id: string): FeedEntity => ({ id: `t${id}`, tripUpdate: { trip: { tripId: id }, delay: 1 } });
  const alert = (id: string, text: string): FeedEntity => ({
    id,
    alert: { informedEntity: [{ routeId: 'R1' }], headerText: { translation: [{ text }] } },
  });

  it('loses an entity that cannot be read, and no other', () => {
    const receive = stepper(gtfsRealtime, createRegistry(smallCounty({ timetable })));
    const { values, refusal, partRefused } = receive('gtfs-rt/a/b', encodeFeed({}, [vehicle('1'), Uint8Array.of(255)]));
    expect([values.length, refusal, partRefused?.reason]).toEqual([1, undefined, 'notProtobuf']);
  });

  it('ends what a whole data set leaves out, and what is deleted', () => {
    const receive = stepper(gtfsRealtime, createRegistry(smallCounty({ timetable })));
    receive('gtfs-rt/a/b', encodeFeed({}, [update('1'), update('2'), vehicle('1'), vehicle('2')]));
    expect(receive('gtfs-rt/a/b', encodeFeed({}, [update('1'), vehicle('1')])).values).toMatchObject([
      { tripId: '1' },
      { vehicleId: 'gtfs:a:1' },
      { kind: 'tripReport', tripId: '2', isWithdrawn: true },
    ]);
    expect(
      receive('gtfs-rt/a/b', encodeFeed({ incrementality: 1 }, [{ id: 'v1', isDeleted: true }])).values,
    ).toMatchObject([{ kind: 'vehicle', vehicleId: 'gtfs:a:1', isWithdrawn: true }]);
  });

  it('deletes the entity that is named, and not one whose id ends like it', () => {
    const receive = stepper(gtfsRealtime, createRegistry(smallCounty({ timetable })));
    receive('gtfs-rt/a/b', encodeFeed({}, [vehicle('9'), { ...vehicle('10'), id: 'old v9' }]));
    const { values } = receive('gtfs-rt/a/b', encodeFeed({ incrementality: 1 }, [{ id: 'v9', isDeleted: true }]));
    expect(values).toMatchObject([{ vehicleId: 'gtfs:a:9', isWithdrawn: true }]);
  });

  it('recognises an alert by its words where its id changes, and ends it when it is gone', () => {
    const receive = stepper(gtfsRealtime, createRegistry(smallCounty({ timetable })));
    const ids = ['e1', 'e2'].map((id) => receive('gtfs-rt/a/b', encodeFeed({}, [alert(id, 'Detour')])).values);
    expect(ids).toMatchObject([[{ noticeId: 'gtfs:a:e1', routeIds: ['R1'] }], [{ noticeId: 'gtfs:a:e1' }]]);
    const [ended] = receive('gtfs-rt/a/b', encodeFeed({}, [])).values;
    expect(ended).toMatchObject({ noticeId: 'gtfs:a:e1', endsMs: NOW_MS - 5000 });
  });

  it('tells vehicles apart by agency, and never by their label', () => {
    const receive = stepper(gtfsRealtime, createRegistry(smallCounty({ timetable })));
    const ids = ['gtfs-rt/a/b', 'gtfs-rt/c/b'].flatMap(
      (topic) => receive(topic, encodeFeed({}, [{ id: 'x', vehicle: { vehicle: { id: '101' } } }])).values,
    );
    expect(ids).toMatchObject([{ vehicleId: 'gtfs:a:101' }, { vehicleId: 'gtfs:c:101' }]);
    const labels = [1, 2].map((n) => ({ id: `e${n}`, vehicle: { vehicle: { label: 'Downtown' } } }));
    expect(receive('gtfs-rt/a/b', encodeFeed({}, labels)).values).toMatchObject([
      { vehicleId: 'gtfs:a:e1', label: 'Downtown' },
      { vehicleId: 'gtfs:a:e2', label: 'Downtown' },
    ]);
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
        noticeId: 'gtfs:a:e1',
        routeIds: ['R1'],
        stopIds: ['S1'],
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
    ).values.filter((value) => value.kind === 'tripReport');
    const positions = receive(
      'gtfs-rt/raba/vehicle-positions',
      readFileSync(realData('gtfs-raba', 'raba-vehicle-positions.pb')),
    ).values.filter((value) => value.kind === 'vehicle');
    expect(updates.filter(({ tripId }) => raba.trips.has(tripId ?? ''))).toHaveLength(9);
    expect(updates).toHaveLength(9);
    const stops = updates.flatMap((update) => update.stops);
    expect(stops).toHaveLength(41);
    expect(stops.every(({ stopId }) => stopId !== undefined && raba.stops.has(stopId))).toBe(true);
    expect(stops.filter(({ kind }) => kind === 'skipped').length).toBeGreaterThan(0);
    expect(positions.length).toBeGreaterThan(15);
    expect(positions.filter(({ outOfService }) => outOfService !== true)).toMatchObject([
      { vehicleId: 'gtfs:raba:5701', routeId: '24', tripId: '28c61524-6da8-4506-9a92-22f2f6e91872' },
    ]);
  });
});
