import { describe, expect, it } from 'vitest';
import type { Condition } from '../../../../../../main/engine/domains/kit/Condition.ts';
import type { Domain } from '../../../../../../main/engine/domains/kit/Domain.ts';
import { createUtilitiesDomain } from '../../../../../../main/engine/domains/utilities/createUtilitiesDomain.ts';
import type { Quality } from '../../../../../../shared/base/quality.ts';
import { meterStates, zoneStates } from '../../../../../../shared/live/frame.ts';
import { frameOf } from '../../../../../support/frameOf.ts';
import { makeCounty, makeMeters, makeZone, sampleOf, seededRandom } from '../../../../../support/makeCounty.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A Wednesday, 12:00. */
const NOON_MS = Date.UTC(2026, 4, 6, 12);

class Town {
  readonly domain: Domain;
  nowMs = NOON_MS;

  constructor() {
    const { county } = makeCounty({
      zones: [makeZone('West', 'dma', 10), makeZone('F07', 'feeder', 20)],
      meters: [...makeMeters(10, 'water', 'West'), ...makeMeters(20, 'electricity', 'F07')],
    });
    Object.assign(county.profile, { voltageLowPu: 0.95, voltageHighPu: 1.05, voltageHoldS: 120 });
    this.domain = createUtilitiesDomain(county);
  }

  say(
    deviceId: string,
    quantity: Parameters<typeof sampleOf>[1],
    value: number,
    atMs = this.nowMs,
    quality: Quality = 'good',
  ): void {
    const sample = sampleOf(deviceId, quantity, value, atMs, quality);
    for (const each of this.domain.review?.([sample]) ?? [sample]) this.domain.apply(each, this.nowMs);
  }

  /** A value of before the start, from the store. */
  recall(deviceId: string, quantity: Parameters<typeof sampleOf>[1], value: number, atMs: number): void {
    this.domain.learn?.(sampleOf(deviceId, quantity, value, atMs), this.nowMs);
  }

  flag(deviceId: string, flags: string[], isState = false, atMs = this.nowMs): void {
    this.domain.apply({ kind: 'flags', deviceId, flags, isState, atMs, quality: 'good' }, this.nowMs);
  }

  zones(inflow = 40, pressure = 400, power = 800, atMs = this.nowMs, volts = 230): void {
    this.say('West', 'flowM3h', inflow, atMs);
    this.say('West', 'pressureKpa', pressure, atMs);
    this.say('F07', 'powerKw', power, atMs);
    this.say('F07', 'voltageV', volts, atMs);
  }

  learn(days = 3): void {
    for (let atMs = NOON_MS - days * DAY_MS; atMs < NOON_MS; atMs += 900_000) this.zones(40, 400, 800, atMs);
  }

  /** Minutes that pass with the same zone readings. */
  minutes(count: number, inflow = 40, pressure = 400, power = 800, volts = 230): Condition[] {
    let conditions: Condition[] = [];
    for (let i = 0; i < count; i++) {
      this.nowMs += MINUTE_MS;
      this.zones(inflow, pressure, power, this.nowMs, volts);
      conditions = this.judge();
    }
    return conditions;
  }

  /** Judges often enough that every meter is looked at. */
  judge(): Condition[] {
    this.domain.judge(this.nowMs);
    return this.domain.judge(this.nowMs).filter(({ isInDeadband }) => isInDeadband !== true);
  }

  /** What is not there, but keeps an alarm that is. */
  kept(): Condition[] {
    return this.domain.judge(this.nowMs).filter(({ isInDeadband }) => isInDeadband === true);
  }

  meterState(id: string): string | undefined {
    const row = id.startsWith('West') ? Number(id.slice(5)) : 10 + Number(id.slice(4));
    return meterStates[frameOf(this.domain, 'meters', this.nowMs).state[row] ?? -1];
  }

  zoneState(row: number): string | undefined {
    return zoneStates[frameOf(this.domain, 'zones', this.nowMs).state[row] ?? -1];
  }
}

const rules = (conditions: readonly Condition[]): string[] => conditions.map(({ rule }) => rule);

describe('outages', () => {
  it('an open breaker is the whole feeder at once', () => {
    const town = new Town();
    town.learn();
    town.minutes(2);
    town.flag('F07', ['breakerOpen'], true);
    expect(town.judge()).toMatchObject([
      {
        rule: 'electricity.outage',
        domain: 'electricity',
        priority: 2,
        subject: { kind: 'feeder', id: 'F07' },
        title: 'Feeder F07 out – 20 customers',
        onDelayMs: 0,
      },
    ]);
    expect(town.zoneState(1)).toBe('outage');
    expect(town.domain.figures(town.nowMs).find(({ id }) => id === 'customersOut')).toMatchObject({
      value: 20,
      isAbnormal: true,
    });
    town.nowMs += MINUTE_MS;
    town.flag('F07', [], true);
    expect(town.judge()).toEqual([]);
  });

  it('last gasps of a transformer are one outage with its customers', () => {
    const town = new Town();
    for (const row of [5, 6, 7, 8]) town.flag(`F07-${row}`, ['lastGasp']);
    expect(town.judge()).toMatchObject([
      { rule: 'electricity.outage', priority: 3, title: 'Feeder F07 partly out – 5 customers' },
    ]);
    expect(town.meterState('F07-5')).toBe('noVoltage');
  });

  it('last gasps from all over are the feeder', () => {
    const town = new Town();
    for (const row of [0, 1, 2, 5, 6, 7, 10, 11, 12]) town.flag(`F07-${row}`, ['lastGasp']);
    expect(town.judge()).toMatchObject([{ title: 'Feeder F07 out – 20 customers' }]);
  });

  it('a meter that speaks again has power; a late message from before has not', () => {
    const town = new Town();
    for (const row of [5, 6, 7]) town.flag(`F07-${row}`, ['lastGasp']);
    for (const row of [5, 6, 7]) town.say(`F07-${row}`, 'voltageV', 230, town.nowMs - 5000);
    expect(rules(town.judge())).toEqual(['electricity.outage']);
    town.nowMs += 300_000;
    town.flag('F07-5', ['powerRestored']);
    town.say('F07-6', 'voltageV', 231);
    town.say('F07-7', 'registerKwh', 5);
    expect(town.judge()).toEqual([]);
  });

  it('a single gasp is a house, no outage', () => {
    const town = new Town();
    town.flag('F07-5', ['lastGasp']);
    expect(town.judge()).toMatchObject([{ rule: 'electricity.singleMeters', priority: 4 }]);
  });

  it('a single gasp has not gone back to normal when the whole feeder goes out', () => {
    const town = new Town();
    town.flag('F07-5', ['lastGasp']);
    town.flag('F07', ['breakerOpen'], true);
    expect(rules(town.judge())).toEqual(['electricity.outage']);
    expect(rules(town.kept())).toEqual(['electricity.singleMeters']);
  });

  it('load and voltage gone without a word of the breaker are an outage too', () => {
    const town = new Town();
    town.learn();
    town.minutes(3);
    expect(town.minutes(1, 40, 400, 0, 0)).toEqual([]);
    expect(rules(town.minutes(1, 40, 400, 0, 0))).toEqual(['electricity.outage']);
    expect(rules(town.minutes(2))).toEqual([]);
  });

  it('a last gasp of yesterday is no outage now', () => {
    const town = new Town();
    for (const row of [5, 6, 7]) town.flag(`F07-${row}`, ['lastGasp'], false, town.nowMs - DAY_MS);
    expect(town.judge()).toEqual([]);
  });
});

describe('voltage', () => {
  it('out of its limits for the county’s time at the substation, or at three meters', () => {
    const town = new Town();
    for (let minute = 0; minute <= 2; minute++) {
      town.nowMs += MINUTE_MS;
      town.say('F07', 'powerKw', 800);
      town.say('F07', 'voltageV', 245);
      expect(rules(town.judge())).toEqual(minute < 2 ? [] : ['electricity.voltage']);
    }
    const other = new Town();
    for (const reading of [0, 1]) {
      for (const row of [1, 2, 3]) other.say(`F07-${row}`, 'voltageV', 210, other.nowMs + reading * 2 * MINUTE_MS);
      expect(rules(other.judge())).toEqual(reading === 0 ? [] : ['electricity.voltage']);
    }
    expect(other.meterState('F07-1')).toBe('voltage');
  });

  it('has a dead-band of half a percent, at the substation and at the meters', () => {
    const town = new Town();
    const bus = (volts: number): string[] => {
      town.nowMs += MINUTE_MS;
      town.say('F07', 'powerKw', 800);
      town.say('F07', 'voltageV', volts);
      return [...rules(town.judge()), ...rules(town.kept()).map((rule) => `kept ${rule}`)];
    };
    expect([218, 218, 218, 219, 220, 230].map(bus)).toEqual([
      [],
      [],
      ['electricity.voltage'],
      ['kept electricity.voltage'],
      [],
      [],
    ]);
    const meters = (volts: number): string[] => {
      town.nowMs += MINUTE_MS;
      for (const row of [1, 2, 3]) town.say(`F07-${row}`, 'voltageV', volts);
      return rules(town.judge());
    };
    const all = [210, 210, 210, 219, 220].map((volts) => meters(volts).join());
    expect(all).toEqual(['', '', 'electricity.voltage', 'electricity.voltage', '']);
  });

  it('at two meters keeps an alarm, and raises none', () => {
    const town = new Town();
    for (const reading of [0, 1])
      for (const row of [1, 2]) town.say(`F07-${row}`, 'voltageV', 210, town.nowMs + reading * 2 * MINUTE_MS);
    expect(town.judge()).toEqual([]);
    expect(rules(town.kept())).toEqual(['electricity.voltage']);
  });
});

describe('water zones', () => {
  it('a jump of inflow with falling pressure is a burst after two readings', () => {
    const town = new Town();
    town.learn();
    town.minutes(3);
    expect(town.minutes(1, 70, 320)).toEqual([]);
    expect(town.minutes(1, 70, 320)).toMatchObject([
      { rule: 'water.burst', domain: 'water', priority: 2, subject: { kind: 'zone', id: 'West' } },
    ]);
    expect(town.zoneState(0)).toBe('high');
    expect(rules(town.minutes(20, 70, 320))).toEqual(['water.burst']);
    expect(town.minutes(3)).toEqual([]);
  });

  it('a jump with the pressure held is told later, and not as a burst', () => {
    const town = new Town();
    town.learn();
    town.minutes(3);
    expect(town.minutes(9, 70, 398)).toEqual([]);
    expect(rules(town.minutes(1, 70, 398))).toEqual(['water.highInflow']);
  });

  it('have no verdict before two days are known', () => {
    const town = new Town();
    town.learn(1);
    expect(town.minutes(15, 90, 300)).toEqual([]);
    expect(frameOf(town.domain, 'zones', town.nowMs).typical[0]).toBeNaN();
  });

  it('a risen night flow is a leak', () => {
    const town = new Town();
    for (let atMs = NOON_MS - 4 * DAY_MS; atMs < NOON_MS; atMs += 900_000) {
      const isLastNight = NOON_MS - atMs < 12 * HOUR_MS;
      town.recall('West', 'flowM3h', isLastNight ? 14 : 10 + (atMs % 3_600_000) / 7_200_000, atMs);
    }
    expect(town.judge()).toMatchObject([{ rule: 'water.nightFlow', priority: 4 }]);
  });
});

describe('meters', () => {
  /** Hourly registers of the days before. */
  const history = (
    town: Town,
    id: string,
    litersPerHour: (hour: number) => number,
    quality: Quality = 'good',
    hours = 80,
  ): void => {
    let register = 100;
    for (let hour = -hours; hour <= 0; hour++) {
      town.say(id, 'registerM3', register, NOON_MS + hour * HOUR_MS, quality);
      register += litersPerHour(hour) / 1000;
    }
  };
  const leaking = (town: Town): string[] => {
    town.judge();
    return (town.domain.workItems?.() ?? []).map(({ subject }) => subject.id);
  };
  const household = (hour: number): number => ((hour + 240) % 24 < 5 ? 0 : 12);

  it('with flow in each of 24 hours leak: work with place, since and reason, and no alarm', () => {
    const town = new Town();
    history(town, 'West-0', (hour) => household(hour) + 6);
    history(town, 'West-1', (hour) => household(hour) + 5);
    history(town, 'West-2', household);
    expect(town.judge()).toEqual([]);
    const [first, second, ...rest] = town.domain.workItems?.() ?? [];
    expect(rest).toEqual([]);
    expect(first).toMatchObject({ subject: { kind: 'meter', id: 'West-0' }, task: 'Tell the customer.' });
    expect(first?.reason).toMatch(/^Water flows in every hour, at least /);
    expect([first?.sinceMs, second?.sinceMs]).toEqual([NOON_MS - 72 * HOUR_MS, NOON_MS - 72 * HOUR_MS]);
    expect([0, 1, 2].map((row) => town.meterState(`West-${row}`))).toEqual(['leak', 'leak', 'normal']);
  });

  it('with the flow of a burst pipe are counted before a day is over', () => {
    const town = new Town();
    history(town, 'West-0', () => 200, 'good', 9);
    expect(town.judge()).toMatchObject([{ priority: 3, title: '1 customer with a burst pipe’s flow in Zone West' }]);
  });

  it('leak too when history comes after the live value, and estimated reads prove nothing', () => {
    const town = new Town();
    town.nowMs += 30 * MINUTE_MS;
    town.say('West-0', 'registerM3', 100.9);
    history(town, 'West-0', () => 10);
    expect(leaking(town)).toEqual(['West-0']);
    const estimated = new Town();
    history(estimated, 'West-0', () => 10, 'estimated');
    expect(leaking(estimated)).toEqual([]);
  });

  it('with the flow of a burst pipe for eight hours call for the operator, once a zone', () => {
    const town = new Town();
    history(town, 'West-0', (hour) => (hour >= -11 ? 130 : household(hour)));
    expect(town.judge()).toMatchObject([
      { rule: 'water.continuousFlow', priority: 3, title: '1 customer with a burst pipe’s flow in Zone West' },
    ]);
    expect(town.domain.workItems?.()).toMatchObject([{ subject: { id: 'West-0' }, sinceMs: NOON_MS - 11 * HOUR_MS }]);
  });

  it('stop leaking with the first hour without', () => {
    const town = new Town();
    history(town, 'West-0', () => 10);
    expect(leaking(town)).toEqual(['West-0']);
    town.nowMs += HOUR_MS;
    town.say('West-0', 'registerM3', 100.8);
    expect(leaking(town)).toEqual([]);
  });

  it('that are stuck, tampered with or run backwards are one item of work a zone', () => {
    const town = new Town();
    let register = 1000;
    for (let hour = -72; hour <= 0; hour++) {
      town.say('F07-0', 'registerKwh', register, NOON_MS + hour * HOUR_MS);
      if (hour < -14) register += 0.5;
    }
    for (let hour = -24; hour <= 0; hour++)
      town.say('F07-1', 'registerKwh', 500 - Math.abs(hour + 22), NOON_MS + hour * HOUR_MS);
    town.flag('F07-2', ['tamper'], true);
    const conditions = town.judge();
    expect(conditions).toMatchObject([
      {
        rule: 'maintenance.meters',
        domain: 'maintenance',
        priority: 4,
        title: 'Meters in Feeder F07: 1 tampered with, 1 running backwards, 1 stuck',
      },
    ]);
    town.flag('F07-2', [], true, town.nowMs + 1000);
    expect(town.meterState('F07-2')).toBe('normal');
  });

  it('that were exchanged are not sick', () => {
    const town = new Town();
    town.say('F07-1', 'registerKwh', 45_000, NOON_MS - HOUR_MS);
    town.say('F07-1', 'registerKwh', 0.3);
    expect(town.judge()).toEqual([]);
  });

  it('that fall silent together are work, single ones only show on the map', () => {
    const town = new Town();
    for (let row = 0; row < 10; row++) town.say(`West-${row}`, 'registerM3', 5);
    town.judge();
    town.nowMs += 4 * HOUR_MS;
    for (let row = 6; row < 10; row++) town.say(`West-${row}`, 'registerM3', 5.1);
    expect(town.judge()).toMatchObject([{ rule: 'maintenance.meters', title: 'Meters in Zone West: 6 silent' }]);
    for (let row = 1; row < 6; row++) town.say(`West-${row}`, 'registerM3', 5.1);
    expect(town.judge()).toEqual([]);
    expect(town.meterState('West-0')).toBe('stale');
  });

  it.each([
    ['West-', 'feed:beacon-meters'],
    ['wmbus:', 'feed:wmbusmeters'],
    ['ert:', 'feed:rtlamr'],
  ])('that fall silent are grouped under the feed of their ids %s', (start, causeGroup) => {
    const { county } = makeCounty({
      zones: [makeZone('West', 'dma', 10)],
      meters: makeMeters(10, 'water', 'West').map((meter, index) => ({ ...meter, id: `${start}${index}` })),
    });
    const domain = createUtilitiesDomain(county);
    for (let row = 0; row < 10; row++) domain.apply(sampleOf(`${start}${row}`, 'registerM3', 5, NOON_MS), NOON_MS);
    const laterMs = NOON_MS + 4 * HOUR_MS;
    domain.judge(NOON_MS);
    domain.judge(laterMs);
    expect(domain.judge(laterMs)).toMatchObject([{ rule: 'maintenance.meters', causeGroup }]);
  });

  it.each(['FRAUD', 'COVER_OPEN', 'MODULE_REMOVED'])(
    'that say %s are tampered with, whichever stream they come by',
    (word) => {
      const town = new Town();
      town.flag('F07-2', [word], true);
      expect(town.judge()).toMatchObject([{ title: 'Meters in Feeder F07: 1 tampered with' }]);
    },
  );

  it('that no list knows are shown and not judged', () => {
    const town = new Town();
    town.say('wmbus:33225544', 'registerM3', 123.5);
    town.flag('wmbus:33225544', ['leak'], true);
    expect(town.judge()).toEqual([]);
    expect(town.domain.detail({ kind: 'meter', id: 'wmbus:33225544' }, town.nowMs)?.facts).toMatchObject([
      { label: 'Water register', text: '123.500 m³' },
      { label: 'Says', text: 'leak' },
    ]);
    expect(town.domain.detail({ kind: 'meter', id: 'wmbus:1' }, town.nowMs)).toBeUndefined();
  });
});

describe('late values', () => {
  it('teach and raise nothing', () => {
    const town = new Town();
    town.learn();
    town.minutes(5);
    for (let i = 1; i < 100; i++) town.zones(500, 100, 0, town.nowMs - HOUR_MS - i * MINUTE_MS);
    expect(town.judge()).toEqual([]);
    expect(town.zoneState(0)).toBe('normal');
  });
});

describe('two days of normal supply', () => {
  it('raise nothing', () => {
    const town = new Town();
    const random = seededRandom(3);
    const rhythm = (atMs: number): number => 1 + 0.6 * Math.sin(((atMs % DAY_MS) / DAY_MS) * 2 * Math.PI - 1.5);
    const noisy = (atMs: number, noise: number): void => {
      const shake = (): number => 1 + noise * (random() + random() - 1);
      const at = rhythm(atMs);
      town.zones(30 * at * shake(), (420 - 25 * at) * (1 + 0.004 * (random() - 0.5)), 700 * at * shake(), atMs);
    };
    for (let atMs = NOON_MS - 3 * DAY_MS; atMs < NOON_MS; atMs += 900_000) noisy(atMs, 0.03);
    const found: Condition[] = [];
    for (; town.nowMs < NOON_MS + 2 * DAY_MS; town.nowMs += MINUTE_MS) {
      noisy(town.nowMs, 0.12);
      found.push(...town.domain.judge(town.nowMs));
    }
    expect(found).toEqual([]);
  });
});
