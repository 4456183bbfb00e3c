import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mostUrgentClock, serviceClocks } from '../../../../shared/incidents/serviceLevels.ts';
import type { ServiceClock } from '../../../../shared/incidents/serviceLevels.ts';

const MINUTE = 60_000;
type Incident = Parameters<typeof serviceClocks>[0];
const playbook: Incident['playbook'] = {
  serviceLevel: {
    verification: [2, 5, 10, 30],
    response: [8, 12, 20, 60],
    roadwayClearance: [60, 60, 90, 120],
    incidentClearance: [90, 90, 120, 240],
  },
};
const at = (minutes: number) => ({ atMs: minutes * MINUTE });
const crash = (milestones: Incident['milestones'], rest: Partial<Incident> = {}): Incident => ({
  priority: 2,
  milestones,
  playbook,
  ...rest,
});
const state = (clocks: ServiceClock[], measure: ServiceClock['measure']) =>
  clocks.find((clock) => clock.measure === measure);

describe('serviceClocks', () => {
  it('measures response from verification to arrival, clearances from awareness, against the target of the priority', () => {
    const clocks = serviceClocks(crash({ T1: at(0), T2: at(3), T4: at(16), T5: at(59), T6: at(91) }), 200 * MINUTE);
    expect(clocks).toMatchObject([
      { measure: 'verification', state: 'met', elapsedMs: 3 * MINUTE, targetMs: 5 * MINUTE },
      { measure: 'response', state: 'late', elapsedMs: 13 * MINUTE, targetMs: 12 * MINUTE },
      { measure: 'roadwayClearance', state: 'met', elapsedMs: 59 * MINUTE, targetMs: 60 * MINUTE },
      { measure: 'incidentClearance', state: 'late', elapsedMs: 91 * MINUTE, targetMs: 90 * MINUTE },
    ]);
  });

  it('warns when three quarters of the time are gone, and says when it is missed', () => {
    const response = (minutes: number) =>
      state(serviceClocks(crash({ T1: at(0), T2: at(0) }), minutes * MINUTE), 'response')?.state;
    expect([response(8.9), response(9), response(12), response(12.1)]).toEqual([
      'running',
      'warning',
      'warning',
      'missed',
    ]);
  });

  it('makes up no milestone: what is missing stays unmeasured', () => {
    expect(state(serviceClocks(crash({ T1: at(0) }), 99 * MINUTE), 'response')).toEqual({
      measure: 'response',
      state: 'waiting',
      targetMs: 12 * MINUTE,
    });
    expect(state(serviceClocks(crash({ T1: at(0), T4: at(5) }), 99 * MINUTE), 'response')).toEqual({
      measure: 'response',
      state: 'unmeasured',
      targetMs: 12 * MINUTE,
    });
    expect(
      state(serviceClocks(crash({ T1: at(0) }, { resolvedAtMs: 50 * MINUTE }), 99 * MINUTE), 'roadwayClearance')?.state,
    ).toBe('unmeasured');
  });

  it('leaves missed what was missed when the incident is resolved, at the time of its end', () => {
    const clocks = serviceClocks(crash({ T1: at(0), T2: at(3) }, { resolvedAtMs: 70 * MINUTE }), 999 * MINUTE);
    expect(clocks.map(({ measure, state: how, elapsedMs }) => [measure, how, elapsedMs])).toEqual([
      ['verification', 'met', 3 * MINUTE],
      ['response', 'missed', 67 * MINUTE],
      ['roadwayClearance', 'missed', 70 * MINUTE],
      ['incidentClearance', 'unmeasured', undefined],
    ]);
  });

  it('counts nobody as later than at once who arrived before the verification', () => {
    const early = serviceClocks(crash({ T1: at(0), T2: at(9), T4: at(7) }), 20 * MINUTE);
    expect(state(early, 'response')).toMatchObject({ state: 'met', elapsedMs: 0 });
  });

  it('has no clock where the playbook asks for nothing', () => {
    expect(serviceClocks({ priority: 1, milestones: { T1: at(0) } }, 1)).toEqual([]);
    expect(mostUrgentClock([])).toBeUndefined();
  });

  it('runs on only while it is open, and is at its most urgent where it is missed', () => {
    const time = fc.option(fc.integer({ min: 0, max: 200 }).map(at), { nil: undefined });
    fc.assert(
      fc.property(time, time, time, time, time, fc.integer({ min: 0, max: 400 }), (T1, T2, T4, T5, T6, now) => {
        const incident = crash({ T1, T2, T4, T5, T6 });
        const [clocks, later] = [serviceClocks(incident, now * MINUTE), serviceClocks(incident, (now + 1) * MINUTE)];
        for (const [index, clock] of clocks.entries()) {
          const isOpen = ['running', 'warning', 'missed'].includes(clock.state);
          if (!isOpen) expect(later[index]).toEqual(clock);
          else expect(later[index]?.elapsedMs).toBe((clock.elapsedMs ?? 0) + MINUTE);
        }
        if (clocks.some((clock) => clock.state === 'missed')) expect(mostUrgentClock(clocks)?.state).toBe('missed');
      }),
    );
  });
});
