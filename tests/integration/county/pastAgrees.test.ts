import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DomainSet } from '../../../main/engine/domains/DomainSet.ts';
import { BatchBuilder, SeriesDictionary } from '../../../main/engine/ingest/BatchBuilder.ts';
import { createRegistry } from '../../../main/engine/registry/createRegistry.ts';
import { createReplays } from '../../../main/engine/replay/createReplays.ts';
import type { PastStore } from '../../../main/engine/replay/PastReader.ts';
import type { Figure } from '../../../shared/contract/contract.ts';
import { ScenarioRun } from '../../support/ScenarioRun.ts';
import { openTelemetryPair } from '../../support/telemetryPair.ts';
import type { TelemetryPair } from '../../support/telemetryPair.ts';

/** A Monday morning with buses. */
const START = Date.UTC(2026, 4, 4, 14);
const MINUTE = 60_000;
const LIVED_MIN = 60;
/** Minutes after the start at which the live county is written down. */
const LOOKS = [15, 25, 35, 45, 55];

type Seen = { figures: Map<string, number | null>; alarms: string[] };

const valuesOf = (figures: readonly Figure[]): Seen['figures'] =>
  new Map(figures.map(({ id, value, digits }) => [id, value === null ? null : Number(value.toFixed(digits))]));

const folder = mkdtempSync(join(tmpdir(), 'beacon-past-'));
let run: ScenarioRun;
let pair: TelemetryPair;
const seenLive = new Map<number, Seen>();
let live: DomainSet;

function alarmsNow(alarms: readonly { rule: string; state: string; subject: { id: string } }[]): string[] {
  return alarms
    .filter(({ state }) => state !== 'returned' && state !== 'cleared')
    .map(({ rule, subject }) => `${rule} ${subject.id}`)
    .toSorted();
}

beforeAll(async () => {
  run = await ScenarioRun.begin({
    scenarios: ['crash', 'outage', 'leaks', 'tamper', 'deadDetectors'],
    startMs: START,
    scale: 0.1,
  });
  pair = openTelemetryPair(folder, START, { positionsDays: 30 });
  const series = new SeriesDictionary([]);
  const batch = new BatchBuilder(series, () => true);
  const commit = (): void => void pair.writer.commit(batch.take(), run.nowMs);
  run.onTaken = (values, feed) => {
    for (const value of values) batch.add(value, feed);
    if (batch.size > 20_000) commit();
  };
  live = new DomainSet(run.all());
  live.judge(START);
  run.takeHistory(3);
  commit();
  for (let minute = 1; minute <= LIVED_MIN; minute++) {
    run.live(MINUTE);
    commit();
    if (LOOKS.includes(minute))
      seenLive.set(minute, {
        figures: valuesOf(run.all().flatMap((domain) => domain.figures(run.nowMs))),
        alarms: alarmsNow(run.book.all()),
      });
  }
}, 600_000);

afterAll(() => {
  pair.close();
  rmSync(folder, { recursive: true, force: true });
});

async function then(minute: number): Promise<Seen> {
  const { county } = run;
  const registry = createRegistry(county);
  const { writer, reader, snapshot, range, steps } = pair;
  const store: PastStore = {
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
  const start = createReplays({
    county,
    registry,
    store,
    live,
    nowMs: () => run.nowMs,
    retentionMs: 30 * 86_400_000,
    onFault: (id, error) => {
      throw new Error(id, { cause: error });
    },
  });
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const replay = start({
    atMs: START + minute * MINUTE,
    speed: 0,
    replaces: undefined,
    send: () => undefined,
    onState: () => undefined,
    onReady: () => resolve(undefined),
    onPresent: () => undefined,
  });
  await promise;
  const seen = {
    figures: valuesOf(replay.stream('figures').figures),
    alarms: alarmsNow(replay.stream('alarmsThen').changed),
  };
  replay.end();
  return seen;
}

/**
 * What a replay shows otherwise than it was live. The store keeps positions and delays of vehicles, and neither the
 * departure that a vehicle waits for nor that it serves no trip: a replay counts vehicles that wait as in service.
 */
const OTHERWISE: ReadonlySet<string> = new Set(['vehiclesInService', 'busesOnTime', 'headwayAdherence']);
const isOtherwise = (alarm: string): boolean => alarm.startsWith('transit.');

test.each(LOOKS)(
  'the county of minute %d was live as its replay shows it',
  async (minute) => {
    const [past, was] = [await then(minute), seenLive.get(minute)];
    const compared = (seen: Seen | undefined): object => ({
      figures: Object.fromEntries([...(seen?.figures ?? [])].filter(([id]) => !OTHERWISE.has(id))),
      alarms: seen?.alarms.filter((alarm) => !isOtherwise(alarm)),
    });
    expect(compared(past)).toEqual(compared(was));
    expect([...past.figures.keys()]).toEqual([...(was?.figures.keys() ?? [])]);
  },
  300_000,
);

test('the hour had something to compare', () => {
  expect(new Set([...seenLive.values()].flatMap(({ alarms }) => alarms)).size).toBeGreaterThan(4);
  for (const { figures } of seenLive.values()) expect(figures.get('meterFaults')).toBeGreaterThan(0);
});
