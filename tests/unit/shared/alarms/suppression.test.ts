import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Condition } from '../../../../main/engine/domains/kit/Condition.ts';
import { systemConditions } from '../../../../main/engine/health/systemConditions.ts';
import type { AlarmPriority, Subject } from '../../../../shared/alarms/alarm.ts';
import { alarmRules } from '../../../../shared/alarms/alarmRules.ts';
import { causeGroupOf, causeGroupOfFeed } from '../../../../shared/alarms/causeGroup.ts';
import {
  isCause,
  isSuppressible,
  placesOfCause,
  placesOfEffect,
  reasonFor,
} from '../../../../shared/alarms/suppression.ts';

type Facts = Pick<Condition, 'rule' | 'subject' | 'priority'> & { title?: string; causeGroup?: string };

const factsOf = ({ title, ...facts }: Facts) => ({ title: title ?? facts.rule, place: 'County', ...facts });
const groupOf = (facts: Facts): string => facts.causeGroup ?? causeGroupOf(factsOf(facts));

/** Why the effect is suppressed by the causes, registered as the alarm book does it. */
function reason(effect: Facts, ...causes: Facts[]): string | undefined {
  return reasonFor(factsOf(effect), groupOf(effect), (place) =>
    causes
      .filter((cause) => placesOfCause(factsOf(cause), groupOf(cause)).includes(place))
      .map((cause) => ({ condition: factsOf(cause) })),
  );
}

const at = (kind: Subject['kind'], id: string): Subject => ({ kind, id });
const outage: Facts = { rule: 'electricity.outage', priority: 2, subject: at('feeder', 'F3'), title: 'F3 is out' };
const voltage: Facts = { rule: 'electricity.voltage', priority: 3, subject: at('feeder', 'F3') };
const silentMeters: Facts = {
  rule: 'maintenance.meters',
  priority: 4,
  subject: at('feeder', 'F3'),
  causeGroup: causeGroupOfFeed('beacon-meters'),
};
const quiet = (feed: string): Facts => ({ rule: 'system.feedQuiet', priority: 3, subject: at('feed', feed) });

describe('an effect', () => {
  it('names its cause', () => {
    expect(reason(voltage, outage)).toBe('Follows from “F3 is out”.');
  });

  it('of another subject is not explained', () => {
    expect(reason({ ...voltage, subject: at('feeder', 'F4') }, outage)).toBeUndefined();
    expect(reason({ ...voltage, subject: at('zone', 'F3') }, outage)).toBeUndefined();
  });

  it.each([
    [1, 3, undefined],
    [2, 2, 'Follows from “cause”.'],
    [3, 2, 'Follows from “cause”.'],
  ] as const)('of priority %i by a cause of priority %i: %s', (effectPriority, causePriority, said) => {
    const cause = { ...outage, priority: causePriority, title: 'cause' };
    expect(reason({ ...voltage, priority: effectPriority }, cause)).toBe(said);
  });

  it('of the cause’s own rule has to be less urgent than it', () => {
    const late = (priority: AlarmPriority, id: string): Facts => ({
      rule: 'transit.veryLate',
      priority,
      subject: at('vehicle', id),
      causeGroup: 'route:R1',
    });
    expect(reason(late(4, '1'), late(4, '2'))).toBeUndefined();
    expect(reason(late(4, '1'), late(3, '2'))).toBe('Follows from “transit.veryLate”.');
    expect(reason(late(4, '1'), { ...late(3, '2'), causeGroup: 'route:R2' })).toBeUndefined();
  });

  it('of two causes names the more urgent, and of two alike always the same', () => {
    const broker = (id: string, priority: AlarmPriority): Facts => ({
      rule: 'system.broker',
      priority,
      subject: at('system', id),
      title: id,
    });
    expect(reason(quiet('hfp'), broker('a', 3), broker('b', 2))).toBe('Follows from “b”.');
    expect(reason(quiet('hfp'), broker('b', 2), broker('a', 2))).toBe('Follows from “a”.');
    expect(reason(quiet('hfp'), broker('a', 2), broker('b', 2))).toBe('Follows from “a”.');
  });
});

describe('silent meters under an open feeder', () => {
  it('are explained by it, and meters with another trouble are not', () => {
    expect(reason(silentMeters, outage)).toBe('Follows from “F3 is out”.');
    const { causeGroup: _, ...stuckMeters } = silentMeters;
    expect(reason(stuckMeters, outage)).toBeUndefined();
  });
});

describe('a quiet feed', () => {
  const effects: readonly (readonly [string, Facts])[] = (['beacon-vehicles', 'hfp', 'gtfs-realtime'] as const).map(
    (feed) => [feed, { rule: 'transit.feedOutage', priority: 3, subject: at('feed', feed) }],
  );
  const ofDetectors = ['beacon-traffic', 'digitraffic'].flatMap((feed): (readonly [string, Facts])[] => [
    [feed, { rule: 'maintenance.detectorsSilent', priority: 3, subject: at('feed', feed) }],
    [
      feed,
      { rule: 'maintenance.detector', priority: 4, subject: at('detector', 'D1'), causeGroup: causeGroupOfFeed(feed) },
    ],
  ]);
  const ofMeters = ['beacon-meters', 'wmbusmeters', 'rtlamr', 'sparkplug'].map((feed): readonly [string, Facts] => [
    feed,
    { ...silentMeters, causeGroup: causeGroupOfFeed(feed) },
  ]);

  it.each([...effects, ...ofDetectors, ...ofMeters])('%s is one alarm with what hangs on it: %o', (feed, effect) => {
    expect(reason(effect, quiet(feed))).toBe('Follows from “system.feedQuiet”.');
    expect(reason(effect, quiet('beacon-units'))).toBeUndefined();
  });

  it('explains what the engine calls quiet', () => {
    const [found] = systemConditions({
      broker: { state: 'connected', url: 'mqtt://x' },
      store: { state: 'ok', queue: 0 },
      disk: { state: 'ok', freeBytes: 1e12 },
      feeds: [
        { id: 'gtfs-realtime', name: 'GTFS', received: 9, refused: 0, perSecond: 0, state: 'quiet', lastAtMs: 1 },
      ],
    } as unknown as Parameters<typeof systemConditions>[0]);
    const outageOf = (id: string): Facts => ({ rule: 'transit.feedOutage', priority: 3, subject: at('feed', id) });
    expect(found && reason(outageOf('gtfs-realtime'), found)).toBe('Follows from “No data from GTFS”.');
  });

  it('is no news when the broker is gone', () => {
    const broker: Facts = { rule: 'system.broker', priority: 2, subject: at('system', 'broker') };
    expect(reason(quiet('hfp'), broker)).toBe('Follows from “system.broker”.');
  });
});

describe('law', () => {
  const rule = fc.constantFrom(...(Object.keys(alarmRules) as Condition['rule'][]));
  const facts = fc.record({
    rule,
    priority: fc.constantFrom<AlarmPriority>(1, 2, 3, 4),
    subject: fc.record({
      kind: fc.constantFrom<Subject['kind']>('feeder', 'feed', 'route'),
      id: fc.constantFrom('a', 'b'),
    }),
    causeGroup: fc.constantFrom('feed:a', 'route:a', 'feeder:a'),
  });

  it('nothing is ever suppressed by what is less urgent, nor by itself', () => {
    fc.assert(
      fc.property(facts, facts, (effect, cause) => {
        expect(reason(effect, effect)).toBeUndefined();
        if (cause.priority > effect.priority) expect(reason(effect, cause)).toBeUndefined();
      }),
    );
  });

  it('what is found is always found at a place of its cause, and both are known to be so', () => {
    fc.assert(
      fc.property(facts, facts, (effect, cause) => {
        if (reason(effect, cause) === undefined) return;
        expect([isSuppressible(effect.rule), isCause(cause.rule)]).toEqual([true, true]);
        const places = placesOfEffect(factsOf(effect), groupOf(effect));
        expect(placesOfCause(factsOf(cause), groupOf(cause)).some((place) => places.includes(place))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
