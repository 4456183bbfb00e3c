import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { digitraffic } from '../../../../../../main/engine/ingest/feeds/digitraffic.ts';
import { createRegistry } from '../../../../../../main/engine/registry/createRegistry.ts';
import { hasRealData, realData } from '../../../../../support/realData.ts';
import { smallCounty } from '../../../../../support/smallCounty.ts';
import { NOW_MS, stepper } from './stepper.ts';

const registry = createRegistry(
  smallCounty({
    feeds: {
      digitraffic: {
        stations: [{ id: 1001, name: 'Station', lon: 24.9, lat: 60.2, linkId: 'L1' }],
        sensors: [
          { id: 5116, name: 'OHITUKSET_5MIN_LIUKUVA_SUUNTA1', unit: 'kpl/h' },
          { id: 5054, name: 'OHITUKSET_60MIN_KIINTEA_SUUNTA1', unit: 'kpl/h' },
          { id: 5119, name: 'OHITUKSET_5MIN_KIINTEA_SUUNTA2', unit: 'kpl' },
          { id: 5122, name: 'KESKINOPEUS_5MIN_LIUKUVA_SUUNTA1', unit: 'km/h' },
          { id: 5158, name: 'KESKINOPEUS_5MIN_LIUKUVA_SUUNTA1_VVAPAAS1', unit: '***' },
          { id: 1, name: 'ILMA', unit: '°C' },
        ],
      },
    },
  }),
);
const time = NOW_MS / 1000 - 60;

describe('Digitraffic stations', () => {
  it('reads flow and speed of a direction in SI', () => {
    const send = stepper(digitraffic, registry);
    expect(send('tms-v2/1001/5116', { value: 108, time }).values).toEqual([
      {
        kind: 'sample',
        deviceId: 'tms:1001/1',
        quantity: 'flowVph',
        value: 108,
        atMs: NOW_MS - 60_000,
        quality: 'good',
      },
    ]);
    expect(send('tms-v2/1001/5122', { value: 72, time }).values).toMatchObject([
      { deviceId: 'tms:1001/1', quantity: 'speedMps', value: 20, quality: 'good' },
    ]);
  });

  it('makes an hourly rate of a count, and leaves a rate alone', () => {
    expect(stepper(digitraffic, registry)('tms-v2/1001/5119', { value: 9, time }).values).toMatchObject([
      { deviceId: 'tms:1001/2', quantity: 'flowVph', value: 108 },
    ]);
  });

  it('keeps the longer window out of it also where it comes first', () => {
    const other = stepper(digitraffic, registry);
    expect(other('tms-v2/1001/5054', { value: 90, time, start: time - 3600, end: time }).values).toMatchObject([
      { deviceId: 'tms:1001/1/60min' },
    ]);
  });

  it('keeps the longer window out of the series of the shorter one', () => {
    const send = stepper(digitraffic, registry);
    send('tms-v2/1001/5116', { value: 108, time });
    expect(send('tms-v2/1001/5054', { value: 90, time, start: time - 3600, end: time }).values).toMatchObject([
      { deviceId: 'tms:1001/1/60min', quantity: 'flowVph', value: 90 },
    ]);
  });

  it('doubts a speed of 0, which stands for "nothing passed"', () => {
    expect(stepper(digitraffic, registry)('tms-v2/1001/5122', { value: 0, time }).qualities).toEqual({
      speedMps: 'suspect',
    });
  });

  it('keeps what it does not know raw and suspect, on a device of its own', () => {
    const send = stepper(digitraffic, registry);
    expect(send('tms-v2/1001/9999', { value: 3, time }).values).toMatchObject([
      { deviceId: 'tms:1001/s9999', quantity: 'rawValue', value: 3, quality: 'suspect' },
    ]);
    expect(send('tms-v2/1001/5158', { value: 97, time }).values).toMatchObject([
      { deviceId: 'tms:1001/s5158', quantity: 'rawValue', quality: 'suspect' },
    ]);
    expect(send('weather-v2/2001/176', { value: 11_068, time }).values).toMatchObject([
      { deviceId: 'weather:2001/s176', quantity: 'rawValue' },
    ]);
    expect(send('weather-v2/2001/1', { value: -4.5, time }).values).toMatchObject([
      { deviceId: 'weather:2001/s1', quantity: 'temperatureC', value: -4.5 },
    ]);
  });

  it('takes heartbeats, maintenance and DATEX II without a word', () => {
    const send = stepper(digitraffic, registry);
    for (const topic of [
      'tms-v2/status',
      'weather-v2/status',
      'maintenance-v2/routes/state-roads',
      'traffic-message-v2/datex2/ROAD_WORK',
    ]) {
      expect(send(topic, { updated: time })).toMatchObject({ values: [], refusal: undefined });
    }
  });

  it.each([
    ['badTopic', 'tms-v2/abc/1', { value: 1, time }],
    ['badTopic', 'traffic-message-v2/other/X', {}],
    ['badTime', 'tms-v2/1001/5116', { value: 1, time: NOW_MS }],
    ['badShape', 'tms-v2/1001/5116', { value: 'x', time }],
    ['notJson', 'traffic-message-v2/simple/X', 'H4sIAAAA'],
    ['tooLarge', 'traffic-message-v2/simple/X', gzipSync(Buffer.alloc(5_000_000)).toString('base64')],
  ])('refuses with %s', (reason, topic, payload) => {
    expect(stepper(digitraffic, registry)(topic, payload).refusal?.reason).toBe(reason);
  });
});

describe('Digitraffic traffic messages', () => {
  const situation = {
    type: 'Feature',
    geometry: {
      type: 'MultiLineString',
      coordinates: [
        [
          [25.3, 61.2],
          [25.4, 61.3],
        ],
      ],
    },
    properties: {
      situationId: 'GUID1',
      situationType: 'TRAFFIC_ANNOUNCEMENT',
      trafficAnnouncementType: 'ACCIDENT_REPORT',
      releaseTime: '2026-06-01T11:00:00Z',
      announcements: [
        { language: 'FI', title: 'Onnettomuus' },
        {
          language: 'EN',
          title: 'Accident',
          location: { description: 'Road 24' },
          timeAndDuration: { startTime: '2026-06-01T10:55:00Z', endTime: null },
        },
      ],
    },
  };

  it.each([
    ['gzip in base64', (text: string) => gzipSync(text).toString('base64')],
    ['gzip', (text: string) => gzipSync(text)],
    ['JSON', (text: string) => text],
  ])('reads %s', (_name, pack) => {
    expect(
      stepper(digitraffic, registry)('traffic-message-v2/simple/TRAFFIC_ANNOUNCEMENT', pack(JSON.stringify(situation)))
        .values,
    ).toEqual([
      {
        kind: 'notice',
        noticeId: 'digitraffic:GUID1',
        source: 'Digitraffic',
        title: 'Accident',
        text: 'Road 24',
        severity: 'warning',
        atMs: NOW_MS - 3_600_000,
        quality: 'good',
        lon: 25.3,
        lat: 61.2,
        startsMs: NOW_MS - 3_900_000,
      },
    ]);
  });

  it.skipIf(!hasRealData('digitraffic'))('reads the recorded one and the documented samples', () => {
    const send = stepper(digitraffic, registry);
    const packed = readFileSync(realData('digitraffic', 'traffic_message_simple_gzip_base64.txt'));
    expect(send('traffic-message-v2/simple/TRAFFIC_ANNOUNCEMENT', packed).values).toMatchObject([
      {
        noticeId: 'digitraffic:GUID50409303',
        severity: 'info',
        lon: 25.340706,
        lat: 61.236357,
        atMs: Date.parse('2023-01-24T09:30:36.037Z'),
      },
    ]);
    const samples = JSON.parse(
      readFileSync(realData('digitraffic', 'digitraffic_mqtt_documented_samples.json'), 'utf8'),
    ) as { topic_pattern: string; payload: unknown }[];
    const refusals = samples.flatMap(
      ({ topic_pattern: pattern, payload }) =>
        send(pattern.replace('<roadStationId>', '1001').replace('<sensorId>', '5054').replace('<domain>', 'x'), payload)
          .refusal ?? [],
    );
    expect(refusals).toEqual([]);
  });
});
