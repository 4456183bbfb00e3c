import { describe, expect, it } from 'vitest';
import { ComparativeDetector } from '../../../../../../main/engine/domains/traffic/incidents/ComparativeDetector.ts';
import type {
  Detector,
  Period,
  Station,
  Verdict,
} from '../../../../../../main/engine/domains/traffic/incidents/Detector.ts';
import { FusedDetector } from '../../../../../../main/engine/domains/traffic/incidents/FusedDetector.ts';
import { StatisticalDetector } from '../../../../../../main/engine/domains/traffic/incidents/StatisticalDetector.ts';
import { seededRandom } from '../../../../../support/makeCounty.ts';

const PERIOD_S = 30;
const usual = { typical: 30, spread: 1, low: 27, high: 32, days: 5, isAlike: true };
const station = (part: Partial<Station> = {}): Station => ({
  speedMps: 30,
  flowVph: 3000,
  occupancyRatio: 0.1,
  usual,
  usualFlowVph: 3000,
  freeFlowMps: 30,
  detectors: ['D1'],
  ...part,
});
const STANDING = station({ speedMps: 4, flowVph: 1500, occupancyRatio: 0.5 });
const EMPTIED = station({ flowVph: 1500, occupancyRatio: 0.05, detectors: ['D2'] });

/** Feeds periods one after the other, from where the last call ended. */
function feed(detector: Detector): (count: number, part?: Partial<Period>) => Verdict {
  let atMs = 0;
  return (count, part = {}) => {
    let verdict: Verdict | undefined;
    for (let period = 0; period < count; period++) {
      atMs += PERIOD_S * 1000;
      verdict = detector.judge({
        atMs,
        periodS: PERIOD_S,
        here: station(),
        downstream: station({ detectors: ['D2'] }),
        commonRatio: 1,
        ...part,
      });
    }
    if (verdict === undefined) throw new RangeError('no period');
    return verdict;
  };
}

describe('the comparative method', () => {
  it('needs a contrast of occupancies for two periods, and no history', () => {
    const say = feed(new ComparativeDetector());
    const crash = { here: { ...STANDING, usual: undefined }, downstream: EMPTIED };
    expect(say(4).isIncident).toBe(false);
    expect(say(1, crash).isIncident).toBe(false);
    expect(say(1, crash)).toMatchObject({ isIncident: true, evidence: ['occupancy 50 % at D1 and 5 % at D2'] });
    expect(say(1).isIncident).toBe(false);
  });

  it('takes traffic that is dense at both for no incident', () => {
    const say = feed(new ComparativeDetector());
    expect(say(5, { here: STANDING, downstream: STANDING }).isIncident).toBe(false);
  });

  it('is suspended for five minutes after a compression wave downstream', () => {
    const say = feed(new ComparativeDetector());
    say(4);
    say(1, { downstream: station({ occupancyRatio: 0.4 }) });
    expect(say(5, { here: STANDING, downstream: EMPTIED }).isIncident).toBe(false);
    expect(say(8, { here: STANDING, downstream: EMPTIED }).isIncident).toBe(true);
  });
});

describe('the statistical method', () => {
  it('finds what is far slower than usual, within two periods', () => {
    const say = feed(new StatisticalDetector());
    say(4);
    expect(say(1, { here: STANDING }).isIncident).toBe(false);
    expect(say(1, { here: STANDING })).toMatchObject({
      isIncident: true,
      evidence: ['speed 13 % of what is usual now'],
    });
  });

  it('does not take rain, drivers who look, or a daily queue for a crash', () => {
    const slow = station({ speedMps: 17 });
    expect(feed(new StatisticalDetector())(20, { here: slow, commonRatio: 0.6 }).isIncident).toBe(false);
    expect(feed(new StatisticalDetector())(20, { here: station({ speedMps: 21 }) }).isIncident).toBe(false);
    const daily = station({ speedMps: 10, usual: { ...usual, typical: 11, low: 8 } });
    expect(feed(new StatisticalDetector())(20, { here: daily }).isIncident).toBe(false);
    expect(feed(new StatisticalDetector())(20, { here: { ...STANDING, usual: undefined } }).isIncident).toBe(false);
  });

  it('notices that vehicles do not arrive, though nobody stands at a detector yet', () => {
    const say = feed(new StatisticalDetector());
    const random = seededRandom(5);
    const noisy = (vph: number): number => vph + 600 * (random() - 0.5);
    for (let period = 0; period < 400; period++)
      expect(
        say(1, { here: station({ flowVph: noisy(3000) }), downstream: station({ flowVph: noisy(3000) }) }).isIncident,
      ).toBe(false);
    const verdict = say(12, { downstream: EMPTIED });
    expect(verdict).toMatchObject({ isIncident: true, evidence: ['fewer vehicles arrive downstream than pass here'] });
  });
});

describe('both together', () => {
  it('are surer than one, and end when the road is as usual again', () => {
    const say = feed(new FusedDetector());
    say(4);
    const verdict = say(3, { here: STANDING, downstream: EMPTIED });
    expect(verdict.isIncident).toBe(true);
    expect(verdict.certainty).toBeGreaterThan(0.8);
    expect(verdict.evidence).toHaveLength(2);
    expect(say(1).isIncident).toBe(true);
    expect(say(1).isIncident).toBe(false);
  });

  it('look for the cause further on where traffic beyond is slow, too', () => {
    expect(feed(new FusedDetector())(10, { here: STANDING, downstream: STANDING }).isIncident).toBe(false);
  });

  it('keep an incident that was found while its queue dissolves', () => {
    const say = feed(new FusedDetector());
    say(3, { here: STANDING, downstream: EMPTIED });
    expect(say(5, { here: STANDING, downstream: STANDING }).isIncident).toBe(true);
  });

  it('decide by what is usual also where the next detector is dead', () => {
    expect(feed(new FusedDetector())(3, { here: STANDING, downstream: undefined }).isIncident).toBe(true);
  });
});
