import { describe, expect, it } from 'vitest';
import { MeterTown } from '../../../../../support/MeterTown.ts';

const DAY_MIN = 1440;

describe('a feeder', () => {
  it('that exports solar power is neither out nor has it lost load', () => {
    const town = new MeterTown();
    town.learn(400);
    for (const powerKw of [400, 400, -300, -300, -300, -300, 2, -2]) {
      town.pass(1);
      town.feeder({ powerKw, voltageV: 231 });
      expect(town.raised()).toEqual([]);
    }
  });

  it('whose load fades to nothing while the sun rises has not lost it', () => {
    const town = new MeterTown();
    town.learn(400);
    for (let powerKw = 400; powerKw > -200; powerKw -= 5) {
      town.pass(1);
      town.feeder({ powerKw, voltageV: 231 });
      expect(town.raised()).toEqual([]);
    }
  });

  it('that loses its load at once with voltage on it is partly dark, and not out', () => {
    const town = new MeterTown();
    town.learn(400);
    town.pass(1);
    town.feeder({ powerKw: 400, voltageV: 230 });
    for (const minute of [1, 2, 3]) {
      town.pass(1);
      town.feeder({ powerKw: 0, voltageV: 230 });
      expect(town.raised()).toEqual(minute < 3 ? [] : ['electricity.loadLost: Feeder FX lost part of its load']);
    }
  });

  it('without voltage is out, whatever is usual, and by one reading when nothing contradicts it', () => {
    const town = new MeterTown();
    town.feeder({ powerKw: 0, voltageV: 0 });
    expect(town.raised()).toEqual([]);
    town.pass(1);
    expect(town.raised()).toEqual(['electricity.outage: Feeder FX out – 40 customers']);
  });

  it('without a load meter is out when its voltage is gone', () => {
    const town = new MeterTown();
    for (const voltageV of [230, 0, 0]) {
      town.pass(1);
      town.feeder({ voltageV });
    }
    expect(town.raised()).toEqual(['electricity.outage: Feeder FX out – 40 customers']);
    for (const voltageV of [230, 230]) {
      town.pass(1);
      town.feeder({ voltageV });
    }
    expect(town.raised()).toEqual([]);
  });

  it('that measures its voltage above the transformer is out without any, and back with it', () => {
    const town = new MeterTown();
    const feeder = (powerKw: number, voltageV: number): string[] => {
      town.pass(1);
      town.feeder({ powerKw, voltageV });
      return town.raised();
    };
    expect([feeder(400, 12_470), feeder(0, 0), feeder(0, 0)]).toEqual([
      [],
      [],
      ['electricity.outage: Feeder FX out – 40 customers'],
    ]);
    expect([feeder(380, 12_470), feeder(380, 12_470)]).toEqual([[], []]);
  });

  it('with a broken voltage transformer and its load is not out', () => {
    const town = new MeterTown();
    for (let minute = 0; minute < 5; minute++) {
      town.pass(1);
      town.feeder({ powerKw: 400, voltageV: 0 });
    }
    expect(town.raised()).toEqual([]);
  });

  it('whose breaker was reported open carries load again: it is back, though nobody reported the closing', () => {
    const town = new MeterTown();
    town.feeder({ powerKw: 0, breaker: 'open' });
    expect(town.raised()).toEqual(['electricity.outage: Feeder FX out – 40 customers']);
    for (let minute = 0; minute < 3; minute++) {
      town.pass(1);
      town.feeder({ powerKw: 380, voltageV: 230 });
    }
    expect(town.raised()).toEqual([]);
  });
});

describe('last gasps', () => {
  it('of three days behind one transformer are three single customers', () => {
    const town = new MeterTown();
    town.nowMs -= 20 * DAY_MIN * 60_000;
    for (const [id, days] of [
      ['T0-0', 11],
      ['T0-1', 9],
      ['T0-2', 0],
    ] as const) {
      town.event(id, 'lastGasp');
      town.judge();
      town.pass(days * DAY_MIN);
    }
    expect(town.raised()).toEqual(['electricity.singleMeters: 3 single customers without power on Feeder FX']);
  });

  it.each([
    [2, 'electricity.singleMeters: 2 single customers without power on Feeder FX'],
    [3, 'electricity.outage: Feeder FX partly out – 10 customers'],
  ])('%d within minutes of ten customers are %s', (count, title) => {
    const town = new MeterTown();
    for (let i = 0; i < count; i++) town.event(`T0-${i}`, 'lastGasp');
    expect(town.raised()).toEqual([title]);
  });
});

describe('restoration', () => {
  it('is verified below the feeder: who does not report is out behind a transformer of its own', () => {
    const town = new MeterTown();
    const all = town.county.meters.filter(({ zoneId }) => zoneId === 'FX').map(({ id }) => id);
    for (const id of all) town.reading(id, { registerKwh: 5, voltageV: 230 });
    town.pass(15);
    for (const id of all) town.reading(id, { registerKwh: 5.1, voltageV: 230 });
    town.pass(1);
    town.feeder({ powerKw: 0, voltageV: 0, breaker: 'open' });
    for (const id of all) town.event(id, 'lastGasp');
    expect(town.raised()).toEqual(['electricity.outage: Feeder FX out – 40 customers']);
    town.pass(30);
    town.judge();
    town.feeder({ powerKw: 380, voltageV: 230, breaker: 'closed' });
    expect(town.raised()).toEqual([]);
    expect(town.customersOut()).toBe(0);
    expect(town.facts('feeder', 'FX')).toEqual(
      expect.arrayContaining([
        'Last outage: 30 min, 40 customers, 1,200 customer minutes',
        'Restored: 40 customers',
        'Not verified yet: 40 meters that lost power and must report first',
      ]),
    );
    town.pass(15);
    town.feeder({ powerKw: 380, voltageV: 230 });
    for (const id of all.filter((each) => !each.startsWith('T2')))
      town.reading(id, { registerKwh: 5.2, voltageV: 230 });
    expect(town.raised()).toEqual([]);
    for (let minute = 0; minute < 120; minute += 5) {
      town.pass(5);
      town.feeder({ powerKw: 380, voltageV: 230 });
      town.judge();
    }
    expect(town.raised()).toContain('electricity.outage: Feeder FX partly out – 10 customers');
    expect(town.judge()[0]?.cause).toMatch(/feeder is back/);
    for (const id of all) town.event(id, 'powerRestored');
    expect(town.raised()).toEqual([]);
    expect(town.customersOut()).toBe(0);
  });

  it('counts a gasp that took its time on the way to the outage that is over', () => {
    const town = new MeterTown();
    town.feeder({ breaker: 'open' });
    town.judge();
    const gaspMs = town.nowMs;
    town.pass(2);
    town.feeder({ powerKw: 380, voltageV: 230, breaker: 'closed' });
    town.judge();
    for (const id of ['T0-0', 'T0-1', 'T0-2']) town.event(id, 'lastGasp', gaspMs);
    expect(town.raised()).toEqual([]);
  });
});

describe('voltage', () => {
  it('of 244 V is within the limits of a grid of 230 V, and out of those of a county that sets its own', () => {
    const found = [new MeterTown(), new MeterTown({ voltageHighPu: 1.05 })].map((town) => {
      for (const [minutes, voltageV] of [
        [0, 243.6],
        [15, 244.2],
      ] as const) {
        town.pass(minutes);
        for (const id of ['T0-0', 'T0-1', 'T0-2', 'T0-3']) town.reading(id, { registerKwh: 5, voltageV });
      }
      return town.raised();
    });
    expect(found).toEqual([[], ['electricity.voltage: Voltage out of range at 4 meters on Feeder FX']]);
  });

  it('of meters that lose their supply is not out of range', () => {
    const town = new MeterTown();
    for (const voltageV of [190, 190, 0]) {
      for (const id of ['T0-0', 'T1-0', 'T2-0']) town.reading(id, { registerKwh: 5, voltageV });
      town.pass(15);
    }
    expect(town.raised()).toEqual(['electricity.singleMeters: 3 single customers without power on Feeder FX']);
  });
});

describe('a meter with three phases', () => {
  const phases = (a: number, b: number, c: number): object => ({
    total_energy_consumption_kwh: 5000,
    voltage_at_phase_1_v: a,
    voltage_at_phase_2_v: b,
    voltage_at_phase_3_v: c,
    status: 'OK',
  });

  it('of which one is connected has power', () => {
    const town = new MeterTown();
    for (let i = 0; i < 3; i++) {
      town.wmbus(71, phases(234.1, 0, 0));
      town.pass(15);
    }
    expect(town.raised()).toEqual([]);
    expect(town.facts('meter', 'wmbus:71')).toEqual(
      expect.arrayContaining(['State: normal', 'Voltage: 101.8 % of nominal']),
    );
  });

  it('that loses one of them is a customer with trouble, until the phase is back', () => {
    const town = new MeterTown();
    town.wmbus(71, phases(234, 233, 235));
    town.pass(15);
    town.wmbus(71, phases(234, 0, 235));
    expect(town.judge()).toMatchObject([
      {
        rule: 'electricity.singleMeters',
        title: '1 single customer without power on Feeder FR',
        evidence: [{ label: 'A phase lost', text: 'wmbus:71' }],
      },
    ]);
    town.pass(15);
    town.wmbus(71, phases(234, 233, 235));
    expect(town.raised()).toEqual([]);
  });

  it('that loses all of them is without power', () => {
    const town = new MeterTown();
    town.wmbus(71, phases(234, 0, 0));
    town.pass(15);
    town.wmbus(71, phases(0, 0, 0));
    expect(town.raised()).toEqual(['electricity.singleMeters: 1 single customer without power on Feeder FR']);
  });
});

describe('an alarm without new evidence', () => {
  it('is no longer judged when the feeder has fallen silent, and over a day later', () => {
    const town = new MeterTown();
    for (let minute = 0; minute < 12; minute++) {
      town.pass(1);
      town.feeder({ powerKw: 400, voltageV: 270 });
    }
    expect(town.raised()).toEqual(['electricity.voltage: Voltage of Feeder FX too high']);
    town.pass(60);
    expect([town.raised(), town.unjudged()]).toEqual([
      [],
      ['electricity.voltage: Voltage of Feeder FX too high – no longer judged'],
    ]);
    town.pass(2 * DAY_MIN);
    expect(town.judge()).toEqual([]);
  });

  it('of an outage that nobody has reported on for two days is over', () => {
    const town = new MeterTown();
    town.feeder({ powerKw: 0, breaker: 'open' });
    expect([town.raised(), town.customersOut()]).toEqual([['electricity.outage: Feeder FX out – 40 customers'], 40]);
    town.pass(1.5 * DAY_MIN);
    expect(town.unjudged()).toEqual(['electricity.outage: Feeder FX out – 40 customers – no longer judged']);
    town.pass(DAY_MIN);
    expect([town.judge(), town.customersOut()]).toEqual([[], null]);
  });

  it('of meters that fell silent is no longer judged', () => {
    const town = new MeterTown();
    for (let i = 0; i < 3; i++) {
      for (const id of ['T0-0', 'T1-0', 'T2-0']) town.reading(id, { registerKwh: 5, voltageV: 270 });
      town.pass(15);
    }
    expect(town.raised()).toEqual(['electricity.voltage: Voltage out of range at 3 meters on Feeder FX']);
    town.event('T3-0', 'tamper');
    town.pass(240);
    for (let minute = 0; minute < 60; minute += 15) {
      // The others go on.
      for (const id of ['T0-1', 'T1-1', 'T2-1', 'T3-1']) town.reading(id, { registerKwh: 5, voltageV: 230 });
      town.pass(15);
    }
    expect([town.raised(), town.unjudged()]).toEqual([
      [],
      [
        'electricity.voltage: Voltage out of range at 3 meters on Feeder FX – no longer judged',
        'maintenance.meters: Meters in Feeder FX: 1 tampered with – no longer judged',
      ],
    ]);
    const named = town.judge().flatMap(({ evidence }) => evidence.map(({ label, text }) => `${label}: ${text}`));
    expect(named).toEqual(
      expect.arrayContaining(['Meters out of range: 3', 'These are: T0-0; T1-0; T2-0', 'Tampered with (1): T3-0']),
    );
    town.pass(2 * DAY_MIN);
    for (const id of ['T0-1', 'T1-1', 'T2-1', 'T3-1']) town.reading(id, { registerKwh: 6, voltageV: 230 });
    expect(town.judge()).toEqual([]);
  });
});
