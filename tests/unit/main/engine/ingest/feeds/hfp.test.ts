import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hfp } from '../../../../../../main/engine/ingest/feeds/hfp.ts';
import { hasRealData, realData } from '../../../../../support/realData.ts';
import { stepper } from './stepper.ts';

const TOPIC = '/hfp/v2/journey/ongoing/vp/bus/0055/01216/1069/1/Malmi/07:20/1130106/2/60;24/19/73/44';
const event = {
  desi: '69',
  dir: '1',
  oper: 12,
  veh: 1216,
  tst: '2026-06-01T04:21:05.123Z',
  tsi: 1_780_287_665,
  spd: 8.2,
  hdg: 30,
  lat: 60.17,
  long: 24.93,
  dl: -75,
  drst: 0,
  oday: '2026-06-01',
  start: '07:20',
  loc: 'GPS',
  stop: 1_130_106,
  route: '1069',
  occu: 50,
};

describe('HFP', () => {
  const send = stepper(hfp);

  it("reads a position: the vehicle is the topic's, late is positive, directions are 0 and 1", () => {
    expect(send(TOPIC, { VP: event }).values).toEqual([
      {
        kind: 'vehicle',
        vehicleId: 'hfp:55/1216',
        label: '1216',
        mode: 'bus',
        atMs: Date.parse('2026-06-01T04:21:05.123Z'),
        quality: 'good',
        outOfService: false,
        lon: 24.93,
        lat: 60.17,
        speedMps: 8.2,
        headingDeg: 30,
        delayS: 75,
        routeId: '1069',
        routeName: '69',
        directionId: 0,
        stopId: '1130106',
        serviceDay: '2026-06-01',
        startTime: '07:20',
        occupancyRatio: 0.5,
        doorsOpen: false,
        positionSource: 'GPS',
      },
    ]);
  });

  it('goes without a position where there is none', () => {
    for (const part of [
      { lat: null, long: null },
      { lat: 0, long: 0 },
      { lat: 95, long: 24 },
    ]) {
      const [seen] = send(TOPIC, { VP: { ...event, ...part } }).values;
      expect(seen).toMatchObject({ kind: 'vehicle', delayS: 75 });
      expect(seen).not.toHaveProperty('lon');
    }
  });

  it.each([['deadrun'], ['signoff']])('knows a vehicle on a %s as out of service', (journey) => {
    expect(
      send(`/hfp/v2/${journey}/ongoing/vp/bus/0018/01047`, {
        VP: { ...event, desi: null, dir: null, route: null, dl: null },
      }).values,
    ).toMatchObject([{ vehicleId: 'hfp:18/1047', outOfService: true }]);
  });

  it('takes the doors from door events before the door field', () => {
    expect(send(TOPIC, { DOO: event }).values).toMatchObject([{ doorsOpen: true }]);
    expect(send(TOPIC, { DOC: { ...event, drst: 1 } }).values).toMatchObject([{ doorsOpen: false }]);
    expect(send(TOPIC, { VP: { ...event, drst: 1 } }).values).toMatchObject([{ doorsOpen: true }]);
  });

  it('takes the time in seconds where the text is missing, and refuses a message without any', () => {
    expect(send(TOPIC, { VP: { ...event, tst: null } }).values).toMatchObject([{ atMs: 1_780_287_665_000 }]);
    expect(send(TOPIC, { VP: { ...event, tst: null, tsi: null } }).refusal?.reason).toBe('badTime');
  });

  it('doubts a bus at 80 m/s', () => {
    expect(send(TOPIC, { VP: { ...event, spd: 80 } }).values).toMatchObject([{ quality: 'suspect' }]);
  });

  it('reads signal requests, which have fields of their own', () => {
    const topic = TOPIC.replace('/vp/', '/tlr/');
    expect(
      send(topic, { TLR: { ...event, 'tlp-requestid': 7, 'tlp-requesttype': 'NORMAL', sid: 3 } }).refusal,
    ).toBeUndefined();
  });
});

const isRecorded = hasRealData('hsl-hfp');

describe.skipIf(!isRecorded)('HFP as recorded', () => {
  const dumps = isRecorded ? readdirSync(realData('hsl-hfp')) : ['a dump'];

  it.each(dumps)('%s has no message that is refused', (name) => {
    const send = stepper(hfp);
    const lines = readFileSync(realData('hsl-hfp', name, 'hfp.dump'), 'utf8')
      .trim()
      .split('\n');
    const seen = lines.map((line) => {
      const brace = line.indexOf(' {');
      return send(
        line.slice(line.indexOf(' ') + 1, brace),
        line.slice(brace + 1),
        Date.parse(line.slice(0, line.indexOf(' '))),
      );
    });
    expect(seen.flatMap(({ refusal }) => refusal ?? [])).toEqual([]);
    const vehicles = seen.flatMap(({ values }) => values);
    expect(vehicles).toHaveLength(lines.length);
    expect(vehicles.every((value) => value.kind === 'vehicle' && /^hfp:\d+\/\d+$/.test(value.vehicleId))).toBe(true);
  });
});
