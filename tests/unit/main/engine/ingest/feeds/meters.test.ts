import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { beaconMeters } from '../../../../../../main/engine/ingest/feeds/beaconMeters.ts';
import { rtlamr } from '../../../../../../main/engine/ingest/feeds/rtlamr.ts';
import { wmbusmeters } from '../../../../../../main/engine/ingest/feeds/wmbusmeters.ts';
import { createRegistry } from '../../../../../../main/engine/registry/createRegistry.ts';
import { hasRealData, realData } from '../../../../../support/realData.ts';
import { smallCounty } from '../../../../../support/smallCounty.ts';
import { NOW_MS, stepper } from './stepper.ts';

const lines = (...parts: string[]): string[] =>
  readFileSync(realData(...parts), 'utf8')
    .trim()
    .split('\n');

function tally(all: readonly Record<string, number>[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of all.flatMap((each) => Object.keys(each))) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

describe('wmbusmeters', () => {
  const send = stepper(wmbusmeters);
  const water = {
    _: 'telegram',
    media: 'cold water',
    meter: 'multical21',
    name: 'Tap',
    id: '76406477',
    timestamp: '2026-06-01T11:59:00Z',
  };
  const power = {
    media: 'electricity',
    meter: 'amiplus',
    name: 'Mains',
    id: '10101010',
    timestamp: '2026-06-01T11:59:00Z',
  };

  it('reads a water meter: the unit is the end of the name', () => {
    const seen = send('wmbusmeters/76406477', {
      ...water,
      total_m3: 82.185,
      target_m3: 76.62,
      flow_temperature_c: 4,
      max_flow_m3h: 3,
      status: 'OK',
      rssi_dbm: -57,
    });
    expect(seen.samples).toEqual({ registerM3: 82.185, temperatureC: 4, rssiDbm: -57 });
    expect(seen.values.at(-1)).toMatchObject({
      kind: 'flags',
      deviceId: 'wmbus:76406477',
      flags: [],
      isState: true,
      media: 'cold water',
      name: 'Tap',
    });
  });

  it.each([
    [{ total_l: 82_185 }, { registerM3: 82.185 }],
    [
      { total_m3: 1, volume_flow_lh: 250 },
      { registerM3: 1, flowM3h: 0.25 },
    ],
    [
      { total_m3: 1, pressure_bar: 4.2 },
      { registerM3: 1, pressureKpa: 420 },
    ],
    [
      { total_m3: 1, flow_temperature_f: 50 },
      { registerM3: 1, temperatureC: 10 },
    ],
    [{ total_m3: 1, voltage_v: 3.6, battery_v: 2.9 }, { registerM3: 1 }],
  ])('reads %o of a water meter', (fields, samples) => {
    expect(send('wmbusmeters/x', { ...water, ...fields }).samples).toEqual(samples);
  });

  it.each([
    [
      {
        total_energy_consumption_kwh: 15_694.05,
        current_power_consumption_kw: 0.33,
        total_energy_production_kwh: 7.48,
      },
      { registerKwh: 15_694.05, powerKw: 0.33, exportRegisterKwh: 7.48 },
    ],
    [{ total_energy_consumption_wh: 5000 }, { registerKwh: 5 }],
    [{ total_energy_consumption_tariff_1_kwh: 35, total_energy_consumption_tariff_2_kwh: 68 }, { registerKwh: 103 }],
    [{ voltage_at_phase_1_v: 121, voltage_at_phase_2_v: 104, voltage_at_phase_3_v: 119 }, { voltageV: 104 }],
    [{ voltage_l1_l2_v: 207, voltage_l1_n_v: 119 }, { voltageV: 119 }],
    [{ power_l1_kw: 0.3, power_l2_kw: 0.2, power_l3_kw: 0.1 }, { powerKw: 0.6 }],
  ])('reads %o of an electricity meter', (fields, samples) => {
    const seen = send('wmbusmeters/x', { ...power, ...fields }).samples;
    expect(Object.keys(seen).sort()).toEqual(Object.keys(samples).sort());
    for (const [quantity, value] of Object.entries(samples)) expect(seen[quantity]).toBeCloseTo(value, 9);
  });

  it('keeps heat and gas apart from electricity and water', () => {
    expect(
      send('wmbusmeters/x', { ...water, media: 'heat', total_energy_consumption_mj: 3600, total_volume_m3: 9 }).samples,
    ).toEqual({ heatKwh: 1000 });
    expect(send('wmbusmeters/x', { ...water, media: 'gas', total_m3: 12.5 }).samples).toEqual({ gasM3: 12.5 });
  });

  it('takes 1111-11-11 for the time of receipt, and refuses other absurd times', () => {
    expect(send('wmbusmeters/x', { ...water, timestamp: '1111-11-11T11:11:11Z', total_m3: 1 }).values[0]).toMatchObject(
      { atMs: NOW_MS },
    );
    expect(send('wmbusmeters/x', { ...water, total_m3: 1 }).values[0]).toMatchObject({ atMs: NOW_MS - 60_000 });
    expect(send('wmbusmeters/x', { ...water, timestamp: '1970-01-01T00:00:00Z' }).refusal?.reason).toBe('badTime');
    expect(send('wmbusmeters/x', { ...water, timestamp: 'yesterday' }).refusal?.reason).toBe('badTime');
  });

  it('says known words for what the maker says, and passes on the others', () => {
    const flags = (status: string): unknown => send('wmbusmeters/x', { ...water, status }).values.at(-1);
    expect(flags('LEAK_FLOW_HIGH LEAK_FLOW_LOW RTC_ERROR')).toMatchObject({ flags: ['leak', 'clock'], isState: true });
    expect(flags('PREV_LEAKAGE TAMPER_PREV_MONTH')).toMatchObject({ flags: ['PREV_LEAKAGE', 'TAMPER_PREV_MONTH'] });
    expect(flags('SEAL_BROKEN POWER_LOW WRONG_FLOW_DIRECTION')).toMatchObject({
      flags: ['tamper', 'batteryLow', 'reverseFlow'],
    });
    expect(flags('COVER_OPEN PERMANENT_LEAK')).toMatchObject({ flags: ['tamper', 'leak'] });
    expect(flags('CODE_203_PHASE_SEQUENCE_REVERSED')).toMatchObject({ flags: ['wiring'] });
  });

  it('reads states from the fields of all drivers, and takes no sentence for words', () => {
    const flags = (fields: object): unknown => send('wmbusmeters/x', { ...water, ...fields }).values.at(-1);
    expect(flags({ current_alarms: 'leakage,back_flow', previous_alarms: 'mechanical_fraud' })).toMatchObject({
      flags: ['leak', 'reverseFlow', 'PREV_mechanical_fraud'],
      isState: true,
    });
    expect(flags({ error_flags: 'BATTERY', frame_status: 'SUMMER_TIME', status_changed_date: 'x' })).toMatchObject({
      flags: ['batteryLow', 'SUMMER_TIME'],
      isState: true,
    });
    const undecided = { error: 'decryption failed, please check key', historic_status: 'OK' };
    expect(flags(undecided)).toMatchObject({ flags: [], isState: false });
  });

  it('doubts the temperature of a sensor that is not there', () => {
    expect(send('wmbusmeters/x', { ...water, total_m3: 1, flow_temperature_c: 127 }).qualities).toEqual({
      registerM3: 'good',
      temperatureC: 'suspect',
    });
  });

  it("counts pulses by the county's register, and raw without it", () => {
    const adapter = {
      media: 'electricity',
      meter: 'lansenpu',
      name: 'Pulses',
      id: '23750',
      a_counter: 870,
      timestamp: water.timestamp,
    };
    expect(send('wmbusmeters/x', adapter).values[0]).toMatchObject({
      deviceId: 'wmbus:23750/a',
      quantity: 'rawCount',
      value: 870,
      quality: 'suspect',
    });
    const registry = createRegistry(
      smallCounty({ feeds: { devices: [{ id: 'wmbus:23750/a', count: { quantity: 'registerM3', perCount: 0.25 } }] } }),
    );
    expect(stepper(wmbusmeters, registry)('wmbusmeters/x', adapter).samples).toEqual({ registerM3: 217.5 });
  });

  it('makes a notice of an alarm', () => {
    expect(send('wmbusmeters_alarm', 'DeviceInactivity The bus device im871a is silent.').values).toMatchObject([
      {
        kind: 'notice',
        title: 'DeviceInactivity',
        text: 'The bus device im871a is silent.',
        severity: 'warning',
        atMs: NOW_MS,
      },
    ]);
    expect(send('wmbusmeters_alarm', ' ').refusal?.reason).toBe('badShape');
  });
});

describe.skipIf(!hasRealData('wmbusmeters'))('wmbusmeters as recorded', () => {
  it('refuses nothing, and finds the register of nearly every meter', () => {
    const send = stepper(
      wmbusmeters,
      createRegistry(smallCounty({ profile: { ...smallCounty().profile, nominalVoltageV: 230 } })),
    );
    const seen = lines('wmbusmeters', 'messages.ndjson').map((line) => send('wmbusmeters/meter', line));
    expect(seen).toHaveLength(101);
    expect(seen.flatMap(({ refusal }) => refusal ?? [])).toEqual([]);
    expect(tally(seen.map(({ samples }) => samples))).toEqual({
      registerM3: 75,
      registerKwh: 19,
      exportRegisterKwh: 10,
      powerKw: 14,
      voltageV: 11,
      flowM3h: 15,
      temperatureC: 7,
      rawCount: 1,
    });
  });
});

describe('rtlamr', () => {
  const send = stepper(rtlamr);
  const envelope = { Time: '2026-06-01T06:59:00.470325791-05:00', Offset: 0, Length: 0 };
  const scm = {
    ...envelope,
    Type: 'SCM',
    Message: { ID: 44_448_439, Type: 12, TamperPhy: 0, TamperEnc: 0, Consumption: 435_760, ChecksumVal: 57_994 },
  };

  it('keeps a counter of unknown unit raw and suspect', () => {
    expect(send('rtlamr/44448439', scm).values).toMatchObject([
      {
        deviceId: 'ert:44448439',
        quantity: 'rawCount',
        value: 435_760,
        quality: 'suspect',
        atMs: NOW_MS - 60_000 + 470,
      },
      { kind: 'flags', flags: ['scm.tamperPhy#0', 'scm.tamperEnc#0'], isState: true, media: 'gas' },
    ]);
  });

  it("gives the counter the unit of the county's register", () => {
    const registry = createRegistry(
      smallCounty({ feeds: { devices: [{ id: 'ert:44448439', count: { quantity: 'gasM3', perCount: 0.0283168 } }] } }),
    );
    const seen = stepper(rtlamr, registry)('rtlamr/x', scm);
    expect(seen.samples['gasM3']).toBeCloseTo(12_339.3, 1);
    expect(seen.qualities).toEqual({ gasM3: 'good' });
  });

  it('reads all kinds of messages', () => {
    const kinds = [
      ['SCM', { ID: 1, Type: 7, Tamper: { Phy: 1, Enc: 0 }, Consumption: 5 }, 'ert:1', 5],
      [
        'SCM+',
        {
          FrameSync: 5795,
          ProtocolID: 30,
          EndpointType: 188,
          EndpointID: 2,
          Consumption: 6,
          Tamper: 768,
          PacketCRC: 1,
        },
        'ert:2',
        6,
      ],
      ['IDM', { ERTType: 7, ERTSerialNumber: 3, LastConsumptionCount: 7, PowerOutageFlags: 'BAAAAAQA' }, 'ert:3', 7],
      [
        'NetIDM',
        { ERTType: 8, ERTSerialNumber: 4, LastConsumption: 9, LastGeneration: 1, LastConsumptionNet: 8 },
        'ert:4',
        8,
      ],
      ['R900', { ID: 5, Consumption: 9, Leak: 2, LeakNow: 1, BackFlow: 1 }, 'ert:5', 9],
      ['R900BCD', { ID: 6, Consumption: 10 }, 'ert:6', 10],
    ] as const;
    for (const [Type, Message, deviceId, value] of kinds)
      expect(send('rtlamr/x', { ...envelope, Type, Message }).values[0]).toMatchObject({ deviceId, value });
    expect(send('rtlamr/x', { ...envelope, Type: 'R900', Message: kinds[4][1] }).values[1]).toMatchObject({
      flags: ['leak', 'r900.backFlow#1', 'r900.leak#2', 'r900.noUse#0'],
      media: 'water',
    });
    expect(send('rtlamr/x', { ...envelope, Type: 'IDM', Message: kinds[2][1] }).values[1]).toMatchObject({
      flags: ['idm.outages#2'],
    });
    expect(send('rtlamr/x', { ...envelope, Type: 'SCM', Message: kinds[0][1] }).values[1]).toMatchObject({
      flags: ['scm.tamperPhy#1', 'scm.tamperEnc#0'],
      media: 'electricity',
    });
  });

  it('leaves the wrong one of two decodings of a packet out', () => {
    expect(
      send('rtlamr/x', {
        ...envelope,
        Type: 'NetIDM',
        Message: { ERTType: 7, ERTSerialNumber: 4, LastConsumptionNet: 8 },
      }),
    ).toMatchObject({ values: [], refusal: undefined });
  });

  it.each([
    ['unknownType', { ...scm, Type: 'SCM9' }],
    ['badShape', { ...scm, Message: { ID: -1 } }],
    ['badTime', { ...scm, Time: 'noon' }],
  ])('refuses with %s', (reason, payload) => {
    expect(send('rtlamr/x', payload).refusal?.reason).toBe(reason);
  });
});

describe.skipIf(!hasRealData('rtlamr'))('rtlamr as recorded', () => {
  it('refuses nothing', () => {
    const send = stepper(rtlamr);
    const seen = lines('rtlamr', 'rtlamr_real_lines.ndjson').map((line) => send('rtlamr/raw', line));
    expect(seen).toHaveLength(17);
    expect(seen.flatMap(({ refusal }) => refusal ?? [])).toEqual([]);
    expect(tally(seen.map(({ samples }) => samples))).toEqual({ rawCount: 17 });
  });
});

describe('numbers as text', () => {
  it('are numbers where a schema wants one, and a refusal that names the field where they are none', () => {
    const meters = stepper(beaconMeters);
    expect(meters('beacon/v1/meter/W1', { at: String(NOW_MS), registerM3: '12.50' }).samples).toEqual({
      registerM3: 12.5,
    });
    expect(
      meters('beacon/v1/meter/W1/intervals', { from: NOW_MS, everyS: 900, registerM3: ['1', null, 2] }).values,
    ).toMatchObject([{ value: 1 }, { value: 2 }]);
    expect(meters('beacon/v1/meter/W1', { at: NOW_MS, registerM3: '12,5' }).refusal).toEqual({
      reason: 'badShape',
      detail: expect.stringMatching(/^registerM3: .*string/) as string,
    });
    const counter = {
      Time: new Date(NOW_MS).toISOString(),
      Type: 'SCM',
      Message: { ID: '5', Type: 7, Consumption: '41' },
    };
    expect(stepper(rtlamr)('rtlamr/raw', counter).samples).toEqual({ rawCount: 41 });
  });

  it('of a radio meter count, and a register that cannot be read is a dead letter beside the values', () => {
    const send = stepper(wmbusmeters);
    const telegram = { id: '1', media: 'water', timestamp: new Date(NOW_MS).toISOString() };
    expect(send('wmbusmeters/1', { ...telegram, total_m3: '317.3988' }).samples).toEqual({ registerM3: 317.3988 });
    expect(send('wmbusmeters/1', { ...telegram, total_m3: '317,3988', flow_temperature_c: 8 })).toMatchObject({
      samples: { temperatureC: 8 },
      partRefused: { reason: 'badShape', detail: 'total_m3: the text "317,3988" is no number' },
    });
    expect(send('wmbusmeters/1', { ...telegram, total_bushel: 3 }).partRefused?.detail).toBe(
      'total_bushel: Beacon does not know the unit bushel',
    );
    expect(send('wmbusmeters/1', { ...telegram, total_ft3: 100 }).samples['registerM3']).toBeCloseTo(2.8317, 4);
  });
});

describe('rtlamr2mqtt', () => {
  const county = smallCounty();
  const scale = { quantity: 'registerKwh' as const, perCount: 0.01 };
  const registered = createRegistry({ ...county, feeds: { devices: [{ id: 'ert:69170000', count: scale }] } });

  it('publishes counters with a point that its user chose, with and without a time', () => {
    const send = stepper(rtlamr, registered);
    const lastseen = new Date(NOW_MS - 60_000).toISOString();
    expect(send('rtlamr/69170000/state', { reading: '75871.10', lastseen }).values).toMatchObject([
      { deviceId: 'ert:69170000', quantity: 'registerKwh', value: 75871.1, atMs: NOW_MS - 60_000, quality: 'good' },
    ]);
    expect(send('rtlamr/35130000/state', '0827187').values).toMatchObject([
      { deviceId: 'ert:35130000', quantity: 'rawCount', value: 827_187, quality: 'suspect', atMs: NOW_MS },
    ]);
  });

  it('says of itself and of the radio nothing that is a dead letter, and one reason for what is no reading', () => {
    const send = stepper(rtlamr, registered);
    for (const [topic, payload] of [
      ['rtlamr/status', 'online'],
      ['rtlamr/69170000/attributes', '{"Tamper":770,"protocol":"scm+"}'],
    ] as const)
      expect(send(topic, payload)).toMatchObject({ values: [], refusal: undefined });
    for (const payload of ['', 'unavailable', '{"reading":75871.1}', '{"reading":"-3"}', '[]'])
      expect(send('rtlamr/69170000/state', payload).refusal?.reason).toBe('badShape');
    expect(send('rtlamr/69170000/state', '{"reading":"5","lastseen":"never"}').refusal?.reason).toBe('badTime');
  });
});

describe('meters that feed in and have tariffs', () => {
  const send = stepper(beaconMeters);

  it('give both registers, and that of their tariffs together where there is no other', () => {
    expect(send('beacon/v1/meter/E1', { at: NOW_MS, registerKwh: 10, exportRegisterKwh: 4 }).samples).toEqual({
      registerKwh: 10,
      exportRegisterKwh: 4,
    });
    expect(send('beacon/v1/meter/E1', { at: NOW_MS, tariffs: { peak: 10.5, offPeak: 4 } }).samples).toEqual({
      registerKwh: 14.5,
    });
    const both = { at: NOW_MS, registerKwh: 20, tariffs: { peak: 10.5 } };
    expect(send('beacon/v1/meter/E1', both).samples).toEqual({ registerKwh: 20 });
  });

  it('give a quality for each interval of a block', () => {
    const block = { from: NOW_MS, everyS: 900, registerKwh: [1, 2, 3, null], quality: ['good', 'estimated', null] };
    expect(send('beacon/v1/meter/E1/intervals', block).values).toMatchObject([
      { value: 1, quality: 'good' },
      { value: 2, quality: 'estimated', reason: 'Made by the head-end, not read.' },
      { value: 3, quality: 'good' },
    ]);
  });
});
