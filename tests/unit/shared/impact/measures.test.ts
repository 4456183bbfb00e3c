import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { measureHash } from '../../../../main/engine/impact/measureHash.ts';
import { measures } from '../../../../shared/impact/measures.ts';
import { alarmRateOf } from '../../../../shared/impact/measures/alarmRate.ts';
import { assistantShares } from '../../../../shared/impact/measures/assistantAnswers.ts';
import { errorsPerThousand } from '../../../../shared/impact/measures/billErrors.ts';
import { bufferIndexOf } from '../../../../shared/impact/measures/bufferIndex.ts';
import { caidiOf } from '../../../../shared/impact/measures/caidi.ts';
import { completionShare } from '../../../../shared/impact/measures/completionRate.ts';
import { costOfOne } from '../../../../shared/impact/measures/costPerTransaction.ts';
import { estimatedShare } from '../../../../shared/impact/measures/estimatedBills.ts';
import { averageWait, excessWaitOf } from '../../../../shared/impact/measures/excessWait.ts';
import { feederLossShare } from '../../../../shared/impact/measures/feederLosses.ts';
import { medianAnswerH } from '../../../../shared/impact/measures/firstAnswer.ts';
import { headwayVariation } from '../../../../shared/impact/measures/headwayRegularity.ts';
import { iliOf } from '../../../../shared/impact/measures/ili.ts';
import { incidentMinutes } from '../../../../shared/impact/measures/incidentTimes.ts';
import { isReliable, lottrOf, lottrPeriod } from '../../../../shared/impact/measures/lottr.ts';
import { maifiOf } from '../../../../shared/impact/measures/maifi.ts';
import { majorEventDaysOf, majorEventThreshold } from '../../../../shared/impact/measures/majorEventDays.ts';
import { minimumNightFlow } from '../../../../shared/impact/measures/nightFlow.ts';
import { onTimeShareOf } from '../../../../shared/impact/measures/onTimeShare.ts';
import { planningTimeIndexOf } from '../../../../shared/impact/measures/planningTimeIndex.ts';
import { lossPerConnection } from '../../../../shared/impact/measures/realLossPerConnection.ts';
import { reopenedShareOf } from '../../../../shared/impact/measures/reopenedShare.ts';
import { saidiOf } from '../../../../shared/impact/measures/saidi.ts';
import { saifiOf } from '../../../../shared/impact/measures/saifi.ts';
import { satisfactionShares } from '../../../../shared/impact/measures/satisfaction.ts';
import { taskEffort } from '../../../../shared/impact/measures/stepsPerTask.ts';
import { takeUpShares } from '../../../../shared/impact/measures/takeUp.ts';
import { travelTimeIndexOf } from '../../../../shared/impact/measures/travelTimeIndex.ts';
import { tripsRunShare } from '../../../../shared/impact/measures/tripsRun.ts';
import { uarlFault, uarlGallonsPerDay, uarlLitresPerDay } from '../../../../shared/impact/measures/uarl.ts';
import { voltageShare } from '../../../../shared/impact/measures/voltageInRange.ts';
import { waterBalanceOf } from '../../../../shared/impact/measures/waterBalance.ts';
import { delayRate } from '../../../../shared/traffic/delayRate.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describe('the registry of measures', () => {
  test('has every measure that has a file, once, with a definition that is complete', () => {
    const files = readdirSync(join(import.meta.dirname, '../../../../shared/impact/measures')).map((name) =>
      name.replace('.ts', ''),
    );
    const ids = measures.map(({ id }) => id);
    expect(ids.toSorted()).toEqual(files.filter((name) => name !== 'interruptions').toSorted());
    expect(new Set(measures.map(({ name }) => name)).size).toBe(measures.length);
    for (const measure of measures) {
      expect(measure.formula.length, measure.id).toBeGreaterThan(10);
      expect(measure.source.length, measure.id).toBeGreaterThan(0);
      expect(measure.leastShare, measure.id).toBeGreaterThan(0);
    }
  });

  test('names a definition by a hash that one changed digit changes, and the order of its fields does not', () => {
    const [first] = measures;
    if (first === undefined) throw new Error('There are no measures.');
    expect(measureHash(first)).toMatch(/^[0-9a-f]{64}$/);
    expect(measureHash({ ...first, leastShare: first.leastShare + 0.01 })).not.toBe(measureHash(first));
    expect(measureHash(Object.fromEntries(Object.entries(first).reverse()) as typeof first)).toBe(measureHash(first));
  });
});

describe('traffic', () => {
  test('delay: 1,000 vehicles at 30 in place of 60 km/h over 2 km lose 33.3 vehicle-hours', () => {
    const kmPerH = (speed: number): number => speed / 3.6;
    expect(delayRate(1000, 2000, kmPerH(30), kmPerH(60))).toBeCloseTo(33.33, 2);
    expect(delayRate(1000, 2000, kmPerH(70), kmPerH(60))).toBe(0);
  });

  test('reliability: of 1 to 21 minutes the 95th percentile is 20 and the mean 11', () => {
    const minutes = Array.from({ length: 21 }, (_, at) => at + 1);
    expect(planningTimeIndexOf(minutes, 10)).toBeCloseTo(2);
    expect(travelTimeIndexOf(minutes, 10)).toBeCloseTo(1.1);
    expect(bufferIndexOf(minutes)).toBeCloseTo((20 - 11) / 11);
  });

  test('LOTTR: the 80th as a multiple of the 50th percentile, below 1.50 in all four periods (23 CFR 490)', () => {
    expect(lottrOf([100, 100, 100, 100, 100, 100, 100, 100, 150, 200, 300])).toBe(1.5);
    expect(isReliable([1.2, 1.49, 1.3, 1.1])).toBe(true);
    expect(isReliable([1.2, 1.5, 1.3, 1.1])).toBe(false);
    expect([lottrPeriod(1, 6), lottrPeriod(1, 10), lottrPeriod(1, 16), lottrPeriod(6, 19)]).toEqual([
      'morning',
      'midday',
      'evening',
      'weekend',
    ]);
    expect([lottrPeriod(1, 5), lottrPeriod(0, 20)]).toEqual([undefined, undefined]);
  });
});

describe('transit', () => {
  test('riders wait half the effective headway: 9.05 min of 10, 10, 10, 28, 1 and 1, and not 5', () => {
    expect(averageWait([10, 10, 10, 10, 10, 10])).toBe(5);
    expect(2 * averageWait([10, 15, 5, 10, 10, 10])).toBeCloseTo(10.83, 2);
    expect(averageWait([10, 10, 10, 28, 1, 1])).toBeCloseTo(9.05, 2);
    expect(excessWaitOf([10, 10, 10, 28, 1, 1], [10, 10, 10, 10, 10, 10])).toBeCloseTo(4.05, 2);
  });

  test('on time is from 60 s ahead to 300 s behind, both included', () => {
    expect(onTimeShareOf([-61, -60, 0, 300, 301])).toBeCloseTo(0.6);
  });

  test('regularity is the spread of deviations against the scheduled headway', () => {
    expect(headwayVariation([8, 12, 8, 12], [10, 10, 10, 10])).toBeCloseTo(0.231, 3);
    expect(tripsRunShare(95, 100)).toBe(0.95);
  });
});

describe('incidents', () => {
  test('clearance is from first awareness, and nothing is computed from a time that is unknown', () => {
    const at = (minutes: number): number => minutes * 60_000;
    expect(incidentMinutes({ t1: at(0), t2: at(3), t4: at(15), t5: at(40), t6: at(55), t7: at(80) })).toEqual({
      verification: 3,
      response: 12,
      roadwayClearance: 40,
      incidentClearance: 55,
      recovery: 40,
    });
    expect(incidentMinutes({ t0: at(5), t1: at(0) })).toEqual({});
  });
});

describe('water', () => {
  test('the balance takes losses apart, and names a negative one', () => {
    const use = { inputM3: 1000, billedM3: 800, unbilledAuthorisedM3: 20, apparentLossM3: 50 };
    expect(waterBalanceOf(use)).toEqual({ nonRevenueM3: 200, lossM3: 180, realLossM3: 130, fault: undefined });
    expect(waterBalanceOf({ ...use, billedM3: 990 }).fault).toContain('More water was used');
    expect(lossPerConnection(130, 100, 10)).toBe(130);
  });

  test('UARL is the same in metric and customary units', () => {
    const network = { mainsKm: 160.9344, connections: 10_000, privatePipeKm: 0, pressureM: 50 };
    expect(uarlLitresPerDay(network)).toBeCloseTo((18 * 160.9344 + 8000) * 50);
    const customary = uarlGallonsPerDay(100, 10_000, 0, 50 * 1.4219702) * 3.785412;
    expect(customary / uarlLitresPerDay(network)).toBeCloseTo(1, 1);
  });

  test('there is no index for a zone of 400 homes', () => {
    const zone = { mainsKm: 8, connections: 400, privatePipeKm: 0, pressureM: 50 };
    expect(uarlFault(zone)).toContain('5,000');
    expect(iliOf(10_000, zone)).toHaveProperty('fault');
    const town = { mainsKm: 100, connections: 10_000, privatePipeKm: 0, pressureM: 50 };
    expect(iliOf(980_000, town)).toEqual({ ili: 2 });
  });

  test('night flow is the lowest of two to four o’clock', () => {
    const hours = [0, 1, 2, 3, 4].map((hour) => ({ hour, flowM3h: 10 - hour }));
    expect(minimumNightFlow(hours)).toBe(7);
    expect(minimumNightFlow([])).toBeUndefined();
  });
});

describe('electricity (IEEE 1366)', () => {
  const interruptions = [
    { day: 1, minutes: 90, customers: 200, customerMinutes: 18_000 },
    { day: 2, minutes: 600, customers: 900, customerMinutes: 540_000 },
    { day: 3, minutes: 3, customers: 500, customerMinutes: 1500 },
    { day: 4, minutes: 5, customers: 100, customerMinutes: 500 },
  ];

  test('SAIDI, SAIFI, CAIDI and MAIFI, with and without a major event day', () => {
    expect(saidiOf(interruptions, 1000)).toBe(558);
    expect(saifiOf(interruptions, 1000)).toBe(1.1);
    expect(caidiOf(interruptions)).toBeCloseTo(507.27, 2);
    expect(maifiOf(interruptions, 1000)).toBe(0.6);
    const without = new Set([2]);
    expect([saidiOf(interruptions, 1000, without), saifiOf(interruptions, 1000, without)]).toEqual([18, 0.2]);
    expect(caidiOf(interruptions, without)).toBe(90);
  });

  test('days of zero are left out of α and β, and the threshold judges the next year', () => {
    const days = Array.from({ length: 40 }, (_, at) => Math.exp(at % 2 === 0 ? 1 : -1));
    const threshold = majorEventThreshold(days) ?? Number.NaN;
    // α = 0 and β = √(40/39) by hand.
    expect(threshold).toBeCloseTo(Math.exp(2.5 * Math.sqrt(40 / 39)));
    expect(majorEventThreshold([...days, ...Array<number>(325).fill(0)])).toBe(threshold);
    const nextYear = [
      { day: 400, saidiMin: threshold + 0.01 },
      { day: 401, saidiMin: threshold },
    ];
    expect(majorEventDaysOf(nextYear, threshold)).toEqual(new Set([400]));
    expect(majorEventThreshold([1, 2, 3])).toBeUndefined();
  });

  test('losses of a feeder and voltage in range', () => {
    expect(feederLossShare(1000, 50, 1000)).toBeCloseTo(0.05);
    expect(voltageShare([113, 114, 126, 127], 114, 126)).toBe(0.5);
  });
});

describe('bills, service and the room', () => {
  test('a month without a bill run has no figure', () => {
    expect([estimatedShare(0, 0), errorsPerThousand(0, 0), costOfOne(1, 1, 0)]).toEqual(Array(3).fill(undefined));
    expect([estimatedShare(5, 100), errorsPerThousand(2, 400), costOfOne(900, 100, 50)]).toEqual([0.05, 5, 20]);
  });

  test('a request that waits for its first answer counts with its age', () => {
    const requests = [
      { createdMs: 0, answeredMs: HOUR_MS },
      { createdMs: 0, answeredMs: 2 * HOUR_MS },
      { createdMs: 0 },
    ];
    expect(medianAnswerH(requests, 100 * HOUR_MS)).toBe(2);
  });

  test('a request closed too lately to judge is in neither number of the reopened', () => {
    const closings = [
      { closedMs: 0, reopenedMs: DAY_MS },
      { closedMs: 0, reopenedMs: 40 * DAY_MS },
      { closedMs: 50 * DAY_MS, reopenedMs: 51 * DAY_MS },
    ];
    expect(reopenedShareOf(closings, 30 * DAY_MS, 60 * DAY_MS)).toBe(0.5);
  });

  test('digital figures', () => {
    expect(completionShare(50, 40)).toBe(0.8);
    expect(takeUpShares({ online: 60, assisted: 10, other: 30 })).toEqual({ online: 0.6, assisted: 0.1 });
    expect(satisfactionShares([1, 1, 2, 4, 2], 100)).toEqual({ top: 0.6, answered: 0.1 });
    expect(assistantShares({ answered: 6, handedOver: 3, unknown: 1 })).toEqual({
      answered: 0.6,
      handedOver: 0.3,
      unknown: 0.1,
    });
  });

  test('alarm load counts spans of ten minutes without alarms, too', () => {
    const raised = Array.from({ length: 12 }, (_, at) => at * 1000);
    expect(alarmRateOf(raised, 0, HOUR_MS)).toEqual({ mean: 2, flood: 1 / 6 });
    expect(taskEffort([[0, 60_000], [0, 120_000, 180_000], [0]])).toEqual({ steps: 2, minutes: 1 });
  });
});
