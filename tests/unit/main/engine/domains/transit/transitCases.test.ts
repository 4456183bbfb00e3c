import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Condition } from '../../../../../../main/engine/domains/kit/Condition.ts';
import { createTransitDomain } from '../../../../../../main/engine/domains/transit/createTransitDomain.ts';
import { beaconVehicles } from '../../../../../../main/engine/ingest/feeds/beaconVehicles.ts';
import { gtfsRealtime } from '../../../../../../main/engine/ingest/feeds/gtfsRealtime.ts';
import { createRegistry } from '../../../../../../main/engine/registry/createRegistry.ts';
import { readGtfs } from '../../../../../../main/engine/registry/gtfs/readGtfs.ts';
import { frameOf } from '../../../../../support/frameOf.ts';
import { hasRealData, realData } from '../../../../../support/realData.ts';
import { smallCounty } from '../../../../../support/smallCounty.ts';
import { streamOf } from '../../../../../support/streamOf.ts';
import { transitCase } from '../../../../../support/transitCases.ts';
import type { CaseMessage } from '../../../../../support/transitCases.ts';
import { stepper } from '../../ingest/feeds/stepper.ts';

const ZONE = 'America/Chicago';

/** What is seen after a moment of a case: the delays of the vehicles on the map, seconds, and the alarms. */
type Moment = { delays: Record<string, number>; headings: Record<string, number>; conditions: Condition[] };

/** The domain and its feeds with the timetable of a case, fed message by message. */
async function openCase(name: string): Promise<Scene> {
  const { timetable } = await readGtfs(realData('transit-cases', name), ZONE);
  const county = smallCounty(timetable === undefined ? {} : { timetable });
  return new Scene(county);
}

class Scene {
  readonly domain;
  readonly #feeds;

  constructor(county: ReturnType<typeof smallCounty>) {
    this.domain = createTransitDomain(county);
    const registry = createRegistry(county);
    const place = (topic: string): ReturnType<NonNullable<typeof beaconVehicles.placeOf>> =>
      beaconVehicles.placeOf?.(topic, registry);
    const native = { ...beaconVehicles };
    this.#feeds = {
      gtfs: stepper(gtfsRealtime, registry),
      native: (topic: string, payload: Uint8Array, atMs: number) => {
        const result = native.step(undefined, topic, payload, atMs, registry, place(topic));
        return { values: 'values' in result ? result.values : [] };
      },
    };
  }

  send({ clockMs, topic, payload }: CaseMessage): void {
    if (topic === undefined || payload === undefined) return;
    const feed = topic.startsWith('gtfs-rt/') ? this.#feeds.gtfs : this.#feeds.native;
    for (const value of feed(topic, payload, clockMs).values) this.domain.apply(value, clockMs);
  }

  at(nowMs: number): Moment {
    const conditions = this.domain.judge(nowMs).filter(({ isInDeadband }) => isInDeadband !== true);
    const frame = frameOf(this.domain, 'vehicles', nowMs);
    const names = new Map(streamOf(this.domain, 'vehicles')?.message.rows.map(({ index, id }) => [index, id]));
    const column = (values: ArrayLike<number>): Record<string, number> =>
      Object.fromEntries(
        [...frame.index].map((index, at) => [names.get(index)?.split(':').at(-1) ?? '', Math.round(values[at] ?? 0)]),
      );
    return { delays: column(frame.delayS), headings: column(frame.headingDeg), conditions };
  }

  facts(kind: 'vehicle' | 'route', id: string, nowMs: number): string[] {
    const { facts = [] } = this.domain.detail({ kind, id }, nowMs) ?? {};
    return facts.map(({ label, text }) => `${label}: ${text}`);
  }
}

/** All moments of a case: what is seen before the county's clock moves on, and at the end. */
async function play(name: string): Promise<{ scene: Scene; moments: Moment[]; end: Moment; endMs: number }> {
  const scene = await openCase(name);
  const moments: Moment[] = [];
  let endMs = Number.NaN;
  for (const message of transitCase(name)) {
    if (message.clockMs !== endMs && Number.isFinite(endMs)) moments.push(scene.at(message.clockMs - 1));
    scene.send(message);
    endMs = message.clockMs;
  }
  const end = scene.at(endMs);
  return { scene, moments: [...moments, end], end, endMs };
}

const near = (delayS: number): unknown => expect.toSatisfy((value: number) => Math.abs(value - delayS) <= 15);

describe.skipIf(!hasRealData('transit-cases'))('vehicles as public reports describe them', () => {
  it.each<[string, Record<string, unknown>]>([
    ['a02-milliseconds-in-stop-time', { 9: 171 }],
    ['a05-frequency-runs', { a: near(0), b: 300, c: near(5) }],
    ['a06b-duplicated-hour-later', { dup: near(0) }],
    ['a08b-native-logged-on-long-before', { N1: near(60) }],
    ['a10-layover-at-last-stop', { 9: near(0) }],
    ['a12-sparse-avl-out-and-back', { 9: near(0) }],
    ['a13-one-bad-entity', { good: near(0) }],
    ['a13b-nan-and-zero', { nan: near(0), neg: near(60) }],
    ['a14-canceled-trip', { 9: near(0) }],
    ['a28-update-names-the-vehicle', { 9: 60 }],
    ['c07-distances-of-the-feed-ignored', { 9: near(0) }],
  ])('%s', async (name, delays) => {
    const { moments, end } = await play(name);
    expect(end.delays).toEqual(delays);
    expect(moments.flatMap(({ conditions }) => conditions).map(({ rule }) => rule)).not.toContain('transit.veryLate');
  });

  it.each(['a12-sparse-avl-out-and-back', 'c07-distances-of-the-feed-ignored', 'a10-layover-at-last-stop'])(
    '%s: at no moment late or early',
    async (name) => {
      const { moments } = await play(name);
      for (const { delays } of moments) for (const delayS of Object.values(delays)) expect(delayS).toEqual(near(0));
    },
  );

  it('passes over stops that lie behind the vehicle', async () => {
    const { scene, endMs } = await play('a04-past-stops-in-update');
    expect(scene.facts('vehicle', 'gtfs:town:9', endMs)).toContain('Delay: 7 min late');
  });

  it('knows two agencies, three vehicles under one label, and a vehicle that is no more', async () => {
    expect(Object.keys((await play('a07-two-agencies-same-number')).scene.at(0).delays)).toHaveLength(1);
    const two = await play('a07-two-agencies-same-number');
    expect(streamOf(two.scene.domain, 'vehicles')?.message.rows.map(({ id }) => id)).toEqual([
      'gtfs:city:101',
      'gtfs:college:101',
    ]);
    expect(Object.keys((await play('a19-label-instead-of-id')).end.delays)).toHaveLength(3);
    const gone = await play('a15-deleted-entity');
    expect([gone.moments[0]?.delays, gone.end.delays]).toEqual([{ 9: near(0) }, {}]);
  });

  it('has a heading from a negative bearing, and none from none', async () => {
    expect((await play('a13b-nan-and-zero')).end.headings).toEqual({ nan: Number.NaN, neg: 270 });
  });

  it('shows a cancelled trip on its route, and does not expect it', async () => {
    const { scene, endMs } = await play('a14-canceled-trip');
    expect(scene.facts('route', '1', endMs)).toContain('Cancelled trip: 08:00 to East');
    expect(scene.domain.figures(endMs).find(({ id }) => id === 'vehiclesInService')?.typical).toBe(0);
  });

  it('shows service alerts while they are in force', async () => {
    const scene = await openCase('b06-alerts-come-and-go');
    const [first, ...later] = transitCase('b06-alerts-come-and-go').filter(({ topic }) => topic !== undefined);
    if (first === undefined) throw new Error('no message');
    scene.send(first);
    const alerts = scene.facts('route', '1', first.clockMs).filter((fact) => fact.startsWith('Service alert'));
    expect(alerts).toEqual([expect.stringContaining('Detour')]);
    for (const message of later) scene.send(message);
    const endMs = later.at(-1)?.clockMs ?? 0;
    expect(scene.facts('route', '1', endMs).filter((fact) => fact.startsWith('Service alert'))).toEqual([]);
  });

  it('is on time while it waits at a time point', async () => {
    const scene = await openCase('c06-timepoint-dwell');
    for (const [clock, lon] of [
      ['14:10', -93.25],
      ['14:11', -93.25],
      ['14:15', -93.2501],
      ['14:19', -93.25],
    ] as const) {
      const clockMs = Date.parse(`2026-12-02T${clock}:00Z`);
      const payload = Buffer.from(JSON.stringify({ at: clockMs, lon, lat: 44.1, tripId: 'T1' }));
      scene.send({ clockMs, topic: 'beacon/v1/vehicle/N1', payload });
      expect(scene.at(clockMs).delays).toEqual({ N1: 0 });
    }
  });

  it('calls a feed healthy that reports every two minutes, and silent when it stops', async () => {
    const { scene, moments, endMs } = await play('d01-healthy-feed-every-two-minutes');
    expect(moments.flatMap(({ conditions }) => conditions).map(({ rule }) => rule)).toEqual([]);
    expect(scene.at(endMs + 120_000).conditions.map(({ rule }) => rule)).toEqual(['transit.feedOutage']);
  });
});

describe.skipIf(!hasRealData('transit-cases'))('timetables as agencies publish them', () => {
  it.each([
    ['s05-one-stop-time-without-sequence', 'A row has no stop_sequence.'],
    ['s08-trailing-comma-line', undefined],
    ['s13-two-feeds-in-zip', 'covers the same days: this one is not used'],
  ])('%s is read, and its faults are listed', async (name, reason) => {
    expect(existsSync(realData('transit-cases', name))).toBe(true);
    const { timetable, faults } = await readGtfs(realData('transit-cases', name), ZONE);
    expect(timetable?.trips.size).toBe(2);
    expect(faults.map((fault) => fault.reason)).toEqual(reason === undefined ? [] : [expect.stringContaining(reason)]);
  });

  it('says that a timetable has ended', async () => {
    const scene = await openCase('s14-expired');
    expect(scene.at(Date.parse('2026-12-02T14:00:00Z')).conditions).toMatchObject([
      { rule: 'transit.timetableValid', title: 'The timetable ended on 2026-11-30' },
    ]);
  });
});
