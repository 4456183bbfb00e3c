import { expect, it } from 'vitest';
import { RunningTimes } from '../../../../../../main/engine/domains/transit/RunningTimes.ts';

it('goes on to learn new legs when there are very many, and forgets those that nobody drives any more', () => {
  const times = new RunningTimes();
  const at = (leg: string): Parameters<RunningTimes['note']>[0] => ({ leg, period: 8, scheduledS: 60, delayS: 0 });
  for (let leg = 0; leg < 50_000; leg++) {
    times.note(at(`old ${leg}`), 30);
    if (leg % 10_000 === 0) times.note(at('driven'), 30);
  }
  times.note(at('new'), 30);
  expect(times.expectedS(at('new'))).toBeGreaterThan(0);
  expect(times.expectedS(at('driven'))).toBeGreaterThan(0);
  expect(times.expectedS(at('old 0'))).toBe(0);
});
