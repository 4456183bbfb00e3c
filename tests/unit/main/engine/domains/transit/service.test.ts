import { describe, expect, it } from 'vitest';
import type { Condition } from '../../../../../../main/engine/domains/kit/Condition.ts';
import { createTransitDomain } from '../../../../../../main/engine/domains/transit/createTransitDomain.ts';
import type { Timetable, Trip } from '../../../../../../shared/county/county.ts';
import type { VehicleObservation } from '../../../../../../shared/base/values.ts';
import { frameOf } from '../../../../../support/frameOf.ts';
import { makeCounty, makeTimetable } from '../../../../../support/makeCounty.ts';

const MINUTE_MS = 60_000;
const EIGHT_MS = Date.UTC(2026, 4, 6, 8);

/**
 * The domain with vehicles that report at every minute, each at its place of the line by the timetable and its delay.
 */
class Service {
  readonly county;
  readonly domain;
  nowMs = EIGHT_MS;
  /** Delay in seconds by trip; trips without one have no vehicle. */
  readonly delays = new Map<string, number>();

  constructor(timetable: Timetable) {
    ({ county: this.county } = makeCounty({ timetable }));
    this.domain = createTransitDomain(this.county);
  }

  say(id: string, seen: Partial<VehicleObservation>): void {
    const vehicle = {
      kind: 'vehicle',
      vehicleId: `hfp:1/${id}`,
      mode: 'bus',
      atMs: this.nowMs,
      quality: 'good',
    } as const;
    this.domain.apply({ ...vehicle, ...seen }, this.nowMs);
  }

  /** Lets the county live until `untilMs`, and returns the conditions of the end. */
  runTo(untilMs: number): Condition[] {
    let found: Condition[] = [];
    for (; this.nowMs <= untilMs; this.nowMs += MINUTE_MS) {
      for (const [tripId, delayS] of this.delays) this.#drive(tripId, delayS);
      found = this.domain.judge(this.nowMs);
    }
    return found;
  }

  #drive(tripId: string, delayS: number): void {
    const stops = this.county.timetable?.trips.get(tripId)?.stopTimes ?? [];
    const atS = (this.nowMs - Date.UTC(2026, 4, 6)) / 1000 - delayS;
    const next = stops.findIndex(({ arrivalS }) => arrivalS > atS);
    const [from, to] = [stops[next - 1], stops[next]];
    if (from === undefined || to === undefined) return;
    const lonOf = (stopId: string): number => this.county.timetable?.stops.get(stopId)?.lon ?? Number.NaN;
    const share = (atS - from.departureS) / (to.arrivalS - from.departureS);
    const lon = lonOf(from.stopId) + share * (lonOf(to.stopId) - lonOf(from.stopId));
    this.say(tripId, { tripId, serviceDay: '2026-05-06', lon, lat: 0 });
  }
}

const ruled = (conditions: readonly Condition[], rule: string): Condition[] =>
  conditions.filter((each) => each.rule === rule && each.isInDeadband !== true);

describe('headways over all patterns of a direction', () => {
  /** Every second trip begins at the third stop, on a line of its own. */
  function branches(): Timetable {
    const timetable = makeTimetable({ stops: 30, trips: 8 });
    const trips = [...timetable.trips.values()].map((trip, index): [string, Trip] => [
      trip.id,
      index % 2 === 0 ? trip : { ...trip, shapeId: 'short', stopTimes: trip.stopTimes.slice(3) },
    ]);
    const whole = timetable.shapes.get('shape') ?? [];
    return {
      ...timetable,
      trips: new Map(trips),
      shapes: new Map([
        ['shape', whole],
        ['short', whole.slice(3)],
      ]),
    };
  }

  it('finds buses of two patterns that bunch, and the gap behind', () => {
    const service = new Service(branches());
    for (const [trip, delayS] of [
      ['T0', 0],
      ['T1', 420],
      ['T2', 0],
      ['T3', 700],
    ] as const)
      service.delays.set(trip, delayS);
    const found = service.runTo(EIGHT_MS + 50 * MINUTE_MS);
    expect(ruled(found, 'transit.bunching')).toMatchObject([
      { subject: { id: 'R1' }, evidence: [{ text: '3.0 min apart (scheduled 10 min)' }] },
    ]);
    expect(ruled(found, 'transit.gap')).toMatchObject([
      { subject: { id: 'R1' }, evidence: [{ text: '22 min apart (scheduled 10 min)' }] },
    ]);
  });

  it('judges a route that promises a headway by it, and never as late', () => {
    const timetable = makeTimetable({ stops: 30, trips: 1 });
    timetable.frequencies.set('T0', [{ fromS: 6 * 3600, toS: 12 * 3600, headwayS: 600 }]);
    const service = new Service(timetable);
    service.nowMs = EIGHT_MS + 20 * MINUTE_MS;
    const at = (id: string, startTime: string, lon: number): void =>
      service.say(id, { tripId: 'T0', serviceDay: '2026-05-06', startTime, lon, lat: 0, delayS: 1200 });
    at('a', '08:00', 0.06);
    at('b', '08:10', 0.055);
    const found = service.domain.judge(service.nowMs);
    expect(ruled(found, 'transit.veryLate')).toEqual([]);
    expect(service.domain.figures(service.nowMs).find(({ id }) => id === 'busesOnTime')?.value).toBeNull();
  });
});

describe('trips without a vehicle', () => {
  const blocks = (): Timetable => {
    const timetable = makeTimetable({ stops: 30, trips: 8 });
    const trips = [...timetable.trips.values()].map((trip, index): [string, Trip] => [
      trip.id,
      { ...trip, blockId: `B${index % 6}` },
    ]);
    return { ...timetable, trips: new Map(trips) };
  };

  it('are a missed pull-out, and a ghost where the block had a trip before; each once per route', () => {
    const service = new Service(blocks());
    for (const trip of ['T0', 'T2', 'T3', 'T4', 'T5', 'T7']) service.delays.set(trip, 0);
    expect(ruled(service.runTo(EIGHT_MS + 14 * MINUTE_MS), 'transit.missedTrip')).toEqual([]);
    expect(ruled(service.runTo(EIGHT_MS + 16 * MINUTE_MS), 'transit.missedTrip')).toMatchObject([
      { priority: 4, subject: { kind: 'route', id: 'R1' }, title: 'Route 1, 08:10 to East: no vehicle has pulled out' },
    ]);
    const later = ruled(service.runTo(EIGHT_MS + 67 * MINUTE_MS), 'transit.missedTrip');
    expect(later[0]?.evidence).toEqual(
      [
        { label: '08:10 to East', text: 'no vehicle has pulled out' },
        { label: '09:00 to East', text: 'no vehicle is on it' },
      ].slice(later[0]?.evidence.length === 1 ? 1 : 0),
    );
    expect(later[0]?.evidence.at(-1)?.text).toBe('no vehicle is on it');
  });

  it('are not missed when they are cancelled, or while the vehicle of their block is late on the trip before', () => {
    const service = new Service(blocks());
    for (const trip of ['T2', 'T3', 'T4', 'T5', 'T7']) service.delays.set(trip, 0);
    service.delays.set('T0', 900);
    const report = { kind: 'tripReport', quality: 'good', stops: [], serviceDay: '2026-05-06' } as const;
    service.domain.apply({ ...report, tripKind: 'canceled', tripId: 'T1', atMs: EIGHT_MS }, EIGHT_MS);
    expect(ruled(service.runTo(EIGHT_MS + 67 * MINUTE_MS), 'transit.missedTrip')).toEqual([]);
  });

  it('are one notice where trips and vehicles do not find each other at all', () => {
    const service = new Service(makeTimetable({ stops: 30, trips: 8 }));
    service.delays.set('T0', 0);
    const found = service.runTo(EIGHT_MS + 50 * MINUTE_MS);
    expect(ruled(found, 'transit.missedTrip')).toEqual([]);
    expect(ruled(found, 'transit.unmatched')).toMatchObject([{ title: 'Only 1 of 5 scheduled trips have a vehicle' }]);
  });
});

describe('single vehicles', () => {
  it('have pulled out late, or run early', () => {
    const service = new Service(makeTimetable({ stops: 30, trips: 3 }));
    service.delays.set('T0', -180);
    service.nowMs = EIGHT_MS + 16 * MINUTE_MS;
    service.say('T1', { tripId: 'T1', serviceDay: '2026-05-06', lon: 0, lat: 0 });
    const found = service.runTo(service.nowMs);
    expect(ruled(found, 'transit.latePullOut')).toMatchObject([
      { title: 'hfp:1/T1 has not left 6 min after its departure' },
    ]);
    expect(ruled(found, 'transit.early')).toMatchObject([{ title: 'hfp:1/T0 runs 3 min early' }]);
  });

  it('that give no place stand at the stop that they name', () => {
    const service = new Service(makeTimetable());
    service.nowMs = EIGHT_MS + 10 * MINUTE_MS;
    service.say('T0', { tripId: 'T0', serviceDay: '2026-05-06', stopSequence: 5 });
    const { lon, lat, delayS } = frameOf(service.domain, 'vehicles', service.nowMs);
    expect([lon[0], lat[0], delayS[0]]).toEqual([expect.closeTo(0.036, 5), 0, Number.NaN]);
  });
});

describe('a new timetable', () => {
  it('is followed from the next second on, and its routes are found', () => {
    const service = new Service(makeTimetable());
    service.delays.set('T1', 0);
    service.runTo(EIGHT_MS + 15 * MINUTE_MS);
    const later = makeTimetable({ firstS: 8 * 3600 + 300 });
    service.county.timetable = {
      ...later,
      routes: new Map([...later.routes, ['R9', { id: 'R9', shortName: '9', longName: 'New', shapes: [] }]]),
    };
    service.domain.judge(service.nowMs);
    service.say('T1', { tripId: 'T1', serviceDay: '2026-05-06', lon: 0.0045, lat: 0 });
    service.domain.judge(service.nowMs);
    expect(service.domain.detail({ kind: 'vehicle', id: 'hfp:1/T1' }, service.nowMs)?.facts[0]?.text).toBe('on time');
    expect(service.domain.liveHits?.().map(({ title }) => title)).toContain('Route 9');
  });
});
