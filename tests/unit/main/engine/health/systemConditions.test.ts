import { describe, expect, it } from 'vitest';
import { systemConditions } from '../../../../../main/engine/health/systemConditions.ts';
import { gradeOf } from '../../../../../shared/alarms/alarmRules.ts';

type Vitals = Parameters<typeof systemConditions>[0];
type Part<K extends 'broker' | 'store' | 'disk'> = Partial<Vitals[K]>;

const feed = (state: 'live' | 'quiet' | 'unused'): Vitals['feeds'][number] => ({
  id: 'hfp',
  name: 'Vehicles (HFP)',
  received: 9,
  refused: 0,
  perSecond: 0,
  isSteady: true,
  isExpected: false,
  state,
});
const vitals = (parts: {
  broker?: Part<'broker'>;
  store?: Part<'store'>;
  disk?: Part<'disk'>;
  feeds?: Vitals['feeds'];
}) =>
  ({
    broker: { state: 'connected', url: 'mqtt://broker', ...parts.broker },
    store: { state: 'ok', queue: 0, ...parts.store },
    disk: { state: 'ok', freeBytes: 1e12, totalBytes: 2e12, ...parts.disk },
    feeds: parts.feeds ?? [],
  }) as unknown as Vitals;
const found = (parts: Parameters<typeof vitals>[0]): string[] =>
  systemConditions(vitals(parts)).map(({ rule, priority }) => `${rule} ${priority}`);

describe('Beacon’s own supply', () => {
  it('is no alarm while all is well', () => {
    expect(found({ feeds: [feed('live'), feed('unused')] })).toEqual([]);
    expect(found({ store: { state: 'slow' }, broker: { state: 'connecting' } })).toEqual([]);
  });

  it.each(['lost', 'refused'] as const)(
    'raises one alarm for a broker that is %s, and none for the feeds behind it',
    (state) => {
      expect(found({ broker: { state }, feeds: [feed('quiet')] })).toEqual(['system.broker 2']);
    },
  );

  it('says nothing of feeds while the broker is being connected to', () => {
    expect(found({ broker: { state: 'connecting' }, feeds: [feed('quiet')] })).toEqual([]);
  });

  it('raises one alarm per quiet feed, named by its id', () => {
    const [condition, ...rest] = systemConditions(vitals({ feeds: [feed('quiet'), feed('live')] }));
    expect(rest).toEqual([]);
    expect(condition).toMatchObject({ rule: 'system.feedQuiet', subject: { kind: 'feed', id: 'hfp' } });
  });

  it('raises an alarm for a feed of which nothing was ever heard although the county has devices for it', () => {
    const awaited = { ...feed('unused'), id: 'beacon-meters', isExpected: true };
    const [condition] = systemConditions(vitals({ feeds: [awaited, feed('unused')] }));
    expect(condition).toMatchObject({
      rule: 'system.feedQuiet',
      title: 'Nothing was ever heard from Vehicles (HFP)',
      onDelayMs: 300_000,
    });
    expect(found({ feeds: [{ ...awaited, id: 'beacon-zones' }] })).toEqual([]);
    expect(found({ broker: { state: 'connecting' }, feeds: [awaited] })).toEqual([]);
  });

  it('makes one alarm of a full disk and the store that it stops', () => {
    expect(found({ disk: { state: 'full' }, store: { state: 'failed' } })).toEqual(['system.disk 2']);
    expect(found({ disk: { state: 'low' }, store: { state: 'failed' } })).toEqual(['system.disk 3', 'system.store 2']);
    expect(found({ store: { state: 'failed' } })).toEqual(['system.store 2']);
  });

  it('has only priorities that the table of rules explains', () => {
    const all = [
      ...systemConditions(vitals({ broker: { state: 'lost' }, disk: { state: 'full' } })),
      ...systemConditions(vitals({ store: { state: 'failed' }, disk: { state: 'low' }, feeds: [feed('quiet')] })),
    ];
    expect(all.map(({ rule, priority }) => gradeOf(rule, priority) === undefined)).toEqual(all.map(() => false));
  });
});
