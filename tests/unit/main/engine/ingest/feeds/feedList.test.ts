import { describe, expect, it } from 'vitest';
import { feedOfId, feeds } from '../../../../../../main/engine/ingest/feeds/feedList.ts';
import { gtfsRealtime } from '../../../../../../main/engine/ingest/feeds/gtfsRealtime.ts';
import { hfp } from '../../../../../../main/engine/ingest/feeds/hfp.ts';
import { rtlamr } from '../../../../../../main/engine/ingest/feeds/rtlamr.ts';
import { wmbusmeters } from '../../../../../../main/engine/ingest/feeds/wmbusmeters.ts';
import { digitraffic } from '../../../../../../main/engine/ingest/feeds/digitraffic.ts';
import type { Value } from '../../../../../../shared/base/values.ts';
import { encodeFeed } from '../../../../../support/encodeFeed.ts';
import { NOW_MS, stepper } from './stepper.ts';

const nowS = NOW_MS / 1000;
const time = new Date(NOW_MS).toISOString();
const idOf = (value: Value | undefined): string =>
  value?.kind === 'vehicle' ? value.vehicleId : value !== undefined && 'deviceId' in value ? value.deviceId : '';

const positions = encodeFeed({ timestamp: nowS }, [
  { id: 'e1', vehicle: { vehicle: { id: '7' }, position: { latitude: 44.5, longitude: -93.5 } } },
]);

describe('the feed of an id', () => {
  it.each([
    [hfp, '/hfp/v2/journey/ongoing/vp/bus/0055/01216/1069/1/Malmi/07:20/1130106/2/60;24', { VP: { tst: time } }],
    [gtfsRealtime, 'gtfs-rt/agency/vehicle-positions', positions],
    [wmbusmeters, 'wmbusmeters/33225544', { id: '33225544', total_m3: 1, timestamp: time }],
    [rtlamr, 'rtlamr/44', { Time: time, Type: 'R900', Message: { ID: 44, Consumption: 5 } }],
    [digitraffic, 'tms-v2/1001/5116', { value: 108, time: nowS }],
    [digitraffic, 'weather-v2/1012/1', { value: 5, time: nowS }],
  ] as const)('is the feed that made it: %#', (feed, topic, payload) => {
    const [value] = stepper<unknown, unknown>(feed as never)(topic, payload).values;
    expect([idOf(value), feedOfId(idOf(value))]).toEqual([expect.stringContaining(':'), feed.id]);
  });

  it('is nobody’s where the county’s own registers gave it', () => {
    expect(['bus-7', 'depot:7', ':7', ''].map(feedOfId)).toEqual([undefined, undefined, undefined, undefined]);
  });
});

describe('the list of feeds', () => {
  it('names no feed and no prefix twice', () => {
    const ids = feeds.map(({ id }) => id);
    const prefixes = feeds.flatMap(({ idPrefixes }) => idPrefixes);
    expect([new Set(ids).size, new Set(prefixes).size]).toEqual([ids.length, prefixes.length]);
  });
});
