import { expect, it } from 'vitest';
import type { Alarm } from '../../../../shared/alarms/alarm.ts';
import { FLOOD_BEGINS_ABOVE, WINDOW_MS } from '../../../../shared/alarms/alarmLoad.ts';
import type { Raised } from '../../../../shared/alarms/alarmLoad.ts';
import type { Truth } from '../../../../simulators/scenarios/Scenario.ts';
import { metresApart } from '../../../e2e/metresApart.ts';
import { ScenarioRun } from '../../../support/ScenarioRun.ts';

/** Wednesday, 08:00 in the simulated county: the busiest hour. */
const START_MS = Date.UTC(2026, 4, 6, 13);
const MINUTE_MS = 60_000;
const HOURS = 1.5;
const NEAR_M = 3000;
/** What an event did is noticed, and over, some time after it. */
const AFTER_MS = 30 * MINUTE_MS;

/** Whether an alarm is about what the demonstration shows. */
const isOf = (alarm: Alarm, { kind, subjectIds, lon, lat, fromMs, toMs }: Truth): boolean =>
  alarm.raisedAtMs >= fromMs &&
  alarm.raisedAtMs <= toMs + AFTER_MS &&
  (subjectIds.includes(alarm.subject.id) ||
    (kind === 'citizenReports' && alarm.rule === 'citizen.report') ||
    (alarm.lon !== undefined &&
      alarm.lat !== undefined &&
      metresApart({ lon: alarm.lon, lat: alarm.lat }, { lon, lat }) < NEAR_M));

it('the demonstration is no flood, and calls less than six times an hour for what it does not show', async () => {
  const run = await ScenarioRun.begin({ scenarios: ['demo'], startMs: START_MS, scale: 0.1 });
  const raised: Raised[] = [];
  const note = (): void => void raised.push(...run.book.takeRaised());
  run.live(2000, 1000, note);
  run.takeHistory(4);
  run.live(HOURS * 60 * MINUTE_MS, 5000, note);
  const outside = run.operational().filter((alarm) => !run.truths.some((truth) => isOf(alarm, truth)));
  console.log(
    `${raised.length} calls in ${HOURS} hours, ${outside.length} outside the events: ${outside.map(({ title }) => title).join('; ')}`,
  );
  expect(outside.length).toBeLessThan(6 * HOURS);
  const windows = raised.map(({ atMs }) =>
    raised.filter((other) => other.atMs >= atMs && other.atMs < atMs + WINDOW_MS),
  );
  const [fullest = []] = windows.toSorted((x, y) => y.length - x.length);
  console.log(`The fullest ten minutes: ${fullest.map(({ title }) => title).join('; ')}`);
  expect(fullest.length).toBeLessThanOrEqual(FLOOD_BEGINS_ABOVE);
  // Leaks of taps and toilets are there, and they are work.
  expect(run.domains.utilities.workItems?.().length).toBeGreaterThan(0);
  expect(run.operational().some(({ title }) => title.includes('continuous flow'))).toBe(false);
});
