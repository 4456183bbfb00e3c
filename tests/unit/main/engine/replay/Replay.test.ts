import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createDomains } from '../../../../../main/engine/domains/createDomains.ts';
import type { DomainSet } from '../../../../../main/engine/domains/DomainSet.ts';
import { createRegistry } from '../../../../../main/engine/registry/createRegistry.ts';
import { createReplays } from '../../../../../main/engine/replay/createReplays.ts';
import type { StartReplay } from '../../../../../main/engine/replay/createReplays.ts';
import type { PastStore } from '../../../../../main/engine/replay/PastReader.ts';
import type { PositionRow, SeriesRow, UnitRow } from '../../../../../main/engine/store/store.ts';
import type { PastStream } from '../../../../../shared/contract/contract.ts';
import { decodeFrame } from '../../../../../shared/live/frame.ts';
import type { FrameKind } from '../../../../../shared/live/frame.ts';
import { unitStatuses } from '../../../../../shared/base/values.ts';
import type { Value } from '../../../../../shared/base/values.ts';
import { smallCounty } from '../../../../support/smallCounty.ts';
import { openTelemetryPair } from '../../../../support/telemetryPair.ts';
import { temporaryFolder } from '../../../../support/temporaryFolder.ts';
import { batchOf } from '../store/samples/telemetryBatches.ts';

const NOW = Date.UTC(2026, 4, 4, 15);
const MINUTE = 60_000;
const county = smallCounty();
const registry = createRegistry(county);
const series: SeriesRow[] = [
  { id: 1, deviceId: 'D1', quantity: 'speedMps' },
  { id: 2, deviceId: 'D1', quantity: 'flowVph' },
  { id: 3, deviceId: 'Z1', quantity: 'flowM3h' },
  { id: 4, deviceId: 'W1', quantity: 'registerM3' },
];

type Stored = { series: number; atMs: number; value: number };

/** Every 20 s a detector's period, every minute a zone's inflow and a meter's register, from `fromMs` to `toMs`. */
function county20s(fromMs: number, toMs: number): Stored[] {
  const rows: Stored[] = [];
  for (let atMs = fromMs; atMs <= toMs; atMs += 20_000) {
    rows.push(
      { series: 1, atMs, value: 10 + ((atMs / 20_000) % 4) },
      { series: 2, atMs, value: 400 + ((atMs / 20_000) % 100) },
    );
    if (atMs % MINUTE === 0)
      rows.push(
        { series: 3, atMs, value: 30 + ((atMs / MINUTE) % 7) },
        { series: 4, atMs, value: 1000 + (atMs - NOW) / 3_600_000 },
      );
  }
  return rows;
}

const bus = (atMs: number): PositionRow => ({
  vehicleId: 'B1',
  atMs,
  lon: -93.5 + (atMs - NOW) / 1e9,
  lat: 44.5,
  speedMps: 10,
  headingDeg: 90,
  delayS: 60,
  tripId: 'T1',
});

/** A real file with these rows. */
function storeOf(samples: readonly Stored[], positions: readonly PositionRow[] = [], units: UnitRow[] = []): PastStore {
  const { writer, reader, snapshot, range, steps, close } = openTelemetryPair(temporaryFolder(), NOW, {
    positionsDays: 30,
  });
  writer.commit(batchOf(samples, { newSeries: series, positions: [...positions], units }), NOW);
  onTestFinished(close);
  return {
    series: () => Promise.resolve(writer.series()),
    snapshot: (...args) => Promise.resolve(snapshot(...args)),
    range: (...args) => Promise.resolve(range(...args)),
    positionsIn: (...args) => Promise.resolve(reader.positionsIn(...args)),
    unitsIn: (...args) => Promise.resolve(reader.unitsIn(...args)),
    unitsAt: (...args) => Promise.resolve(reader.unitsAt(...args)),
    flagsIn: (...args) => Promise.resolve(reader.flagsIn(...args)),
    reports: () => Promise.resolve(reader.reports()),
    steps: (...args) => Promise.resolve(steps(...args)),
  };
}

const replaysOf = (store: PastStore, nowMs = NOW): StartReplay =>
  createReplays({
    county,
    registry,
    store,
    live: createDomains(county, registry),
    nowMs: () => nowMs,
    retentionMs: 7 * 1440 * MINUTE,
    onFault: (id, error) => {
      throw new Error(id, { cause: error });
    },
  });

type Running = ReturnType<StartReplay>;

/** A replay from the moment that its picture stands, with what it told. */
async function begun(
  start: StartReplay,
  atMs: number,
  speed = 0,
): Promise<{ replay: Running; told: PastStream[]; onPresent: ReturnType<typeof vi.fn> }> {
  const told: PastStream[] = [];
  const onPresent = vi.fn();
  const ready = Promise.withResolvers<undefined>();
  const replay = start({
    atMs,
    speed,
    replaces: undefined,
    send: (stream) => void told.push(stream),
    onState: () => undefined,
    onReady: () => ready.resolve(undefined),
    onPresent,
  });
  onTestFinished(() => replay.end());
  await ready.promise;
  return { replay, told, onPresent };
}

const kinds: FrameKind[] = ['links', 'detectors', 'meters', 'zones', 'vehicles'];

/** The rows of a frame, without when and as what number it was made. */
const rowsOf = (frame: { isFull: boolean; columns: object } | undefined): unknown =>
  frame && {
    isFull: frame.isFull,
    columns: Object.fromEntries(
      Object.entries(frame.columns as Record<string, ArrayLike<number>>).map(([name, column]) => [
        name,
        Array.from(column),
      ]),
    ),
  };

const replayed = (replay: Running): unknown[] =>
  kinds.map((kind) => {
    const made = replay.frame(kind, 0);
    return rowsOf(made && decodeFrame(made.bytes));
  });

/** What a county shows that lived through these values up to `atMs`, judged once a second. */
function lived(
  values: readonly Value[],
  atMs: number,
  domains: DomainSet = createDomains(county, registry),
): unknown[] {
  const left = values.filter((value) => value.atMs <= atMs).sort((a, b) => a.atMs - b.atMs);
  for (let nowMs = (left[0]?.atMs ?? atMs) - 1000; nowMs <= atMs; nowMs += 1000) {
    while (left[0] !== undefined && left[0].atMs <= nowMs) {
      const value = left.shift();
      if (value !== undefined) domains.apply(value, value.atMs);
    }
    domains.judge(nowMs);
  }
  return kinds.map((kind) => {
    const made = domains.frame(kind, 0, atMs);
    return rowsOf(made && decodeFrame(made.bytes));
  });
}

const asValues = (samples: readonly Stored[], positions: readonly PositionRow[]): Value[] => [
  ...samples.map(({ series: id, atMs, value }): Value => ({
    kind: 'sample',
    deviceId: series[id - 1]!.deviceId,
    quantity: series[id - 1]!.quantity,
    value,
    atMs,
    quality: 'good',
  })),
  ...positions.map(({ vehicleId, atMs, lon, lat }): Value => ({
    kind: 'vehicle',
    vehicleId,
    atMs,
    lon: Math.round(lon * 1e7) / 1e7,
    lat,
    speedMps: 10,
    headingDeg: 90,
    delayS: 60,
    tripId: 'T1',
    mode: 'other',
    quality: 'good',
  })),
];

describe('a replay', () => {
  it('shows what a county shows that has lived up to that time', async () => {
    const samples = county20s(NOW - 60 * MINUTE, NOW - 10 * MINUTE);
    const positions = Array.from({ length: 300 }, (_, i) => bus(NOW - 60 * MINUTE + i * 10_000));
    const start = replaysOf(storeOf(samples, positions));
    for (const atMs of [NOW - 50 * MINUTE, NOW - 35 * MINUTE - 7000, NOW - 20 * MINUTE]) {
      const { replay } = await begun(start, atMs);
      expect(replayed(replay)).toEqual(lived(asValues(samples, positions), atMs));
      expect(replay.state).toMatchObject({ atMs, state: 'standing', speed: 0, isEmpty: false });
      replay.end();
    }
  });

  it('comes by playing to what it shows by going there', async () => {
    const samples = county20s(NOW - 60 * MINUTE, NOW - 10 * MINUTE);
    const positions = Array.from({ length: 300 }, (_, i) => bus(NOW - 60 * MINUTE + i * 10_000));
    const { replay, told } = await begun(replaysOf(storeOf(samples, positions)), NOW - 45 * MINUTE, 3600);
    await vi.waitFor(() => expect(replay.state.atMs).toBeGreaterThan(NOW - 40 * MINUTE), {
      timeout: 60_000,
      interval: 20,
    });
    replay.setSpeed(0);
    // The step under way goes to its end first, which nothing reports and which takes long on a busy machine.
    await vi.waitFor(() => expect(replayed(replay)).toEqual(lived(asValues(samples, positions), replay.state.atMs)), {
      timeout: 60_000,
      interval: 300,
    });
    await vi.waitFor(() => expect(told).toContain('figures'), 60_000);
  });

  it('leaves a gap a gap: what was silent then is old then, whatever came later', async () => {
    const start = replaysOf(
      storeOf([...county20s(NOW - 180 * MINUTE, NOW - 120 * MINUTE), ...county20s(NOW - 30 * MINUTE, NOW)]),
    );
    const { replay } = await begun(start, NOW - 60 * MINUTE);
    const [links, detectors, , zones] = kinds.map(
      (kind) => decodeFrame(replay.frame(kind, 0)!.bytes).columns as Record<string, ArrayLike<number>>,
    );
    expect(links?.['speedRatio']?.[0]).toBeNaN();
    expect(detectors?.['seenAtMs']?.[0]).toBe(NOW - 120 * MINUTE);
    expect(zones?.['seenAtMs']?.[0]).toBe(NOW - 120 * MINUTE);
    const figures = replay.stream('figures').figures;
    expect(figures.find(({ id }) => id === 'waterInflow')).toMatchObject({ value: null, present: 0 });
  });

  it('has units where they were, with the status of then and its age', async () => {
    const unit = (atMs: number, lon: number, status: UnitRow['status'], incidentId: string | null = null): UnitRow => ({
      unitId: 'U1',
      atMs,
      lon,
      lat: 44.5,
      speedMps: 12,
      headingDeg: 90,
      status,
      incidentId,
    });
    const units = [
      unit(NOW - 90 * MINUTE, -93.1, 'available'),
      unit(NOW - 60 * MINUTE, -93.2, 'enRoute', 'INC-7'),
      unit(NOW - 50 * MINUTE, -93.3, 'onScene', 'INC-7'),
      unit(NOW - 1 * MINUTE, -93.4, 'available'),
    ];
    const start = replaysOf(storeOf(county20s(NOW - 120 * MINUTE, NOW), [], units));
    // A vehicle's roster knows nothing of them, and what was said long before the picture begins is held.
    for (const [atMs, then, incidentId] of [
      [NOW - 95 * MINUTE, undefined, undefined],
      [NOW - 61 * MINUTE, units[0], undefined],
      [NOW - 60 * MINUTE, units[1], 'INC-7'],
      [NOW - 5 * MINUTE, units[2], 'INC-7'],
    ] as const) {
      const { replay } = await begun(start, atMs);
      const columns = decodeFrame(replay.frame('units', 0)!.bytes).columns as Record<string, ArrayLike<number>>;
      expect({
        lon: columns['lon']?.[0],
        seenAtMs: columns['seenAtMs']?.[0],
        status: unitStatuses[columns['status']?.[0] ?? -1],
      }).toEqual({ lon: then?.lon ?? -93.5, seenAtMs: then?.atMs ?? Number.NaN, status: then?.status ?? 'offDuty' });
      expect(replay.stream('units').rows).toEqual([
        { index: 0, id: 'U1', name: 'Unit 1', kind: 'police', ...(incidentId !== undefined && { incidentId }) },
      ]);
      expect(replay.stream('vehicles').rows).toEqual([]);
      expect(replay.detail({ kind: 'unit', id: 'U1' })?.facts[0]?.atMs).toBe(then?.atMs);
      replay.end();
    }
  });

  it('tells on its way what units change to', async () => {
    const at = (minutes: number): number => NOW - minutes * MINUTE;
    const units: UnitRow[] = [at(45), at(42)].map((atMs, n) => ({
      unitId: 'U1',
      atMs,
      lon: -93.2 - n,
      lat: 44.5,
      speedMps: null,
      headingDeg: null,
      status: n === 0 ? 'available' : 'enRoute',
      incidentId: n === 0 ? null : 'INC-7',
    }));
    const { replay, told } = await begun(replaysOf(storeOf(county20s(at(60), at(10)), [], units)), at(44), 3600);
    await vi.waitFor(() => expect(told).toContain('units'), { timeout: 60_000, interval: 20 });
    expect(replay.stream('units').rows[0]?.incidentId).toBe('INC-7');
  });

  it('says so where nothing is kept', async () => {
    const { replay } = await begun(replaysOf(storeOf(county20s(NOW - 30 * MINUTE, NOW))), NOW - 120 * MINUTE);
    expect(replay.state).toMatchObject({ isEmpty: true });
  });

  it('ends at the present', async () => {
    const { onPresent } = await begun(replaysOf(storeOf(county20s(NOW - 30 * MINUTE, NOW))), NOW - MINUTE, 3600);
    await vi.waitFor(() => expect(onPresent).toHaveBeenCalled(), { timeout: 60_000 });
  });

  it('tells a store that fails, and stands', async () => {
    const store = { ...storeOf([]), range: () => Promise.reject(new Error('The telemetry cache is closed.')) };
    const states: unknown[] = [];
    const replay = replaysOf(store)({
      atMs: NOW - MINUTE,
      speed: 1,
      replaces: undefined,
      send: () => undefined,
      onState: () => states.push(replay.state),
      onReady: () => undefined,
      onPresent: () => undefined,
    });
    await vi.waitFor(
      () =>
        expect(states).toContainEqual(
          expect.objectContaining({ state: 'failed', reason: 'The telemetry cache is closed.' }),
        ),
      60_000,
    );
    expect(replay.frame('links', 0)).toBeUndefined();
  });

  it('is refused for times that are not kept, and to more screens than the engine can serve', async () => {
    const start = replaysOf(storeOf([]));
    const wish = {
      speed: 0,
      replaces: undefined,
      send: () => undefined,
      onState: () => undefined,
      onReady: () => undefined,
      onPresent: () => undefined,
    };
    expect(() => start({ ...wish, atMs: NOW + MINUTE })).toThrow('This time has not come yet.');
    expect(() => start({ ...wish, atMs: NOW - 8 * 1440 * MINUTE })).toThrow('Only the last 7 days are kept.');
    const running = [1, 2, 3, 4].map(() => start({ ...wish, atMs: NOW - MINUTE }));
    expect(() => start({ ...wish, atMs: NOW - MINUTE })).toThrow('4 screens show the past already.');
    // A screen that is in the past already may go elsewhere there.
    running.push(start({ ...wish, atMs: NOW - 2 * MINUTE, replaces: running.pop() }));
    for (const replay of running) replay.end();
    const { replay } = await begun(start, NOW - MINUTE);
    expect(replay.state.state).toBe('standing');
  });
});
