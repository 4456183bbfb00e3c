import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Domain } from '../../../../main/engine/domains/kit/Domain.ts';
import { createTrafficDomain } from '../../../../main/engine/domains/traffic/createTrafficDomain.ts';
import { createTransitDomain } from '../../../../main/engine/domains/transit/createTransitDomain.ts';
import { createUnitsDomain } from '../../../../main/engine/domains/units/createUnitsDomain.ts';
import { createUtilitiesDomain } from '../../../../main/engine/domains/utilities/createUtilitiesDomain.ts';
import { gradeOf } from '../../../../shared/alarms/alarmRules.ts';
import { figureSchema } from '../../../../shared/contract/contract.ts';
import { qualities } from '../../../../shared/base/quality.ts';
import { quantities } from '../../../../shared/base/quantities.ts';
import type { Quantity } from '../../../../shared/base/quantities.ts';
import type { Value } from '../../../../shared/base/values.ts';
import { makeCounty, makeMeters, makeRoad, makeTimetable, makeZone } from '../../../support/makeCounty.ts';
import { tries } from '../../../support/tries.ts';

const NOW_MS = Date.UTC(2026, 4, 6, 12);

function makeDomains(): Domain[] {
  const { county, registry } = makeCounty({
    ...makeRoad(3),
    zones: [makeZone('West', 'dma', 3), makeZone('F07', 'feeder', 6)],
    meters: [...makeMeters(3, 'water', 'West'), ...makeMeters(6, 'electricity', 'F07')],
    timetable: makeTimetable(),
    units: [{ id: 'P1', kind: 'police', name: 'Police 1', baseLon: 0, baseLat: 0 }],
  });
  return [
    createTrafficDomain(county, registry),
    createTransitDomain(county),
    createUtilitiesDomain(county),
    createUnitsDomain(county),
  ];
}

/** Any number at all, mostly sane ones. */
const number = fc.oneof(
  fc.double({ min: -10, max: 1000 }),
  fc.double(),
  fc.constantFrom(0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
);
const measured = {
  atMs: fc.oneof(
    fc.integer({ min: NOW_MS - 3 * 86_400_000, max: NOW_MS + 600_000 }),
    fc.constantFrom(0, Number.NaN, -1e15, 8e15, Number.POSITIVE_INFINITY),
  ),
  quality: fc.constantFrom(...qualities),
};
const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });
const deviceId = fc.constantFrom(
  'D0',
  'D1',
  'West',
  'F07',
  'West-0',
  'F07-0',
  'F07-1',
  'F07-2',
  'tms:1/1',
  'toString',
  '',
);
const value = fc.oneof(
  fc.record({
    kind: fc.constant('sample'),
    deviceId,
    quantity: fc.constantFrom(...(Object.keys(quantities) as Quantity[])),
    value: number,
    ...measured,
  }),
  fc.record({
    kind: fc.constant('flags'),
    deviceId,
    flags: fc.array(
      fc.oneof(fc.constantFrom('lastGasp', 'powerRestored', 'tamper', 'breakerOpen', 'leak'), fc.string()),
    ),
    isState: fc.boolean(),
    ...measured,
  }),
  fc.record({
    kind: fc.constant('vehicle'),
    vehicleId: fc.constantFrom('hfp:1', 'gtfs:2', 'x'),
    mode: fc.constant('bus'),
    lon: optional(number),
    lat: optional(number),
    speedMps: optional(number),
    delayS: optional(number),
    tripId: optional(fc.constantFrom('T0', 'T1', 'none')),
    routeId: optional(fc.constantFrom('R1', 'none')),
    directionId: optional(fc.constantFrom(0, 1)),
    serviceDay: optional(fc.constantFrom('2026-05-06', '20260506', '20261399', 'never')),
    startTime: optional(fc.constantFrom('08:10', '25:00', '99:99', 'soon')),
    outOfService: optional(fc.boolean()),
    ...measured,
  }),
  fc.record({
    kind: fc.constant('tripReport'),
    tripId: fc.constantFrom('T0', 'none'),
    vehicleId: optional(fc.constantFrom('hfp:1', 'none')),
    tripKind: fc.constantFrom('scheduled', 'added', 'canceled', 'duplicated'),
    delayS: optional(number),
    isWithdrawn: optional(fc.boolean()),
    stops: fc.array(
      fc.record({
        stopSequence: optional(fc.nat()),
        departureDelayS: optional(number),
        arrivalMs: optional(number),
        kind: fc.constantFrom('expected', 'skipped', 'noData'),
      }),
      { maxLength: 4 },
    ),
    ...measured,
  }),
  fc.record({
    kind: fc.constant('unit'),
    unitId: fc.constantFrom('P1', 'none'),
    lon: optional(number),
    lat: optional(number),
    status: fc.constantFrom('available', 'enRoute'),
    ...measured,
  }),
) as fc.Arbitrary<Value>;

describe('all domains', () => {
  it('take any value without throwing, and what they say of it fits the contract', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 60 }), (values) => {
        for (const domain of makeDomains()) {
          let nowMs = NOW_MS;
          for (const each of values) {
            domain.apply(each, nowMs);
            nowMs += 1000;
          }
          // No alarm without a reason for its priority.
          for (const { rule, priority } of domain.judge(nowMs))
            expect(gradeOf(rule, priority), `${rule} ${priority}`).toBeDefined();
          for (const source of Object.values(domain.frames ?? {})) source(0, nowMs);
          for (const source of Object.values(domain.streams ?? {})) source(0, nowMs);
          for (const figure of domain.figures(nowMs)) figureSchema.parse(figure);
          for (const kind of ['link', 'detector', 'vehicle', 'route', 'meter', 'zone', 'feeder', 'unit'] as const)
            for (const id of ['L0', 'D0', 'hfp:1', 'R1', 'West-0', 'F07', 'West', 'P1', 'none'])
              domain.detail({ kind, id }, nowMs);
        }
      }),
      { numRuns: tries('Streams of values', 150, 10_000) },
    );
  });

  it('come to the same end whatever the order of late history', () => {
    const late = fc.record({
      kind: fc.constant('sample'),
      deviceId: fc.constantFrom('D0', 'West', 'F07'),
      quantity: fc.constantFrom('speedMps', 'flowM3h', 'powerKw'),
      value: fc.double({ min: 0, max: 100, noNaN: true }),
      atMs: fc.integer({ min: 1, max: 400 }).map((quarters) => NOW_MS - 1_000_000 - quarters * 900_000),
      quality: fc.constant('good'),
    }) as fc.Arbitrary<Value>;
    fc.assert(
      fc.property(fc.array(late, { maxLength: 80 }), (values) => {
        const [forth, back] = [makeDomains(), makeDomains()];
        const end = (domains: Domain[], order: readonly Value[]): string => {
          for (const each of order) for (const domain of domains) domain.apply(each, NOW_MS);
          return JSON.stringify(
            domains.flatMap((domain) => domain.judge(NOW_MS).map(({ rule, subject }) => [rule, subject])),
          );
        };
        if (end(forth, values) !== end(back, values.toReversed())) throw new Error('the order mattered');
      }),
      { numRuns: tries('Orders of history', 60, 5000) },
    );
  });
});
