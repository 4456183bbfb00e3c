import { describe, expect, it } from 'vitest';
import { gradeOf } from '../../../../shared/alarms/alarmRules.ts';
import type { Alarm } from '../../../../shared/alarms/alarm.ts';
import { ScenarioRun } from '../../../support/ScenarioRun.ts';

/** Wednesday, 08:00 in the simulated county: the busiest hour. */
const START_MS = Date.UTC(2026, 4, 6, 13);
const MINUTE_MS = 60_000;

const find = (run: ScenarioRun, rule: string): Alarm[] => run.operational().filter((alarm) => alarm.rule === rule);
const truthOf = (run: ScenarioRun, kind: string): string[] =>
  run.truths.find((truth) => truth.kind === kind)?.subjectIds ?? [];

describe('the simulated county, through the feeds', () => {
  it('has its crash, burst, outage and sick meters found, each as one alarm, within three minutes', async () => {
    const run = await ScenarioRun.begin({
      scenarios: ['crash', 'burst', 'outage', 'tamper'],
      startMs: START_MS,
      scale: 0.1,
    });
    run.live(2000);
    run.takeHistory(3);
    run.live(3 * MINUTE_MS);
    expect(find(run, 'traffic.queue')).toHaveLength(1);
    expect(find(run, 'water.burst').map(({ subject }) => subject.id)).toEqual(truthOf(run, 'waterMainBurst'));
    expect(find(run, 'electricity.outage').map(({ subject }) => subject.id)).toEqual(truthOf(run, 'feederOutage'));
    expect(run.operational().filter(({ priority }) => priority <= 2).length).toBe(3);
    // Every alarm that it made has its priority for a reason.
    for (const { rule, priority } of run.raised.values())
      expect(gradeOf(rule, priority), `${rule} ${priority}`).toBeDefined();
    const meters = [...run.raised.values()]
      .filter(({ rule }) => rule === 'maintenance.meters')
      .map(({ title }) => title)
      .join('; ');
    expect(meters).toMatch(/tampered with/);
    expect(meters).toMatch(/running backwards/);
    expect(meters).toMatch(/stuck/);
  });

  it('keeps the alarm list empty on a quiet morning', async () => {
    const run = await ScenarioRun.begin({ scenarios: ['quiet'], startMs: START_MS, scale: 0.1 });
    run.live(2000);
    run.takeHistory(3);
    run.live(90 * MINUTE_MS, 5000);
    expect(run.operational().map(({ title }) => title)).toEqual([]);
  });

  it('has no outage where feeders export solar power, and homes are on one of three phases', async () => {
    const onePhase = (files: ReadonlyMap<string, string>): Map<string, string> =>
      new Map(files).set('meters.csv', (files.get('meters.csv') ?? '').replace(/^E(\d*[05]),/gm, 'wmbus:E$1,'));
    const startMs = START_MS + 2 * 60 * MINUTE_MS;
    const run = await ScenarioRun.begin({ scenarios: ['quiet', 'solar'], startMs, scale: 0.1, change: onePhase });
    run.live(2000);
    run.takeHistory(3);
    const lowest = new Map<string, number>();
    const onOnePhase = new Set<string>();
    run.onTaken = (values) => {
      for (const value of values) {
        if (value.kind !== 'sample') continue;
        const { deviceId, quantity } = value;
        if (quantity === 'powerKw')
          lowest.set(deviceId, Math.min(value.value, lowest.get(deviceId) ?? Number.POSITIVE_INFINITY));
        if (quantity === 'voltageV' && deviceId.startsWith('wmbus:')) onOnePhase.add(deviceId);
      }
    };
    run.live(90 * MINUTE_MS, 5000);
    expect([...lowest.values()].filter((kw) => kw < 0)).not.toEqual([]);
    expect(onOnePhase.size).toBeGreaterThan(50);
    expect(run.operational().map(({ title }) => title)).toEqual([]);
  });

  it('finds a bus of a frequent line that is held up until the next has caught up', async () => {
    const run = await ScenarioRun.begin({ scenarios: ['bunching'], startMs: START_MS, scale: 1 });
    const [routeId = ''] = (run.live(10 * MINUTE_MS, 2000), truthOf(run, 'bunching'));
    expect(find(run, 'transit.bunching').map(({ subject }) => subject.id)).toContain(routeId);
  });
});
