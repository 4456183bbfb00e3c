import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Detail } from '../../../shared/contract/historyRequests.ts';
import type { County } from '../../../shared/county/county.ts';
import { qualityCode } from '../../../shared/base/quality.ts';
import {
  digitrafficCaptures,
  gtfsCaptures,
  hfpCaptures,
  rtlamrCaptures,
  sparkplugCapture,
  wmbusCaptures,
} from '../../support/captures.ts';
import type { Captured } from '../../support/captures.ts';
import { openScreen } from '../../support/openScreen.ts';
import type { Screen } from '../../support/openScreen.ts';
import { hasRealData, realData } from '../../support/realData.ts';
import { smallCounty, zoneOf } from '../../support/smallCounty.ts';
import { startEngine } from '../../support/startEngine.ts';
import { startMosquitto } from '../../support/startMosquitto.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { writeCounty } from '../../support/writeCounty.ts';

const STATION = 23_801;
const FLOW_SENSOR = 5116;
const REACH_MS = 20_000;

const feeder = zoneOf('F1', 'feeder', 'Feeder 1');

type Scene = { screen: Screen; publish: (messages: readonly Captured[]) => Promise<void> };

/** An engine of a county at a real broker, with a screen at it. */
async function live(parts: Partial<County> = {}, hasTimetable = false): Promise<Scene> {
  const folder = temporaryFolder();
  const countyDir = join(folder, 'county');
  await writeCounty(countyDir, smallCounty({ zones: [...smallCounty().zones, feeder], ...parts }));
  if (hasTimetable) copyFileSync(realData('gtfs-raba', 'raba.zip'), join(countyDir, 'gtfs.zip'));
  const broker = await startMosquitto();
  onTestFinished(broker.dispose);
  const engine = await startEngine({ brokerUrl: broker.url, countyDir, dataDir: join(folder, 'data') });
  onTestFinished(async () => {
    await engine.stop();
  });
  const client = await connectAsync(broker.url);
  onTestFinished(() => client.endAsync());
  const publish = async (messages: readonly Captured[]): Promise<void> => {
    for (const { topic, payload } of messages) await client.publishAsync(topic, payload, { qos: 1 });
  };
  return { screen: await openScreen(engine.url, ['vehicles', 'links', 'detectors', 'meters']), publish };
}

async function letters({ request }: Screen): Promise<string[]> {
  const { letters: all } = await request('deadLetters.list', { limit: 500 });
  return all.map(({ feed, topic, reason }) => `${feed} ${reason} ${topic}`);
}

/** Waits until a feed has taken so many messages; it may hear its own replies, too. */
function taken(screen: Screen, feed: string, count: number): Promise<void> {
  return expect
    .poll(
      () =>
        screen
          .stream('vitals')
          .get()
          ?.feeds.find(({ id }) => id === feed)?.received,
      { timeout: REACH_MS },
    )
    .toBeGreaterThanOrEqual(count);
}

const detailOf = ({ request }: Screen, kind: Detail['subject']['kind'], id: string): Promise<Detail> =>
  request('entity.detail', { subject: { kind, id } });
const factsOf = ({ facts }: Detail): Record<string, string> =>
  Object.fromEntries(facts.map(({ label, text }) => [label, text]));
const vehicles = (screen: Screen): string[] =>
  [...(screen.stream('vehicles').get()?.values() ?? [])].map(({ id }) => id).sort();

/** A capture, or what stands for it, at another time. */
const atTime = (capture: Captured & { receivedAtMs: number }, nowMs: number): Captured => {
  const [[name, event] = ['', {}]] = Object.entries(JSON.parse(String(capture.payload)) as Record<string, object>);
  return {
    topic: capture.topic,
    payload: JSON.stringify({
      [name]: { ...event, tst: new Date(nowMs).toISOString(), tsi: Math.floor(nowMs / 1000) },
    }),
  };
};

describe.skipIf(!hasRealData('hsl-hfp'))('the vehicles of Helsinki (HFP)', () => {
  /** The operator and the vehicle stand in the topic with leading zeros. */
  const vehicleOf = ({ topic }: Captured): string => `hfp:${topic.split('/').slice(7, 9).map(Number).join('/')}`;

  it('are there as last known, at their own time, and raise nothing', async () => {
    const { screen, publish } = await live();
    const captured = hfpCaptures();
    await publish(captured);
    await taken(screen, 'hfp', captured.length);
    await expect
      .poll(() => vehicles(screen), { timeout: REACH_MS })
      .toEqual([...new Set(captured.map(vehicleOf))].sort());
    await expect.poll(() => screen.rows('vehicles').size, { timeout: REACH_MS }).toBeGreaterThan(0);
    const rows = [...screen.rows('vehicles').values()];
    expect(new Set(rows.map(({ quality }) => quality))).toEqual(new Set([qualityCode.stale]));
    expect(Math.max(...rows.map(({ seenAtMs }) => seenAtMs))).toBeLessThan(
      Math.max(...captured.map(({ receivedAtMs }) => receivedAtMs)),
    );
    expect(screen.stream('alarms').get()?.size).toBe(0);
    expect(await letters(screen)).toEqual([]);
  });

  it('are current when they speak now', async () => {
    const { screen, publish } = await live();
    const captured = hfpCaptures().filter(
      ({ payload }) => String(payload).startsWith('{"VP":{') && !String(payload).includes('"lat":null'),
    );
    await publish(captured.map((capture) => atTime(capture, Date.now())));
    const expected = [...new Set(captured.map(vehicleOf))].sort();
    await expect.poll(() => vehicles(screen), { timeout: REACH_MS }).toEqual(expected);
    await expect
      .poll(() => [...screen.rows('vehicles').values()].filter(({ quality }) => quality === qualityCode.good).length, {
        timeout: REACH_MS,
      })
      .toBe(expected.length);
    expect(await letters(screen)).toEqual([]);
  });
});

describe.skipIf(!hasRealData('wmbusmeters'))('meters heard by wmbusmeters', () => {
  it('are all there, those with a place among the meters and the others as unplaced', async () => {
    const captured = wmbusCaptures();
    const placed = captured.find(({ meter }) => meter.media === 'electricity')?.meter;
    const id = `wmbus:${placed?.id ?? ''}`;
    const { screen, publish } = await live({
      feeds: {
        devices: [{ id, name: 'Mill Street 4', lon: -93.5, lat: 44.5, commodity: 'electricity', zoneId: 'F1' }],
      },
    });
    await publish(captured);
    await taken(screen, 'wmbusmeters', captured.length);
    expect(await letters(screen)).toEqual([]);
    const { devices } = await screen.request('unplaced.list', {});
    const others = [...new Set(captured.map(({ meter }) => `wmbus:${meter.id}`))].filter((each) => each !== id);
    // A second register of a meter is a device of its own beside it.
    expect(
      devices
        .map((device) => device.id)
        .filter((each) => !each.includes('/'))
        .sort(),
    ).toEqual(others.sort());
    const detail = await detailOf(screen, 'meter', id);
    expect(detail).toMatchObject({ title: 'Mill Street 4', lon: -93.5, lat: 44.5 });
    expect(factsOf(detail)['Register']).toMatch(/kWh$/);
    const { ids } = await screen.request('county.meters', {});
    await expect
      .poll(() => screen.rows('meters').get(ids.indexOf(id))?.seenAtMs, { timeout: REACH_MS })
      .toBeGreaterThan(0);
    const stranger = await detailOf(screen, 'meter', others[0] ?? '');
    expect(stranger.facts.length).toBeGreaterThan(0);
  });
});

describe.skipIf(!hasRealData('rtlamr'))('meters heard by rtlamr', () => {
  it('are in the units that the county gives; without one the counter stays raw and suspect', async () => {
    const { screen, publish } = await live({
      feeds: {
        devices: [
          {
            id: 'ert:629848',
            name: 'Mill Street 4',
            lon: -93.5,
            lat: 44.5,
            commodity: 'electricity',
            zoneId: 'F1',
            count: { quantity: 'registerKwh', perCount: 0.01 },
          },
        ],
      },
    });
    const captured = rtlamrCaptures();
    await publish(captured);
    await taken(screen, 'rtlamr', captured.length);
    expect(await letters(screen)).toEqual([]);
    const known = await detailOf(screen, 'meter', 'ert:629848');
    expect(known).toMatchObject({ title: 'Mill Street 4', lon: -93.5, lat: 44.5 });
    expect(factsOf(known)).toMatchObject({ Register: expect.stringMatching(/^27,?833\.91 kWh$/) });
    const { devices } = await screen.request('unplaced.list', {});
    const raw = await detailOf(screen, 'meter', 'ert:44826100');
    expect(devices.map(({ id }) => id)).not.toContain('ert:629848');
    expect(devices.map(({ id }) => id)).toContain('ert:44826100');
    expect(raw.facts).toContainEqual(expect.objectContaining({ label: 'Raw counter', quality: qualityCode.suspect }));
  });
});

describe.skipIf(!hasRealData('digitraffic'))('traffic stations of Digitraffic', () => {
  const sensor = { id: FLOW_SENSOR, name: 'OHITUKSET_5MIN_LIUKUVA_SUUNTA1', unit: 'kpl/h' };

  it('are detectors on their road, and the road message is a notice at its place', async () => {
    const { screen, publish } = await live({
      feeds: {
        digitraffic: {
          stations: [{ id: STATION, name: 'Bridge', lon: -93.5, lat: 44.5, linkId: 'L1' }],
          sensors: [sensor],
        },
      },
    });
    const captured = digitrafficCaptures(STATION, FLOW_SENSOR);
    await publish(captured);
    await taken(screen, 'digitraffic', captured.length);
    expect(await letters(screen)).toEqual([]);
    expect(factsOf(await detailOf(screen, 'detector', `tms:${STATION}/1`))).toMatchObject({
      Flow: '108 veh/h',
      State: 'stale',
    });
    const { detectors } = await screen.request('county.network', {});
    const index = detectors.findIndex(({ id }) => id === `tms:${STATION}/1`);
    await expect
      .poll(() => screen.rows('detectors').get(index), { timeout: REACH_MS })
      .toMatchObject({ flowVph: 108, quality: qualityCode.stale });
    await expect
      .poll(() => [...(screen.stream('reports').get()?.values() ?? [])].map(({ kind, lon }) => [kind, typeof lon]), {
        timeout: REACH_MS,
      })
      .toEqual([['notice', 'number']]);
  });
});

describe.skipIf(!hasRealData('sparkplug'))('a Sparkplug node', () => {
  it('is read by its birth, also after a gap, and outlives the death of another session', async () => {
    const { screen, publish } = await live();
    await publish(
      ['NBIRTH_V1', 'NDATA_V1', 'NDATA_GAP', 'NDEATH_V1'].map((name) => sparkplugCapture(name, 'water', 'pump-1')),
    );
    await taken(screen, 'sparkplug', 4);
    expect(await letters(screen)).toEqual([]);
    const { devices } = await screen.request('unplaced.list', {});
    // Metrics without a unit are devices of their own below the node.
    expect(devices.map(({ id }) => id).sort()).toEqual(['spb:water/pump-1', 'spb:water/pump-1:Temperature']);
    const node = await detailOf(screen, 'meter', 'spb:water/pump-1');
    const temperature = await detailOf(screen, 'meter', 'spb:water/pump-1:Temperature');
    expect(factsOf(node)['Says']).toBe('nothing special');
    expect(temperature.facts).toContainEqual(
      expect.objectContaining({ quality: qualityCode.suspect, atMs: 1_750_855_643_474 }),
    );
  });

  it('that was never born is a dead letter that says so', async () => {
    const { screen, publish } = await live();
    await publish([sparkplugCapture('NDATA_BEFORE_BIRTH', 'water', 'pump-2')]);
    await taken(screen, 'sparkplug', 1);
    await expect.poll(() => letters(screen), { timeout: REACH_MS }).toHaveLength(1);
  });
});

describe.skipIf(!hasRealData('gtfs-raba'))('the buses of an agency (GTFS and GTFS-Realtime)', () => {
  it('are on their routes, as last known', async () => {
    const { screen, publish } = await live({}, true);
    await publish(gtfsCaptures());
    await taken(screen, 'gtfs-realtime', 2);
    await expect.poll(() => screen.rows('vehicles').size, { timeout: REACH_MS }).toBeGreaterThan(0);
    const { routes } = await screen.request('county.transit', {});
    const rows = [...(screen.stream('vehicles').get()?.values() ?? [])];
    // One of the 22 is on a trip at that moment; its route and headsign come from the timetable.
    expect(rows).toHaveLength(22);
    expect(rows.filter(({ routeId }) => routeId !== undefined)).toMatchObject([
      { id: 'gtfs:raba:5701', routeId: '24', headsign: 'Southbound' },
    ]);
    expect(routes.map(({ id }) => id)).toContain('24');
    expect([...screen.rows('vehicles').values()].every(({ quality }) => quality === qualityCode.stale)).toBe(true);
    expect(await letters(screen)).toEqual([]);
  });
});
