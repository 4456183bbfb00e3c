import { describe, expect, it } from 'vitest';
import type { Condition } from '../../../../../../main/engine/domains/kit/Condition.ts';
import { createTransitDomain } from '../../../../../../main/engine/domains/transit/createTransitDomain.ts';
import type { FeedId } from '../../../../../../main/engine/ingest/feeds/feedList.ts';
import { vehicleFlag } from '../../../../../../shared/live/frame.ts';
import type { FrameData } from '../../../../../../shared/live/frame.ts';
import type { VehicleObservation } from '../../../../../../shared/base/values.ts';
import { streamOf } from '../../../../../support/streamOf.ts';
import { frameOf } from '../../../../../support/frameOf.ts';
import { makeCounty, makeTimetable, seededRandom } from '../../../../../support/makeCounty.ts';

const MINUTE_MS = 60_000;
const DAY = '2026-05-06';
const MIDNIGHT_MS = Date.UTC(2026, 4, 6);
const EIGHT_MS = MIDNIGHT_MS + 8 * 3_600_000;

class Agency {
  readonly domain;
  nowMs: number;

  constructor(parts: Parameters<typeof makeTimetable>[0] = {}, nowMs = EIGHT_MS + 30 * MINUTE_MS) {
    const { county } = makeCounty({ timetable: makeTimetable(parts) });
    this.domain = createTransitDomain(county);
    this.nowMs = nowMs;
  }

  say(vehicle: number, seen: Partial<VehicleObservation>): void {
    this.domain.apply(
      { kind: 'vehicle', vehicleId: `hfp:12/${vehicle}`, mode: 'bus', atMs: this.nowMs, quality: 'good', ...seen },
      this.nowMs,
    );
  }

  /** A vehicle on the trip number `trip`, where the timetable has it when it is so late. */
  onTrip(vehicle: number, trip: number, delayS: number, more: Partial<VehicleObservation> = {}, headwayS = 600): void {
    const runS = (this.nowMs - EIGHT_MS) / 1000 - trip * headwayS - delayS;
    this.say(vehicle, { tripId: `T${trip}`, serviceDay: DAY, lon: Math.max(0, (runS / 120) * 0.009), lat: 0, ...more });
  }

  judge(): Condition[] {
    return this.domain.judge(this.nowMs).filter(({ isInDeadband }) => isInDeadband !== true);
  }

  /** What is not there, but keeps an alarm that is. */
  kept(): Condition[] {
    return this.domain.judge(this.nowMs).filter(({ isInDeadband }) => isInDeadband === true);
  }

  rows(): FrameData<'vehicles'> {
    return frameOf(this.domain, 'vehicles', this.nowMs);
  }
}

const rules = (conditions: readonly Condition[]): string[] => conditions.map(({ rule }) => rule);

describe('the vehicles in service', () => {
  const inService = ({ domain, nowMs }: Agency): unknown =>
    domain.figures(nowMs).find(({ id }) => id === 'vehiclesInService')?.value;

  it('are not known before a feed was heard, and not while it is silent though trips run', () => {
    const agency = new Agency();
    expect(inService(agency)).toBeNull();
    agency.onTrip(1, 1, 0);
    agency.judge();
    expect(inService(agency)).toBe(1);
    agency.nowMs += 5 * MINUTE_MS;
    agency.judge();
    expect(inService(agency)).toBeNull();
  });

  it('are none at night, when the feed is silent because no trip runs', () => {
    const agency = new Agency();
    agency.onTrip(1, 1, 0);
    agency.nowMs += 12 * 60 * MINUTE_MS;
    agency.judge();
    expect(inService(agency)).toBe(0);
  });
});

describe('trips and delays', () => {
  it('works the delay out from the position where the feed tells none', () => {
    const agency = new Agency();
    agency.onTrip(1, 1, 200);
    expect(agency.rows().delayS[0]).toBeCloseTo(200, -1);
    expect(agency.domain.detail({ kind: 'vehicle', id: 'hfp:12/1' }, agency.nowMs)?.facts[0]).toMatchObject({
      label: 'Delay',
      text: '3 min late',
      note: 'worked out from its position',
    });
  });

  it('takes the feed’s word first, then a fresh trip update', () => {
    const agency = new Agency();
    agency.onTrip(1, 1, 200, { delayS: 60 });
    agency.domain.apply(
      {
        kind: 'tripReport',
        tripKind: 'scheduled',
        tripId: 'T2',
        stops: [
          { kind: 'expected', stopSequence: 9, departureDelayS: 90 },
          { kind: 'expected', stopSequence: 2, departureDelayS: 400 },
        ],
        atMs: agency.nowMs,
        quality: 'good',
      },
      agency.nowMs,
    );
    agency.onTrip(2, 2, 0);
    expect([...agency.rows().delayS]).toEqual([60, 90]);
  });

  it('gives a report that comes after the vehicle its effect within the second', () => {
    const agency = new Agency();
    agency.onTrip(2, 2, 0);
    const report = { tripKind: 'scheduled', tripId: 'T2', serviceDay: DAY, delayS: 240, stops: [] } as const;
    agency.domain.apply({ kind: 'tripReport', ...report, atMs: agency.nowMs, quality: 'good' }, agency.nowMs);
    agency.judge();
    expect([...agency.rows().delayS]).toEqual([240]);
  });

  it.each([{ isWithdrawn: true }, { outOfService: true }])(
    'puts a vehicle that comes back on its trip again at once: %j',
    (gone) => {
      const agency = new Agency();
      agency.onTrip(2, 2, 100);
      agency.onTrip(2, 2, 100, gone);
      agency.onTrip(2, 2, 100);
      expect(agency.rows().delayS[0]).toBeCloseTo(100, -1);
    },
  );

  it('finds the trip by route, direction, service day and start, also past midnight', () => {
    const agency = new Agency();
    agency.say(1, { routeId: 'R1', directionId: 0, serviceDay: DAY, startTime: '08:10', lon: 0.01, lat: 0 });
    expect(streamOf(agency.domain, 'vehicles')?.message.rows).toMatchObject([
      { index: 0, routeId: 'R1', routeName: '1', headsign: 'East' },
    ]);
    const night = new Agency({ firstS: 24.5 * 3600 }, MIDNIGHT_MS + 86_400_000 + 40 * MINUTE_MS);
    night.say(1, { routeId: 'R1', directionId: 0, serviceDay: DAY, startTime: '00:30', lon: 0.01, lat: 0 });
    expect(streamOf(night.domain, 'vehicles')?.message.rows[0]?.headsign).toBe('East');
  });

  it('does not call a vehicle that waits for its departure early', () => {
    const agency = new Agency({}, EIGHT_MS + 5 * MINUTE_MS);
    agency.say(1, { tripId: 'T1', serviceDay: DAY, lon: 0, lat: 0 });
    expect(agency.rows().delayS[0]).toBe(0);
  });

  it('never judges what is out of service', () => {
    const agency = new Agency();
    agency.onTrip(1, 1, 2000, { outOfService: true, delayS: 2000 });
    expect(agency.judge()).toEqual([]);
    expect(agency.rows().flags[0]).toBe(vehicleFlag.outOfService);
    expect(agency.domain.figures(agency.nowMs)[0]?.value).toBeNull();
  });

  it('takes no step back in time, and none into the future', () => {
    const agency = new Agency();
    agency.onTrip(1, 1, 0, { delayS: 10 });
    agency.say(1, { delayS: 999, atMs: agency.nowMs - 5000 });
    agency.say(1, { delayS: 999, atMs: agency.nowMs + 400_000 });
    expect(agency.rows().delayS[0]).toBe(10);
  });
});

describe('bunching', () => {
  it('is found where the headway is less than half of the scheduled, and told once a route', () => {
    const agency = new Agency({}, EIGHT_MS + 33 * MINUTE_MS);
    agency.onTrip(1, 1, 420);
    agency.onTrip(2, 2, 0);
    agency.onTrip(3, 3, 0);
    expect(agency.judge()).toMatchObject([
      {
        rule: 'transit.bunching',
        domain: 'transit',
        priority: 3,
        subject: { kind: 'route', id: 'R1' },
        onDelayMs: 60_000,
        evidence: [{ text: '3.0 min apart (scheduled 10 min)' }],
      },
    ]);
    expect([...agency.rows().flags]).toEqual([vehicleFlag.bunched, vehicleFlag.bunched, 0]);
    expect(agency.domain.figures(agency.nowMs)[1]).toMatchObject({ value: null, present: 1 });
  });

  it('is a share of headways from five of them on', () => {
    const agency = new Agency({ trips: 30, headwayS: 60 }, EIGHT_MS + 15 * MINUTE_MS);
    const kept = [0, 1, 2, 3, 4, 5].map((trip) => {
      agency.onTrip(trip, trip, 0, {}, 60);
      agency.judge();
      return agency.domain.figures(agency.nowMs)[1]?.value;
    });
    expect(kept).toEqual([null, null, null, null, null, 1]);
  });

  it('is no matter on a route that runs every half hour', () => {
    const agency = new Agency({ headwayS: 1800 }, EIGHT_MS + 38 * MINUTE_MS);
    agency.onTrip(1, 0, 1500, { delayS: 800 }, 1800);
    agency.onTrip(2, 1, 0, {}, 1800);
    expect(rules(agency.judge())).not.toContain('transit.bunching');
  });

  it('is no matter at the terminal', () => {
    const agency = new Agency({}, EIGHT_MS + 10 * MINUTE_MS);
    agency.say(1, { tripId: 'T0', serviceDay: DAY, lon: 0, lat: 0 });
    agency.say(2, { tripId: 'T1', serviceDay: DAY, lon: 0, lat: 0 });
    expect(rules(agency.judge())).not.toContain('transit.bunching');
  });
});

describe('late vehicles', () => {
  it('are told from 15 minutes on, and until clearly below', () => {
    const agency = new Agency();
    const judged = [899, 900, 730, 719].map((delayS) => {
      agency.nowMs += 1000;
      agency.onTrip(1, 2, 0, { delayS });
      return rules(agency.judge());
    });
    expect(judged).toEqual([[], ['transit.veryLate'], ['transit.veryLate'], []]);
  });

  it('are one trouble of the route where there are three', () => {
    const agency = new Agency({ trips: 30, headwayS: 60 }, EIGHT_MS + 15 * MINUTE_MS);
    for (const vehicle of [0, 1, 2]) agency.onTrip(vehicle, vehicle, 0, { delayS: 1000 }, 60);
    expect(agency.judge()).toMatchObject([
      { rule: 'transit.veryLate', subject: { kind: 'route', id: 'R1' }, priority: 3, evidence: [{}, {}, {}] },
    ]);
  });

  it('keep the trouble of the route while there are two, each for itself beside it', () => {
    const agency = new Agency({ trips: 30, headwayS: 60 }, EIGHT_MS + 15 * MINUTE_MS);
    for (const vehicle of [0, 1]) agency.onTrip(vehicle, vehicle, 0, { delayS: 1000 }, 60);
    expect(agency.judge().map(({ subject, causeGroup }) => [subject.kind, causeGroup])).toEqual([
      ['vehicle', 'route:R1'],
      ['vehicle', 'route:R1'],
    ]);
    expect(agency.kept()).toMatchObject([{ rule: 'transit.veryLate', subject: { kind: 'route', id: 'R1' } }]);
  });
});

describe('silence', () => {
  it('of a tenth of the fleet keeps the trouble of the feed, and raises none', () => {
    const agency = new Agency({ trips: 30, headwayS: 60 }, EIGHT_MS + 15 * MINUTE_MS);
    for (const waitMs of [10_000, 2 * MINUTE_MS]) {
      for (let trip = 0; trip < 12; trip++) agency.onTrip(trip, trip, 0, {}, 60);
      agency.nowMs += waitMs;
    }
    for (let trip = 0; trip < 8; trip++) agency.onTrip(trip, trip, 0, {}, 60);
    expect(rules(agency.judge())).not.toContain('transit.feedOutage');
    expect(rules(agency.kept())).toEqual(['transit.feedOutage']);
  });

  it('greys a vehicle after 90 and 150 s, and takes it off the map after half an hour', () => {
    const agency = new Agency();
    agency.onTrip(1, 2, 0);
    agency.judge();
    const qualities = [80, 100, 160].map((seconds) => {
      const nowMs = agency.nowMs + seconds * 1000;
      agency.domain.judge(nowMs);
      return frameOf(agency.domain, 'vehicles', nowMs).quality[0];
    });
    expect(qualities).toEqual([0, 2, 3]);
    agency.nowMs += 31 * MINUTE_MS;
    agency.judge();
    expect(agency.domain.frames?.vehicles?.(0, agency.nowMs)?.frame).toMatchObject({ count: 0, isFull: true });
  });

  it.each([
    ['hfp', 'hfp:12/'],
    ['gtfs-realtime', 'gtfs:'],
    ['beacon-vehicles', 'bus-'],
    ['beacon-vehicles', 'depot:'],
  ] as const)(
    'of the fleet is a trouble of the feed %s, whose ids begin with %s; the end of trips is not',
    (id, start) => {
      const agency = new Agency({ trips: 30, headwayS: 60 }, EIGHT_MS + 15 * MINUTE_MS);
      for (const waitMs of [10_000, 2 * MINUTE_MS]) {
        for (let trip = 0; trip < 12; trip++) agency.onTrip(trip, trip, 0, { vehicleId: `${start}${trip}` }, 60);
        agency.nowMs += waitMs;
      }
      expect(agency.judge()).toMatchObject([
        { rule: 'transit.feedOutage', subject: { kind: 'feed', id: id satisfies FeedId } },
      ]);
      agency.nowMs += 20 * MINUTE_MS;
      expect(agency.judge()).toEqual([]);
    },
  );
});

describe('two days of normal service', () => {
  it('raise nothing', () => {
    const agency = new Agency({ trips: 90, headwayS: 600, firstS: 5 * 3600 });
    const random = seededRandom(5);
    const delays = new Map<string, number>();
    const found: Condition[] = [];
    for (const day of [0, 1]) {
      for (let atS = 5 * 3600; atS < 21 * 3600; atS += 20) {
        agency.nowMs = MIDNIGHT_MS + day * 86_400_000 + atS * 1000;
        for (
          let trip = Math.max(0, Math.ceil((atS - 5 * 3600 - 1200) / 600));
          trip < 90 && 5 * 3600 + trip * 600 <= atS;
          trip++
        ) {
          const key = `${day} ${trip}`;
          const delayS = Math.max(-40, Math.min(200, (delays.get(key) ?? 20) + 8 * (random() - 0.45)));
          delays.set(key, delayS);
          const runS = atS - 5 * 3600 - trip * 600 - delayS;
          agency.say(trip % 4, {
            tripId: `T${trip}`,
            serviceDay: `2026-05-0${6 + day}`,
            lon: Math.max(0, (runS / 120) * 0.009),
            lat: 0.0001 * random(),
          });
        }
        found.push(...agency.judge());
      }
    }
    expect(found).toEqual([]);
  });
});
