import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { wmbusStates } from '../../../../../../main/engine/ingest/feeds/wmbusStates.ts';
import { describeStatus } from '../../../../../../shared/utilities/statusWords.ts';
import { MeterTown } from '../../../../../support/MeterTown.ts';
import { hasRealData, realData } from '../../../../../support/realData.ts';

const scm = (phy: number, enc: number): object => ({
  ID: 4,
  Type: 7,
  TamperPhy: phy,
  TamperEnc: enc,
  Consumption: 1_978_226,
});

describe('a counter since manufacture', () => {
  it('says nothing until it rises, and then stays in the work list', () => {
    const town = new MeterTown();
    for (const message of [scm(1, 2), scm(1, 2)]) {
      town.ert('SCM', message);
      town.pass(15);
    }
    expect([town.work(), town.raised()]).toEqual([{}, []]);
    for (const message of [scm(2, 2), scm(2, 2)]) {
      town.ert('SCM', message);
      town.pass(15);
    }
    expect(town.work()).toEqual({ 'ert:4': 'Tampered with: an opened cover, a magnet or a broken seal' });
  });

  it('of two bits has risen when it starts again, and not when it is reset', () => {
    const counts = [
      [3, 0],
      [2, 0],
    ].map(([before = 0, after = 0]) => {
      const town = new MeterTown();
      town.ert('SCM', scm(0, before));
      town.pass(15);
      town.ert('SCM', scm(0, after));
      return Object.keys(town.work());
    });
    expect(counts).toEqual([['ert:4'], []]);
  });

  it.each([
    ['SCM+', { EndpointID: 5, EndpointType: 156, Consumption: 6, Tamper: 770 }, { Tamper: 1026 }],
    [
      'IDM',
      {
        ERTType: 7,
        ERTSerialNumber: 5,
        LastConsumptionCount: 7,
        TamperCounters: 'AwIAcw4A',
        PowerOutageFlags: 'AAAAAAAA',
      },
      { TamperCounters: 'BAIAcw4A' },
    ],
  ])('of %s rises likewise', (type, first, then) => {
    const town = new MeterTown();
    for (const message of [first, first, { ...first, ...then }]) {
      expect(town.work()).toEqual({});
      town.ert(type, message);
      town.pass(15);
    }
    expect(Object.keys(town.work())).toEqual(['ert:5']);
  });
});

describe('a memory of past weeks', () => {
  it('of outages says nothing of now', () => {
    const town = new MeterTown();
    const idm = { ERTType: 7, ERTSerialNumber: 3, LastConsumptionCount: 7 };
    for (const PowerOutageFlags of ['AAAAAAAA', 'BAAAAAQA']) {
      town.ert('IDM', { ...idm, PowerOutageFlags });
      town.pass(15);
    }
    expect([town.work(), town.raised()]).toEqual([{}, []]);
  });
});

describe.skipIf(!hasRealData('rtlamr'))('the recorded lines of rtlamr', () => {
  it('raise no tamper', () => {
    const town = new MeterTown();
    town.nowMs = Date.UTC(2026, 5, 1);
    const lines = readFileSync(realData('rtlamr', 'rtlamr_real_lines.ndjson'), 'utf8').trim().split('\n');
    const number = { SCM: 'ID', 'SCM+': 'EndpointID', IDM: 'ERTSerialNumber', R900: 'ID' } as const;
    for (const line of lines) {
      const { Type, Message } = JSON.parse(line) as { Type: keyof typeof number; Message: Record<string, number> };
      town.ert(Type, { ...Message, [number[Type]]: ((Message[number[Type]] ?? 0) % 9) + 1 });
      town.pass(1);
    }
    expect(lines).toHaveLength(17);
  });
});

describe.skipIf(!hasRealData('wmbusmeters'))('the recorded telegrams of wmbusmeters', () => {
  it('lose none of their words: each has a meaning, or is listed as unknown', () => {
    const text = readFileSync(realData('wmbusmeters', 'messages.ndjson'), 'utf8');
    const telegrams = [...text.matchAll(/\{"_":.*\}|\{"media":.*\}/g)].map(
      ([line]) => JSON.parse(line) as Record<string, unknown>,
    );
    const shown = new Map<string, string>();
    for (const telegram of telegrams) {
      const town = new MeterTown();
      const id = telegram['media'] === 'electricity' ? 71 : 1;
      town.wmbus(id, { ...telegram, id: String(id), timestamp: new Date(town.nowMs).toISOString() });
      for (const word of wmbusStates(telegram) ?? []) {
        const { says } = describeStatus(word, id === 71 ? 'electricity' : 'water');
        expect(town.facts('meter', `wmbus:${id}`)).toContain(`Says: ${says}`);
        shown.set(word, says);
      }
    }
    expect(telegrams.length).toBeGreaterThan(90);
    expect(shown.size).toBeGreaterThan(15);
  });
});

describe('a status word', () => {
  it('that needs a technician is an item of work with its own reason', () => {
    const town = new MeterTown();
    for (const [id, status] of [
      [1, 'POWER_LOW'],
      [2, 'PERMANENT_ERROR'],
      [3, 'DRY'],
      [4, 'METER_BLOCKED UNDERFLOW'],
      [5, 'RTC_ERROR'],
      [6, 'OK'],
      [7, 'REVERSED'],
      [8, 'ERROR_FLAGS_1100'],
    ] as const)
      town.wmbus(id, { total_m3: 5, status });
    expect(town.work()).toEqual({
      'wmbus:7': 'Water flowed back towards the network',
      'wmbus:3': 'No water in the pipe',
      'wmbus:4': 'The meter does not turn',
      'wmbus:1': 'The battery is nearly empty',
      'wmbus:5': 'The clock of the meter is wrong',
      'wmbus:2': 'A permanent error, or a broken part of the meter',
      'wmbus:8': 'Says “ERROR_FLAGS_1100”, which is not in the table of status words',
    });
    expect(town.raised()).toEqual([]);
    expect(town.facts('meter', 'wmbus:3')).toContain('Says: No water in the pipe');
    town.pass(60);
    for (const id of [1, 2, 3, 4, 5, 6, 7, 8]) town.wmbus(id, { total_m3: 5, status: 'OK' });
    expect(town.work()).toEqual({});
  });

  it('of an older driver is read from its own field', () => {
    const town = new MeterTown();
    town.wmbus(1, { total_m3: 5, current_alarms: 'meter_blocked,underflow', previous_alarms: 'leakage' });
    expect(town.work()).toEqual({ 'wmbus:1': 'The meter does not turn' });
  });

  it('of a burst is an alarm of this customer', () => {
    const town = new MeterTown();
    town.reading('W4', { registerM3: 5 });
    town.pass(1);
    town.event('W4', 'burst');
    expect(town.judge()).toMatchObject([
      {
        rule: 'water.continuousFlow',
        title: '1 customer with a burst pipe’s flow in Zone ZW',
        evidence: [{ label: 'Customers', text: 'W4' }, { label: 'Reported by the meter' }],
      },
    ]);
    expect(town.work()).toEqual({ W4: 'Says that a pipe has burst' });
  });

  it('of a reversed flow is generation at an electricity meter', () => {
    const town = new MeterTown();
    town.event('T0-0', 'reverseFlow');
    expect([town.work(), town.raised()]).toEqual([{}, []]);
    expect(town.facts('meter', 'T0-0')).toContain('Says: Fed in, which is generation');
  });

  it('that its meter has not repeated for days is no longer judged', () => {
    const town = new MeterTown();
    town.wmbus(1, { total_m3: 5, status: 'POWER_LOW' });
    town.pass(3 * 1440);
    expect(town.work()).toEqual({ 'wmbus:1': 'The battery is nearly empty (no longer judged)' });
  });
});
