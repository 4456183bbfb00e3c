import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import { createTrafficDomain } from '../../../../main/engine/domains/traffic/createTrafficDomain.ts';
import { TransitService } from '../../../../main/engine/domains/transit/TransitService.ts';
import type { Condition } from '../../../../main/engine/domains/kit/Condition.ts';
import type { VehicleObservation } from '../../../../shared/base/values.ts';
import type { Link, Segment, Timetable, Trip } from '../../../../shared/county/county.ts';
import { beaconSegments } from '../../../../main/engine/ingest/feeds/beaconSegments.ts';
import { topicOf } from '../../../../shared/wire/topics.ts';
import { frameOf } from '../../../support/frameOf.ts';
import { makeCounty } from '../../../support/makeCounty.ts';
import { hasRealData, realData } from '../../../support/realData.ts';

type Row = Record<string, string>;
const unpack = (...parts: string[]): string => gunzipSync(readFileSync(realData(...parts))).toString();
/** Cells of a large file without quotes, without its header. */
const readCells = (...parts: string[]): string[][] =>
  unpack(...parts)
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.trimEnd().split(','));

const seconds = (text: string): number => text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);

/** The schedule of that Wednesday; it has neither shapes nor sequence, so stops follow by time. */
function readCapMetro(): Timetable {
  const stops = parse<Row>(unpack('capmetro', 'stops_20140824_20150606.csv.gz'), { columns: true }).map((row) => ({
    id: row['stop_id'] ?? '',
    name: row['stop_name'] ?? '',
    lon: Number(row['stop_lon']),
    lat: Number(row['stop_lat']),
  }));
  const trips = new Map<string, Trip>();
  for (const [id = '', arrival = '', stopId = '', _sunday, _monday, _tuesday, wednesday] of readCells(
    'capmetro',
    'schedule_20140824_20150606.csv.gz',
  )) {
    if (wednesday !== '1') continue;
    const trip = trips.get(id) ?? { id, routeId: 'any', serviceId: 'weekday', directionId: 0, stopTimes: [] };
    const atS = seconds(arrival);
    trip.stopTimes.push({
      stopId,
      sequence: trip.stopTimes.length,
      arrivalS: atS,
      departureS: atS,
      isTimepoint: false,
    });
    trips.set(id, trip);
  }
  for (const trip of trips.values()) trip.stopTimes.sort((a, b) => a.arrivalS - b.arrivalS);
  return {
    timeZone: 'America/Chicago',
    stops: new Map(stops.map((stop) => [stop.id, stop])),
    routes: new Map(),
    trips,
    shapes: new Map(),
    runsOn: () => true,
    frequencies: new Map(),
  };
}

function readPosition(cells: readonly string[], atMs: number): VehicleObservation {
  const [vehicleId = '', , speed, routeId = '', tripId = '', lat, lon] = cells;
  const place = { lon: Number(lon), lat: Number(lat), speedMps: Number(speed) };
  return { kind: 'vehicle', vehicleId, mode: 'bus', quality: 'good', tripId, routeId, atMs, ...place };
}

describe.skipIf(!hasRealData('capmetro'))('a day of buses in Austin', () => {
  const JUDGED_EVERY_MS = 60_000;
  const NEAR_STOP_M = 50;
  const delays: number[] = [];
  const nearStops: number[] = [];
  const rules = new Set<string>();
  const lateAtTheEnd: string[] = [];
  let [positions, joined] = [0, 0];

  beforeAll(() => {
    const timetable = readCapMetro();
    const { county } = makeCounty({ timetable });
    const service = new TransitService(county);
    const rows = readCells('capmetro', 'vehicle_positions_2015-03-18.csv.gz').map((cells) => ({
      cells,
      atMs: Date.parse(cells[1] ?? ''),
    }));
    // The schedule names no routes; the vehicles do.
    for (const { cells } of rows) {
      const trip = timetable.trips.get(cells[4] ?? '');
      if (trip !== undefined) trip.routeId = cells[3] ?? '';
    }
    let judgedMs = Number.NaN;
    for (const { cells, atMs } of rows.sort((a, b) => a.atMs - b.atMs)) {
      if (!(atMs - judgedMs < JUDGED_EVERY_MS)) {
        judgedMs = atMs;
        for (const { rule } of service.judge(atMs)) rules.add(rule);
        for (const vehicle of service.state.rows)
          if (vehicle.isVeryLate && vehicle.hasArrived) lateAtTheEnd.push(vehicle.id);
      }
      const seen = readPosition(cells, atMs);
      service.state.applyVehicle(seen, atMs);
      positions++;
      const vehicle = service.state.vehicles.get(seen.vehicleId);
      if (vehicle?.run !== undefined) joined++;
      const delayS = vehicle?.delayS;
      if (delayS === undefined || !Number.isFinite(delayS)) continue;
      delays.push(delayS);
      const isNear = vehicle?.run?.plan.stops.some(({ alongM }) => Math.abs(alongM - vehicle.alongM) <= NEAR_STOP_M);
      if (isNear === true) nearStops.push(delayS);
    }
  }, 120_000);

  const quantile = (values: readonly number[], share: number): number =>
    values.toSorted((a, b) => a - b)[Math.floor(share * values.length)] ?? Number.NaN;

  it('is joined with its schedule, and its delays are worked out from positions and timetable alone', () => {
    expect(joined / positions).toBeGreaterThanOrEqual(0.97);
    expect(delays.length / positions).toBeGreaterThan(0.85);
    // That agency published that about four in five of its departures were on time; wrong matches would lie whole
    // headways off.
    expect(quantile(delays, 0.5)).toBeGreaterThan(0);
    expect(quantile(delays, 0.5)).toBeLessThan(120);
    expect(quantile(delays, 0.05)).toBeGreaterThan(-300);
    expect(quantile(delays, 0.95)).toBeLessThan(900);
  });

  it('deviates near stops as a study of that day measured it: 21 s behind at the median', () => {
    expect(nearStops.length).toBeGreaterThan(1000);
    expect(Math.abs(quantile(nearStops, 0.5) - 21)).toBeLessThanOrEqual(10);
  });

  it('has no outage of its feed, which reports every ten minutes, and no bus that is late where its trip ends', () => {
    expect([...rules]).not.toContain('transit.feedOutage');
    expect(lateAtTheEnd).toEqual([]);
  });
});

type TravelTime = { id: string; atMs: number; travelS: number; count: number };

describe.skipIf(!hasRealData('aarhus'))('a week of travel times in Aarhus', () => {
  const SEGMENTS = 40;
  const FROM_MS = Date.parse('2014-08-04T00:00:00Z');
  const DAY_MS = 86_400_000;
  /** A quiet hour in which many segments saw nobody. */
  const NIGHT_MS = FROM_MS + 4 * DAY_MS + 2.5 * 3_600_000;
  const found: Condition[] = [];
  const atNight: { vehicles: number; speedRatio: number }[] = [];
  /** Speed ratios of Friday at 16:00, local time. */
  const peak: number[] = [];
  const PEAK_MS = FROM_MS + 4 * DAY_MS + 14 * 3_600_000;
  let heldWords: string | undefined;
  const meanOf = (values: readonly number[]): number => {
    const known = values.filter((value) => Number.isFinite(value));
    return known.reduce((sum, value) => sum + value, 0) / known.length;
  };

  const readSegments = (): Map<string, TravelTime[]> => {
    const segments = new Map<string, TravelTime[]>();
    for (const [, travelS, , , , timestamp = '', count, , id = ''] of readCells(
      'aarhus',
      'all449_week_2014-08-04_to_10.csv.gz',
    )) {
      if (!segments.has(id) && segments.size === SEGMENTS) continue;
      const rows = segments.get(id) ?? [];
      rows.push({ id, atMs: Date.parse(`${timestamp}Z`), travelS: Number(travelS), count: Number(count) });
      segments.set(id, rows);
    }
    return segments;
  };

  /** One link and one segment for each pair of points that the metadata describe. */
  const makeNetwork = (travelTimes: ReadonlyMap<string, TravelTime[]>): { links: Link[]; segments: Segment[] } => {
    const metadata = parse<Row>(readFileSync(realData('aarhus', 'trafficMetaData.csv'), 'utf8'), { columns: true });
    const known = metadata.filter((row) => travelTimes.has(row['REPORT_ID'] ?? ''));
    const links = known.map((row): Link => {
      const [id, lengthM] = [row['REPORT_ID'] ?? '', Number(row['DISTANCE_IN_METERS'])];
      const times = (travelTimes.get(id) ?? []).map(({ travelS }) => travelS).sort((a, b) => a - b);
      return {
        id,
        name: row['POINT_1_STREET'] ?? '',
        roadClass: 'arterial',
        fromNode: `${id}:${row['POINT_1_NAME'] ?? ''}`,
        toNode: `${id}:${row['POINT_2_NAME'] ?? ''}`,
        lengthM,
        freeFlowMps: lengthM / (times[Math.floor(0.15 * times.length)] ?? 1),
        lanes: 1,
        capacityVph: 1000,
        path: [
          [Number(row['POINT_1_LNG']), Number(row['POINT_1_LAT'])],
          [Number(row['POINT_2_LNG']), Number(row['POINT_2_LAT'])],
        ],
      };
    });
    const segments = links.map(({ id }): Segment => ({ id, links: [id], lengthM: undefined, periodS: undefined }));
    return { links, segments };
  };

  beforeAll(() => {
    const segments = readSegments();
    const { county, registry } = makeCounty(makeNetwork(segments));
    const domain = createTrafficDomain(county, registry);
    const recent = new Map<string, TravelTime[]>();
    const byTime = Map.groupBy([...segments.values()].flat(), ({ atMs }) => atMs);
    for (const atMs of [...byTime.keys()].sort((a, b) => a - b)) {
      for (const row of byTime.get(atMs) ?? []) {
        recent.set(row.id, [...(recent.get(row.id) ?? []), row].slice(-4));
        const payload = new TextEncoder().encode(JSON.stringify({ at: atMs, travelS: row.travelS, count: row.count }));
        const step = beaconSegments.step(undefined, topicOf('segment', row.id), payload, atMs, registry);
        for (const value of 'values' in step ? (step.values ?? []) : []) domain.apply(value, atMs);
      }
      const conditions = domain.judge(atMs).filter(({ rule }) => rule === 'traffic.queue');
      if (atMs >= FROM_MS + 3 * DAY_MS) found.push(...conditions);
      if (atMs === PEAK_MS) peak.push(...frameOf(domain, 'links', atMs).speedRatio);
      if (atMs !== NIGHT_MS) continue;
      const columns = frameOf(domain, 'links', atMs);
      columns.index.forEach((index, at) => {
        const rows = recent.get(county.links[index]?.id ?? '') ?? [];
        atNight.push({
          vehicles: rows.reduce((sum, { count }) => sum + count, 0),
          speedRatio: columns.speedRatio[at] ?? Number.NaN,
        });
        if (Number.isFinite(columns.speedRatio[at])) return;
        const facts = domain.detail({ kind: 'link', id: county.links[index]?.id ?? '' }, atMs)?.facts ?? [];
        if (facts.some(({ text }) => text.includes('held by its source')))
          heldWords ??= facts.find(({ label }) => label === 'Speed')?.note;
      });
    }
  }, 240_000);

  it('shows no speed of a road on which nobody drove, though the source holds one', () => {
    const empty = atNight.filter(({ vehicles }) => vehicles === 0);
    expect(empty.length).toBeGreaterThan(10);
    expect(empty.filter(({ speedRatio }) => Number.isFinite(speedRatio))).toEqual([]);
    expect(atNight.some(({ speedRatio }) => Number.isFinite(speedRatio))).toBe(true);
  });

  it('says of such a road that its travel time is held, and what speed is assumed instead', () => {
    expect(heldWords).toMatch(/^not measured now, last measured .* ago: assumed from the usual day, confidence \d+ %$/);
  });

  it('is slower at the peaks than at night', () => {
    expect(meanOf(peak)).toBeLessThan(0.95 * meanOf(atNight.map(({ speedRatio }) => speedRatio)));
  });

  it('has queues in less than a hundredth of the time of four ordinary summer days', () => {
    const judgements = (4 * DAY_MS) / 300_000;
    expect(found.length / judgements / SEGMENTS).toBeLessThan(0.01);
  });
});
