import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sparkplug } from '../../../../../../main/engine/ingest/feeds/sparkplug.ts';
import { sparkplugPayloadType } from '../../../../../../main/engine/ingest/feeds/sparkplugSchema.ts';
import type { SparkplugPayload } from '../../../../../../main/engine/ingest/feeds/sparkplugSchema.ts';
import { protobufMessage } from '../../../../../../main/engine/ingest/feeds/protobufMessage.ts';
import { createRegistry } from '../../../../../../main/engine/registry/createRegistry.ts';
import { hasRealData, realData } from '../../../../../support/realData.ts';
import type { Value } from '../../../../../../shared/base/values.ts';
import { smallCounty } from '../../../../../support/smallCounty.ts';
import { NOW_MS, stepper } from './stepper.ts';

const registry = createRegistry(
  smallCounty({ feeds: { sparkplug: [{ metric: 'Tank/Flow', quantity: 'flowM3h', factor: 3.6 }] } }),
);
const session = (): ReturnType<typeof stepper> => stepper(sparkplug, registry);

/** JSON-like parts, as protobufjs takes them. */
const payload = (metrics: object[], seq?: number, timestamp = NOW_MS - 1000): Uint8Array =>
  sparkplugPayloadType
    .encode(sparkplugPayloadType.fromObject({ timestamp, metrics, ...(seq !== undefined && { seq }) }))
    .finish();
const decode = (bytes: Uint8Array): SparkplugPayload | undefined => {
  const decoded = protobufMessage<SparkplugPayload>(sparkplugPayloadType, bytes, { mostBytes: 10_000, longs: BigInt });
  return 'message' in decoded ? decoded.message : undefined;
};

const bdSeq = (value: number): object => ({ name: 'bdSeq', datatype: 8, longValue: value });
const BIRTH = [
  bdSeq(3),
  { name: 'Node Control/Rebirth', datatype: 11, booleanValue: false },
  { name: 'Pressure_kPa', alias: 10, datatype: 9, floatValue: 410 },
];
const PRESSURE = { alias: 10, floatValue: 402 };

describe('Sparkplug sessions', () => {
  it('learns names and types from the birth and reads data by alias', () => {
    const send = session();
    const born = send('spBv1.0/water/NBIRTH/pump-1', payload(BIRTH, 0));
    expect(born.values).toMatchObject([
      { kind: 'flags', deviceId: 'spb:water/pump-1', flags: [], isState: true },
      {
        kind: 'sample',
        deviceId: 'spb:water/pump-1',
        quantity: 'pressureKpa',
        value: 410,
        quality: 'good',
        atMs: NOW_MS - 1000,
      },
    ]);
    expect(send('spBv1.0/water/NDATA/pump-1', payload([PRESSURE], 1)).values).toMatchObject([
      { quantity: 'pressureKpa', value: 402, quality: 'good' },
    ]);
  });

  it('goes from 255 to 0 without a gap', () => {
    const send = session();
    send('spBv1.0/water/NBIRTH/pump-1', payload(BIRTH, 255));
    expect(send('spBv1.0/water/NDATA/pump-1', payload([PRESSURE], 0)).replies).toEqual([]);
  });

  it('asks for a new birth after a gap, once in a while, and doubts aliases until then', () => {
    const send = session();
    send('spBv1.0/water/NBIRTH/pump-1', payload(BIRTH, 0));
    const gapped = send('spBv1.0/water/NDATA/pump-1', payload([PRESSURE], 5));
    expect(gapped.qualities).toEqual({ pressureKpa: 'suspect' });
    expect(gapped.replies).toMatchObject([{ topic: 'spBv1.0/water/NCMD/pump-1', qos: 0 }]);
    expect(decode(gapped.replies[0]?.payload ?? Uint8Array.of())?.metrics).toMatchObject([
      { name: 'Node Control/Rebirth', datatype: 11, booleanValue: true },
    ]);
    expect(send('spBv1.0/water/NDATA/pump-1', payload([PRESSURE], 6), NOW_MS + 20_000).replies).toEqual([]);
    expect(send('spBv1.0/water/NDATA/pump-1', payload([PRESSURE], 7), NOW_MS + 31_000).replies).toHaveLength(1);
    expect(send('spBv1.0/water/NDATA/pump-1', payload([PRESSURE], 8), NOW_MS + 70_000).replies).toEqual([]);
    send('spBv1.0/water/NBIRTH/pump-1', payload(BIRTH, 0));
    expect(send('spBv1.0/water/NDATA/pump-1', payload([PRESSURE], 1)).qualities).toEqual({ pressureKpa: 'good' });
  });

  it('refuses data before the birth and asks for it', () => {
    const send = session();
    const seen = send('spBv1.0/water/NDATA/pump-1', payload([PRESSURE], 4));
    expect(seen.refusal?.reason).toBe('outOfSequence');
    expect(seen.replies).toHaveLength(1);
    expect(send('spBv1.0/water/DBIRTH/pump-1/meter', payload([], 5)).replies).toEqual([]);
  });

  it('counts one sequence over a node and its devices', () => {
    const send = session();
    send('spBv1.0/water/NBIRTH/pump-1', payload(BIRTH, 0));
    expect(
      send(
        'spBv1.0/water/DBIRTH/pump-1/meter',
        payload([{ name: 'Tank/Flow', alias: 20, datatype: 10, doubleValue: 2 }], 1),
      ).values,
    ).toMatchObject([
      { deviceId: 'spb:water/pump-1/meter' },
      { deviceId: 'spb:water/pump-1/meter', quantity: 'flowM3h', value: 7.2 },
    ]);
    expect(send('spBv1.0/water/DDATA/pump-1/meter', payload([{ alias: 20, doubleValue: 3 }], 2))).toMatchObject({
      samples: { flowM3h: 3 * 3.6 },
      replies: [],
    });
    expect(send('spBv1.0/water/DDEATH/pump-1/meter', payload([], 3)).values).toMatchObject([
      { deviceId: 'spb:water/pump-1/meter', flags: ['offline'], quality: 'stale' },
    ]);
  });

  it('believes a death only when it is the will of this session, at the time of its receipt', () => {
    const send = session();
    send('spBv1.0/water/NBIRTH/pump-1', payload(BIRTH, 0));
    send('spBv1.0/water/DBIRTH/pump-1/meter', payload([], 1));
    expect(send('spBv1.0/water/NDEATH/pump-1', payload([bdSeq(2)])).values).toEqual([]);
    expect(
      send('spBv1.0/water/NDEATH/pump-1', payload([bdSeq(3)], undefined, NOW_MS - 86_400_000)).values,
    ).toMatchObject([
      { deviceId: 'spb:water/pump-1', flags: ['offline'], atMs: NOW_MS },
      { deviceId: 'spb:water/pump-1/meter', flags: ['offline'] },
    ]);
    expect(send('spBv1.0/water/NDATA/pump-1', payload([PRESSURE], 2)).refusal?.reason).toBe('outOfSequence');
  });

  it('takes host states and commands without a word, and refuses other topics', () => {
    const send = session();
    expect(send('spBv1.0/STATE/host', '{"online":true,"timestamp":1}')).toMatchObject({
      values: [],
      refusal: undefined,
    });
    expect(send('spBv1.0/water/NCMD/pump-1', payload([]))).toMatchObject({ values: [], refusal: undefined });
    for (const topic of [
      'spBv1.0',
      'spBv1.0/water/NBIRTH',
      'spBv1.0/water/DDATA/pump-1',
      'spBv1.0/water/NDATA/pump-1/x',
      'spBv1.0/water/XDATA/pump-1',
    ]) {
      expect(send(topic, payload([])).refusal?.reason).toBe('badTopic');
    }
    expect(send('spBv1.0/water/NBIRTH/pump-1', 'text').refusal?.reason).toBe('notProtobuf');
  });
});

describe('Sparkplug metrics', () => {
  const valueOf = (metric: object): number | undefined => {
    const send = session();
    const found = send('spBv1.0/g/NBIRTH/n', payload([{ name: 'x', ...metric }], 0)).values.find(
      (value) => value.kind === 'sample',
    );
    return found?.kind === 'sample' ? found.value : undefined;
  };

  it.each([
    ['Int8', { datatype: 1, intValue: 0xffff_ffff }, -1],
    ['Int8 in one byte', { datatype: 1, intValue: 0xff }, -1],
    ['Int16', { datatype: 2, intValue: 0xffff_fffe }, -2],
    ['Int32', { datatype: 3, intValue: 0xffff_fffd }, -3],
    ['Int64', { datatype: 4, longValue: '18446744073709551612' }, -4],
    ['UInt32 in the long field', { datatype: 7, longValue: 4_294_967_295 }, 4_294_967_295],
    ['UInt64', { datatype: 8, longValue: 9_007_199_254_740_991 }, 9_007_199_254_740_991],
    ['Float', { datatype: 9, floatValue: 1.5 }, 1.5],
    ['Boolean', { datatype: 11, booleanValue: true }, 1],
    ['no number: null', { datatype: 10, isNull: true }, undefined],
    ['no number: text', { datatype: 12, stringValue: '5' }, undefined],
    ['no number: a date', { datatype: 13, longValue: 5 }, undefined],
    ['no number: not finite', { datatype: 10, doubleValue: Number.NaN }, undefined],
  ])('reads %s', (_name, metric, expected) => {
    expect(valueOf(metric)).toBe(expected);
  });

  const one = (name: string, properties?: object): object => {
    const send = session();
    const metric = { name, datatype: 10, doubleValue: 50, ...(properties && { properties }) };
    return send('spBv1.0/g/NBIRTH/n', payload([metric], 0)).values.at(-1) ?? {};
  };

  it.each([
    ['Voltage_V', undefined, { quantity: 'voltageV', value: 50 }],
    ['Line 1/energy_MJ', undefined, { quantity: 'registerKwh', value: 50 / 3.6 }],
    ['powerKw', undefined, { quantity: 'powerKw', value: 50 }],
    [
      'Supply',
      { keys: ['engUnit'], values: [{ type: 12, stringValue: '°F' }] },
      { quantity: 'temperatureC', value: 10 },
    ],
    [
      'Supply',
      {
        keys: ['Quality', 'unit'],
        values: [
          { type: 3, intValue: 0 },
          { type: 12, stringValue: 'm³/h' },
        ],
      },
      { quantity: 'flowM3h', quality: 'suspect' },
    ],
    ['Phase_C', undefined, { quantity: 'rawValue', quality: 'suspect', deviceId: 'spb:g/n:Phase_C' }],
    ['Temperature', undefined, { quantity: 'rawValue', quality: 'suspect' }],
  ])('knows what %s with %o measures', (name, properties, expected) => {
    const seen = one(name, properties);
    expect(seen).toMatchObject(
      Object.fromEntries(
        Object.entries(expected).map(([key, value]) => [
          key,
          typeof value === 'number' ? expect.closeTo(value, 6) : value,
        ]),
      ),
    );
  });

  it('gives two metrics of one quantity a series each, the same in every session', () => {
    const metrics = [
      { name: 'A_kPa', alias: 1, datatype: 9, floatValue: 1 },
      { name: 'B_kPa', alias: 2, datatype: 9, floatValue: 2 },
    ];
    const send = session();
    const devices = (seq: number): unknown[] =>
      send('spBv1.0/g/NBIRTH/n', payload(metrics, seq)).values.flatMap((value) =>
        value.kind === 'sample' ? value.deviceId : [],
      );
    expect(devices(0)).toEqual(['spb:g/n', 'spb:g/n:B_kPa']);
    expect(devices(0)).toEqual(['spb:g/n', 'spb:g/n:B_kPa']);
  });

  it('reads the members of a template, and no definition', () => {
    const member = { name: 'Flow_m3h', datatype: 10, doubleValue: 5 };
    const send = session();
    const { values } = send(
      'spBv1.0/g/NBIRTH/n',
      payload(
        [
          { name: '_types_/Pump', datatype: 19, templateValue: { isDefinition: true, metrics: [member] } },
          { name: 'Pump 1', datatype: 19, templateValue: { isDefinition: false, metrics: [member] } },
        ],
        0,
      ),
    );
    expect(values.filter(({ kind }) => kind === 'sample')).toMatchObject([
      { deviceId: 'spb:g/n', quantity: 'flowM3h', value: 5 },
    ]);
  });
});

type Vector = {
  name: string;
  message_type: string;
  base64: string;
  decoded: { timestamp: number; seq: number; metrics: Record<string, unknown>[] };
};

describe.skipIf(!hasRealData('sparkplug'))('Sparkplug vectors', () => {
  const vectors = hasRealData('sparkplug')
    ? (JSON.parse(readFileSync(realData('sparkplug', 'sparkplug_b_vectors.json'), 'utf8')) as Vector[])
    : [];
  const camel = (name: string): string => name.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase());

  it.each(vectors)('$name decodes as written beside it', ({ base64, decoded }) => {
    const seen = decode(Buffer.from(base64, 'base64'));
    expect(Number(seen?.timestamp)).toBe(decoded.timestamp);
    expect(Number(seen?.seq)).toBe(decoded.seq);
    expect(
      seen?.metrics?.map((metric) =>
        Object.fromEntries(
          Object.entries(metric).map(([key, value]) => [key, typeof value === 'bigint' ? Number(value) : value]),
        ),
      ),
    ).toEqual(
      decoded.metrics.map((metric) =>
        Object.fromEntries(Object.entries(metric).map(([key, value]) => [camel(key), value])),
      ),
    );
  });

  it('run as one session', () => {
    const send = session();
    const outcome = vectors.map(({ name, message_type: type, base64 }) => {
      const { refusal, replies, values } = send(`spBv1.0/group/${type}/node`, Buffer.from(base64, 'base64'));
      return [
        name,
        refusal?.reason ??
          values.flatMap((value) =>
            value.kind === 'sample' ? value.value : value.kind === 'flags' ? value.flags.join() : [],
          ),
        replies.length,
      ];
    });
    expect(outcome).toEqual([
      ['NBIRTH_V1', ['', 21.5], 0],
      ['NDATA_V1', [22.5], 0],
      // Its bdSeq is 0 and the birth's was 88: the will of another session.
      ['NDEATH_V1', [], 0],
      ['NDATA_GAP', [27], 1],
      ['NDATA_BEFORE_BIRTH', [25], 0],
      ['NDATA_WRAPAROUND', [30], 0],
    ]);
  });
});

describe('series of Sparkplug metrics', () => {
  const flow = (name: string, alias: number, doubleValue: number): object => ({
    name,
    alias,
    datatype: 10,
    doubleValue,
  });
  const ids = (values: readonly Value[]): Record<string, number> =>
    Object.fromEntries(values.flatMap((value) => (value.kind === 'sample' ? [[value.deviceId, value.value]] : [])));

  it.each([
    ['two in the first birth', [flow('Main_m3h', 1, 10), flow('Second_m3h', 2, 20)]],
    ['one in the first birth', [flow('Main_m3h', 1, 10)]],
  ])('belong to their names, whatever a later birth puts before them: %s', (_, first) => {
    const send = session();
    const idOf = (values: readonly Value[], number: number): string | undefined =>
      Object.entries(ids(values)).find(([, value]) => value === number)?.[0];
    const born = send('spBv1.0/G/NBIRTH/N', payload([bdSeq(0), ...first], 0)).values;
    const again = send('spBv1.0/G/NBIRTH/N', payload([bdSeq(1), flow('Aux_m3h', 3, 99), ...first], 0)).values;
    expect(idOf(again, 10)).toBe(idOf(born, 10));
    expect(idOf(again, 99)).toBe('spb:G/N:Aux_m3h');
    const gone = send('spBv1.0/G/NBIRTH/N', payload([bdSeq(2), flow('Aux_m3h', 3, 98)], 0)).values;
    expect(ids(gone)).toEqual({ 'spb:G/N:Aux_m3h': 98 });
  });
});
