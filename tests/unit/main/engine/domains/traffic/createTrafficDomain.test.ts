import { describe, expect, it } from 'vitest';
import type { Condition } from '../../../../../../main/engine/domains/kit/Condition.ts';
import type { Domain } from '../../../../../../main/engine/domains/kit/Domain.ts';
import { createTrafficDomain } from '../../../../../../main/engine/domains/traffic/createTrafficDomain.ts';
import { frameOf } from '../../../../../support/frameOf.ts';
import { makeCounty, makeRoad, sampleOf, seededRandom } from '../../../../../support/makeCounty.ts';

const PERIOD_MS = 30_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A Wednesday, 12:00. */
const NOON_MS = Date.UTC(2026, 4, 6, 12);

type Reading = { speedMps: number; flowVph?: number; occupancyRatio?: number };
const FREE: Reading = { speedMps: 30, flowVph: 1200, occupancyRatio: 0.08 };
const JAM: Reading = { speedMps: 4, flowVph: 900, occupancyRatio: 0.5 };

class Road {
  readonly domain: Domain;
  nowMs = NOON_MS;
  readonly #random = seededRandom(1);
  readonly #idOf: (detector: number) => string;

  constructor(
    links = 6,
    roadClass: Parameters<typeof makeRoad>[1] = 'freeway',
    idOf = (detector: number): string => `D${detector}`,
  ) {
    const parts = makeRoad(links, roadClass);
    this.#idOf = idOf;
    const { county, registry } = makeCounty({
      ...parts,
      detectors: parts.detectors.map((detector, index) => ({ ...detector, id: idOf(index) })),
    });
    this.domain = createTrafficDomain(county, registry);
  }

  say(detector: number, { speedMps, flowVph, occupancyRatio }: Reading, atMs = this.nowMs): void {
    // No two periods are alike, but for the flow of a count.
    const shake = 1 + 0.02 * (this.#random() - 0.5);
    this.domain.apply(sampleOf(this.#idOf(detector), 'speedMps', speedMps * shake, atMs), this.nowMs);
    if (flowVph !== undefined) this.domain.apply(sampleOf(this.#idOf(detector), 'flowVph', flowVph, atMs), this.nowMs);
    if (occupancyRatio !== undefined)
      this.domain.apply(sampleOf(this.#idOf(detector), 'occupancyRatio', occupancyRatio, atMs), this.nowMs);
  }

  /** The same hours of the last three days, a quarter of an hour each. */
  learn(links: number, speedMps = 30): void {
    for (let day = 1; day <= 3; day++) {
      for (let quarter = -8; quarter <= 8; quarter++) {
        for (let link = 0; link < links; link++)
          this.say(link, { ...FREE, speedMps }, NOON_MS - day * DAY_MS + quarter * 900_000);
      }
    }
  }

  /** Periods in which the named detectors read something else than the rest. */
  periods(count: number, links: number, special: Partial<Record<number, Reading | null>> = {}): Condition[] {
    let conditions: Condition[] = [];
    for (let i = 0; i < count; i++) {
      this.nowMs += PERIOD_MS;
      for (let link = 0; link < links; link++) {
        const reading = special[link];
        if (reading !== null) this.say(link, reading ?? FREE);
      }
      conditions = this.domain.judge(this.nowMs);
    }
    return conditions;
  }
}

const rules = (conditions: readonly Condition[]): string[] => conditions.map(({ rule }) => rule);

describe('queues', () => {
  it('finds a sudden queue after two periods, as one condition at its front', () => {
    const road = new Road();
    road.learn(6);
    expect(road.periods(4, 6)).toEqual([]);
    expect(road.periods(1, 6, { 2: JAM, 3: JAM })).toEqual([]);
    const [queue, ...others] = road.periods(1, 6, { 2: JAM, 3: JAM });
    expect(others).toEqual([]);
    expect(queue).toMatchObject({
      rule: 'traffic.queue',
      domain: 'traffic',
      priority: 2,
      subject: { kind: 'link', id: 'L3' },
      title: 'Probable crash on I-94 E',
    });
    expect(queue?.evidence.find(({ label }) => label === 'Queue')?.text).toBe('2.0 km, 2 watched links');
    expect(queue?.evidence.find(({ label }) => label === 'Incident')?.text).toMatch(/^\d+ % sure, for /);
    expect(queue?.evidence.filter(({ label }) => label === 'Sign').map(({ text }) => text)).toEqual([
      expect.stringMatching(/^speed 1\d % of what is usual now$/),
      'occupancy 50 % at D3 and 8 % at D4',
    ]);
  });

  it('keeps its name while the queue grows and its front moves', () => {
    const road = new Road();
    road.learn(6);
    road.periods(4, 6);
    road.periods(2, 6, { 3: JAM });
    expect(road.periods(2, 6, { 2: JAM, 3: JAM })).toMatchObject([{ subject: { id: 'L3' } }]);
    expect(road.periods(4, 6, { 1: JAM, 2: JAM })).toMatchObject([{ subject: { id: 'L3' } }]);
  });

  it('ends when traffic flows again, not in a flicker', () => {
    const road = new Road();
    road.learn(6);
    road.periods(4, 6);
    road.periods(3, 6, { 3: JAM });
    expect(rules(road.periods(1, 6, { 3: { speedMps: 16, flowVph: 1000, occupancyRatio: 0.2 } }))).toEqual([
      'traffic.queue',
    ]);
    expect(rules(road.periods(1, 6))).toEqual(['traffic.queue']);
    expect(road.periods(1, 6)).toEqual([]);
  });

  it('does not take the daily queue for news', () => {
    const road = new Road();
    road.learn(6, 10);
    expect(road.periods(10, 6, { 2: { ...JAM, speedMps: 10 }, 3: { ...JAM, speedMps: 9 } })).toEqual([]);
  });

  it('waits for a baseline on streets, and does not on a freeway that nearly stands', () => {
    expect(rules(new Road(6, 'freeway').periods(3, 6, { 3: JAM }))).toEqual(['traffic.queue']);
    expect(new Road(6, 'arterial').periods(8, 6, { 3: { ...JAM, speedMps: 11 } })).toEqual([]);
  });

  it('sees standing vehicles where none is counted', () => {
    const road = new Road();
    road.learn(6);
    road.periods(3, 6);
    const conditions = road.periods(3, 6, { 2: { speedMps: 30, flowVph: 0, occupancyRatio: 0.6 } });
    expect(conditions).toMatchObject([{ rule: 'traffic.queue', subject: { id: 'L2' } }]);
  });
});

describe('detectors that cannot be believed', () => {
  it('are work for maintenance and colour nothing', () => {
    const road = new Road();
    road.learn(6);
    road.periods(3, 6);
    const conditions = road.periods(6, 6, { 3: { speedMps: 2, flowVph: 20_000, occupancyRatio: 0.5 } });
    expect(conditions).toMatchObject([
      { rule: 'maintenance.detector', domain: 'maintenance', priority: 4, subject: { kind: 'detector', id: 'D3' } },
    ]);
  });

  it('are found when flow and occupancy contradict each other, and make no queue', () => {
    const road = new Road();
    road.learn(6);
    road.periods(3, 6);
    // Free traffic by its occupancy, which a broken speed channel calls crawling.
    const found: string[] = [];
    for (let period = 0; period < 12; period++)
      found.push(...rules(road.periods(1, 6, { 3: { ...FREE, speedMps: 2.5, flowVph: 1200 + period } })));
    expect(new Set(found)).toEqual(new Set(['maintenance.detector']));
  });

  it('are found when covered without a break, but not next to a queue', () => {
    const covered = { speedMps: 30, flowVph: 0, occupancyRatio: 1 };
    const road = new Road();
    road.learn(6);
    road.periods(3, 6);
    expect(rules(road.periods(3, 6, { 3: covered }))).toEqual([]);
    expect(rules(road.periods(8, 6, { 3: covered }))).toEqual(['maintenance.detector']);
    const jam = new Road();
    jam.learn(6);
    jam.periods(3, 6);
    jam.periods(3, 6, { 3: JAM });
    expect(rules(jam.periods(8, 6, { 3: covered }))).toEqual(['traffic.queue']);
  });

  it('are found when they repeat themselves', () => {
    const { county, registry } = makeCounty(makeRoad(2));
    const domain = createTrafficDomain(county, registry);
    const conditions = Array.from({ length: 14 }, (_, i) => {
      const nowMs = NOON_MS + i * PERIOD_MS;
      for (const quantity of ['speedMps', 'flowVph', 'occupancyRatio'] as const)
        domain.apply(sampleOf('D0', quantity, quantity === 'occupancyRatio' ? 0.1 : 25, nowMs), nowMs);
      return domain.judge(nowMs);
    });
    expect(rules(conditions.at(-1) ?? [])).toEqual(['maintenance.detector']);
  });

  it('are found when silent for three periods; many at once are one trouble', () => {
    const road = new Road(20);
    road.periods(30, 20);
    expect(road.periods(5, 20, { 3: null })).toMatchObject([{ subject: { id: 'D3' }, title: 'Detector D3 is silent' }]);
    const silent = Object.fromEntries(Array.from({ length: 15 }, (_, i) => [i, null]));
    expect(rules(road.periods(5, 20, silent))).toEqual(['maintenance.detectorsSilent']);
    // Eight are no longer common, but keep what was found: they are told of one by one, of the same cause.
    const eight = Object.fromEntries(Array.from({ length: 8 }, (_, i) => [i, null]));
    const conditions = road.periods(5, 20, eight);
    expect(conditions.filter(({ isInDeadband }) => isInDeadband === true).map(({ rule }) => rule)).toEqual([
      'maintenance.detectorsSilent',
    ]);
    expect(new Set(conditions.map(({ causeGroup, subject }) => causeGroup ?? `${subject.kind}:${subject.id}`))).toEqual(
      new Set(['feed:beacon-traffic']),
    );
  });

  it('are one trouble per feed, so that the quiet feed explains it', () => {
    const road = new Road(40, 'freeway', (index) => (index < 20 ? `tms:${index}/1` : `D${index}`));
    road.periods(5, 40);
    const stations = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [i, null]));
    expect(road.periods(5, 40, stations)).toMatchObject([
      {
        rule: 'maintenance.detectorsSilent',
        subject: { kind: 'feed', id: 'digitraffic' },
        title: '20 of 20 traffic detectors silent',
      },
    ]);
  });

  it('do not count their held speed as a measurement', () => {
    const road = new Road(2);
    road.periods(2, 2);
    road.periods(12, 2, { 0: { speedMps: 30, flowVph: 0, occupancyRatio: 0 } });
    expect([...frameOf(road.domain, 'links', road.nowMs).speedRatio]).toEqual([Number.NaN, expect.closeTo(1, 1)]);
    expect(
      road.domain.detail({ kind: 'detector', id: 'D0' }, road.nowMs)?.facts.find(({ label }) => label === 'Speed')
        ?.note,
    ).toContain('held');
  });
});

describe('forecasts', () => {
  it('reach an hour ahead for speed and flow of each detector, once there are two days of history', () => {
    const road = new Road();
    road.periods(12, 6);
    expect(road.domain.forecast?.('D3', 'speedMps', road.nowMs)?.atMs).toEqual([]);
    road.learn(6);
    road.periods(24, 6);
    const speed = road.domain.forecast?.('D3', 'speedMps', road.nowMs);
    expect(speed?.atMs).toHaveLength(13);
    expect(speed?.atMs.at(-1)).toBe(road.nowMs + HOUR_MS);
    for (const [index, value] of (speed?.value ?? []).entries()) {
      expect(value).toBeCloseTo(30, -1);
      expect(speed?.low[index]).toBeLessThanOrEqual(value);
      expect(speed?.high[index]).toBeGreaterThanOrEqual(value);
    }
    expect(road.domain.forecast?.('D3', 'flowVph', road.nowMs)?.value[6]).toBeCloseTo(1200, -2);
    expect(road.domain.forecast?.('D3', 'occupancyRatio', road.nowMs)).toBeUndefined();
    expect(road.domain.forecast?.('elsewhere', 'speedMps', road.nowMs)).toBeUndefined();
    const charts = road.domain.detail({ kind: 'link', id: 'L3' }, road.nowMs)?.series;
    expect(charts?.map(({ quantity, hasForecast }) => [quantity, hasForecast])).toEqual([
      ['speedMps', true],
      ['flowVph', true],
      ['occupancyRatio', undefined],
    ]);
  });

  it('say on the alarm how long the queue will last', () => {
    const road = new Road();
    road.learn(6);
    road.periods(40, 6);
    const lastsFor = (conditions: readonly Condition[]): string | undefined =>
      conditions[0]?.evidence.find(({ label }) => label === 'Will last')?.text;
    const early = lastsFor(road.periods(12, 6, { 3: JAM }));
    expect(early).toMatch(/^(about|more than) \d+ min .*by the forecast$/);
    const late = lastsFor(road.periods(60, 6, { 3: JAM }));
    const minutes = (text: string | undefined): number => Number(/\d+/.exec(text ?? '')?.[0]);
    expect(minutes(late)).toBeGreaterThanOrEqual(minutes(early));
  });
});

describe('late and wrong values', () => {
  it('raise nothing and touch nothing present', () => {
    const road = new Road();
    road.learn(6);
    road.periods(3, 6);
    const before = frameOf(road.domain, 'links', road.nowMs);
    for (let i = 0; i < 200; i++) road.say(3, JAM, road.nowMs - HOUR_MS - i * 900_000);
    expect(road.domain.judge(road.nowMs)).toEqual([]);
    expect(frameOf(road.domain, 'links', road.nowMs)).toEqual(before);
  });

  it('ahead of the clock are not taken', () => {
    const road = new Road();
    road.periods(3, 6);
    for (let i = 0; i < 5; i++) road.say(3, JAM, road.nowMs + 600_000 + i * PERIOD_MS);
    expect(road.domain.judge(road.nowMs)).toEqual([]);
  });
});

describe('two days of normal traffic', () => {
  it('raise nothing', () => {
    const road = new Road(4, 'arterial');
    const random = seededRandom(7);
    const daily = (atMs: number): number => {
      const hours = (atMs % DAY_MS) / HOUR_MS;
      const peak = Math.exp(-((hours - 8) ** 2) / 2) + Math.exp(-((hours - 17) ** 2) / 2);
      return 30 * (1 - 0.6 * peak);
    };
    const noisy = (atMs: number): Reading => {
      const speedMps = daily(atMs) * (0.88 + 0.24 * random());
      const flowVph = 120 * Math.ceil(10 * random());
      // Vehicles of 4 to 10 m on two lanes.
      return { speedMps, flowVph, occupancyRatio: ((4 + 6 * random()) * flowVph) / (2 * 3600 * speedMps) };
    };
    for (let atMs = NOON_MS - 3 * DAY_MS; atMs < NOON_MS; atMs += 900_000)
      for (let link = 0; link < 4; link++) road.say(link, { ...noisy(atMs), speedMps: daily(atMs) }, atMs);
    const found: Condition[] = [];
    for (; road.nowMs < NOON_MS + 2 * DAY_MS; road.nowMs += PERIOD_MS) {
      for (let link = 0; link < 4; link++) road.say(link, noisy(road.nowMs));
      found.push(...road.domain.judge(road.nowMs));
    }
    expect(found).toEqual([]);
  });
});

describe('figures', () => {
  it('add up the delay of the watched links and say how much of them was watched', () => {
    const road = new Road(4);
    road.periods(3, 4, { 3: JAM, 2: null });
    const [delay, congested] = road.domain.figures(road.nowMs);
    // 900 vehicles an hour lose about 1000/4 − 1000/30 seconds each.
    expect(delay?.value).toBeCloseTo((900 * (1000 / 4 - 1000 / 30)) / 3600, -1);
    expect(delay?.present).toBe(0.75);
    expect(congested?.value).toBeCloseTo(1 / 3, 5);
  });

  it('are as old as the oldest of their feeds, and name the one that is silent', () => {
    const road = new Road(4, 'freeway', (detector) => (detector < 2 ? `tms:${detector}` : `D${detector}`));
    road.periods(1, 4);
    const startMs = road.nowMs;
    road.periods(40, 4, { 0: null, 1: null });
    expect(road.nowMs - startMs).toBeGreaterThan(600_000);
    expect(road.domain.figures(road.nowMs)[0]?.sources).toEqual([
      { feed: 'digitraffic', name: 'Traffic stations (Digitraffic)', atMs: startMs, isSilent: true },
      { feed: 'beacon-traffic', name: 'Traffic detectors', atMs: road.nowMs, isSilent: false },
    ]);
  });

  it('are null before anything was heard', () => {
    expect(new Road().domain.figures(NOON_MS).map(({ value }) => value)).toEqual([null, null, null]);
  });
});

describe('travel times', () => {
  const NOW_MS = NOON_MS + HOUR_MS;
  const make = (detectors = false): { domain: Domain; say: (travelS: number, count: number, atMs: number) => void } => {
    const road = makeRoad(4);
    const { county, registry } = makeCounty({
      ...road,
      detectors: detectors ? road.detectors.slice(1, 2) : [],
      segments: [{ id: 'S1', links: ['L1', 'L2'], lengthM: undefined, periodS: 300 }],
    });
    const domain = createTrafficDomain(county, registry);
    const say = (travelS: number, count: number, atMs: number): void => {
      domain.apply(sampleOf('S1', 'vehicleCount', count, atMs), atMs);
      domain.apply(sampleOf('S1', 'travelS', travelS, atMs, count === 0 ? 'stale' : 'good'), atMs);
    };
    return { domain, say };
  };
  const speedOf = (domain: Domain, nowMs: number): string | undefined => {
    const fact = domain.detail({ kind: 'link', id: 'L1' }, nowMs)?.facts.find(({ label }) => label === 'Speed');
    return fact && `${fact.text}; ${fact.note ?? ''}`;
  };

  it('give all links of the stretch a speed', () => {
    const { domain, say } = make();
    say(100, 8, NOW_MS);
    domain.judge(NOW_MS);
    const { index, speedRatio } = frameOf(domain, 'links', NOW_MS);
    expect([...index].map((link, at) => [link, speedRatio[at]])).toEqual([
      [1, expect.closeTo(20 / 30, 5)],
      [2, expect.closeTo(20 / 30, 5)],
    ]);
    expect(speedOf(domain, NOW_MS)).toBe('72 km/h; from travel times S1, confidence 64 %');
  });

  it('that are held are no measurement, and the speed decays to the usual one', () => {
    const { domain, say } = make();
    for (let day = 1; day <= 3; day++)
      for (let quarter = -8; quarter <= 8; quarter++) say(80, 5, NOW_MS - day * DAY_MS + quarter * 900_000);
    say(400, 8, NOW_MS);
    expect(speedOf(domain, NOW_MS)).toContain('18 km/h; from travel times S1');
    for (let period = 1; period <= 12; period++) {
      say(400, 0, NOW_MS + period * 300_000);
      for (let turn = 0; turn < 5; turn++) domain.judge(NOW_MS + period * 300_000);
    }
    const laterMs = NOW_MS + HOUR_MS;
    expect(frameOf(domain, 'links', laterMs).speedRatio.every((ratio) => Number.isNaN(ratio))).toBe(true);
    expect(speedOf(domain, laterMs)).toBe(
      '86 km/h; not measured now, last measured 60 min ago: assumed from the usual day, confidence 21 %',
    );
  });

  it('are joined with detectors, and the more certain source is named', () => {
    const { domain, say } = make(true);
    say(100, 1, NOW_MS);
    domain.apply(sampleOf('D1', 'speedMps', 26, NOW_MS), NOW_MS);
    domain.apply(sampleOf('D1', 'flowVph', 900, NOW_MS), NOW_MS);
    domain.judge(NOW_MS);
    const [, ratio = 0] = frameOf(domain, 'links', NOW_MS).speedRatio;
    expect(speedOf(domain, NOW_MS)).toContain('from detectors, confidence 93 %');
    const [detected = 0] = [...frameOf(domain, 'links', NOW_MS).speedRatio];
    expect(detected).toBeGreaterThan(20 / 30);
    expect(detected).toBeLessThan(26 / 30);
    expect(ratio).toBeCloseTo(20 / 30, 5);
  });

  it('make a queue when they rise far above the usual ones', () => {
    const { domain, say } = make();
    for (let day = 1; day <= 3; day++)
      for (let quarter = -8; quarter <= 8; quarter++) say(80, 5, NOW_MS - day * DAY_MS + quarter * 900_000);
    say(80, 5, NOW_MS);
    expect(domain.judge(NOW_MS)).toEqual([]);
    for (let period = 1; period <= 3; period++) say(600, 5, NOW_MS + period * 300_000);
    expect(rules(domain.judge(NOW_MS + 900_000))).toEqual(['traffic.queue']);
  });
});
