import { expect, it, vi } from 'vitest';
import { SeriesDictionary } from '../../../../../main/engine/ingest/BatchBuilder.ts';
import { UnplacedDevices } from '../../../../../main/engine/ingest/UnplacedDevices.ts';
import { IntakeStats } from '../../../../../main/engine/ingest/IntakeStats.ts';
import { Pipeline } from '../../../../../main/engine/ingest/Pipeline.ts';
import { anyFeed } from '../../../../../main/engine/ingest/anyFeed.ts';
import { topicOf } from '../../../../../main/engine/ingest/TopicTable.ts';
import { createRegistry } from '../../../../../main/engine/registry/createRegistry.ts';
import type { CommitResult, TelemetryBatch } from '../../../../../main/engine/store/store.ts';
import type { UnitReport } from '../../../../../shared/base/values.ts';
import { smallCounty } from '../../../../support/smallCounty.ts';

const AT = Date.UTC(2026, 4, 4, 15);
const done: CommitResult = { insertedByFeed: [], duplicatesByFeed: [], correctedByFeed: [], rejected: 0 };
const report = (unitId: string, atMs: number): UnitReport => ({
  kind: 'unit',
  unitId,
  atMs,
  lon: -93.1,
  lat: 44.5,
  status: 'enRoute',
  incidentId: 'INC-1',
  quality: 'good',
});
const county = smallCounty();
const [first] = county.units;
if (first === undefined) throw new Error('the small county has no unit');

/** Its payload is a unit's report. */
const feed = anyFeed<undefined, undefined>({
  id: 'test',
  name: 'Test',
  filters: ['t/#'],
  qos: 1,
  idPrefixes: [],
  quietAfterMs: 1000,
  initialState: () => undefined,
  step: (state, _topic, payload) => ({ state, values: [JSON.parse(Buffer.from(payload).toString()) as UnitReport] }),
});

it('what units told goes with the next batch, again after a failure, and once', async () => {
  const taken: TelemetryBatch['units'][] = [];
  let isFull = true;
  const registry = createRegistry({
    ...county,
    units: [
      { ...first, id: 'U1' },
      { ...first, id: 'U2' },
    ],
  });
  const line = new Pipeline({
    feeds: [feed],
    registry,
    series: new SeriesDictionary([]),
    unplaced: new UnplacedDevices(registry),
    stats: new IntakeStats([feed]),
    clock: { nowMs: () => AT + 9000 },
    isStoreFull: () => false,
    retentionMs: 86_400_000,
    store: {
      commit: async ({ units }) => {
        taken.push(units);
        if (isFull) throw new Error('full');
        // While the store writes, the next one arrives.
        if (taken.length === 2) say(report('U1', AT + 9000), 0);
        return Promise.resolve(done);
      },
    },
    onValues: () => undefined,
    onReply: () => undefined,
    onCommit: () => undefined,
    onBehind: () => undefined,
    log: () => undefined,
  });
  const say = (value: UnitReport, qos: 0 | 1): void =>
    line.deliver({
      topic: topicOf('t/a'),
      payload: Buffer.from(JSON.stringify(value)),
      qos,
      isRetained: false,
      ...(qos === 1 && { acknowledge: () => undefined }),
    });
  say(report('U1', AT), 1);
  say(report('stranger', AT), 1);
  say({ ...report('U2', AT), quality: 'suspect' }, 1);
  await vi.waitFor(() => expect(line.failure).toBe('full'), 60_000);
  say(report('U2', AT + 1000), 1);
  isFull = false;
  await vi.waitFor(() => expect(taken.flat()).toHaveLength(4), 60_000);
  expect(taken.map((units) => units.map(({ unitId, atMs }) => [unitId, atMs - AT]))).toEqual([
    [['U1', 0]],
    [['U1', 0]],
    [
      ['U2', 1000],
      ['U1', 9000],
    ],
  ]);
  expect(taken[0]?.[0]).toEqual({
    unitId: 'U1',
    atMs: AT,
    lon: -93.1,
    lat: 44.5,
    speedMps: null,
    headingDeg: null,
    status: 'enRoute',
    incidentId: 'INC-1',
  });
  // One that comes alone, and that no acknowledgement waits for, is committed without waiting for company.
  say(report('U2', AT + 2000), 0);
  await vi.waitFor(
    () => expect(taken.at(-1)?.map(({ unitId, atMs }) => [unitId, atMs - AT])).toEqual([['U2', 2000]]),
    60_000,
  );
  await line.stop();
});
