import { expect, it } from 'vitest';
import type { CommitResult, TelemetryBatch } from '../../../../../main/engine/store/store.ts';
import { UnitTrail } from '../../../../../main/engine/units/UnitTrail.ts';
import type { UnitReport } from '../../../../../shared/values.ts';
import { emptyBatch } from '../store/telemetryBatches.ts';

const AT = Date.UTC(2026, 4, 4, 15);
const report = (unitId: string, atMs: number): UnitReport => ({ kind: 'unit', unitId, atMs, lon: -93.1, lat: 44.5, status: 'enRoute', incidentId: 'INC-1', quality: 'good' });
const done: CommitResult = { insertedByFeed: [], duplicatesByFeed: [], correctedByFeed: [], rejected: 0, commitMs: 1 };

it('what units told goes with the next batch, again after a failure, and once', async () => {
  const trail = new UnitTrail(['U1', 'U2']);
  const taken: (TelemetryBatch['units'])[] = [];
  let isFull = true;
  const store = trail.joining({
    commit: async ({ units }) => {
      taken.push(units);
      if (isFull) throw new Error('full');
      // While the store writes, the next one arrives.
      trail.note(report('U1', AT + 9000));
      return Promise.resolve(done);
    },
  });
  trail.note(report('U1', AT));
  trail.note(report('stranger', AT));
  trail.note({ ...report('U2', AT), quality: 'suspect' });
  await expect(store.commit(emptyBatch)).rejects.toThrow('full');
  trail.note(report('U2', AT + 1000));
  isFull = false;
  await store.commit(emptyBatch);
  await store.commit(emptyBatch);
  expect(taken.map((units) => units?.map(({ unitId, atMs }) => [unitId, atMs - AT]))).toEqual([[['U1', 0]], [['U1', 0], ['U2', 1000]], [['U1', 9000]]]);
  expect(taken[0]?.[0]).toEqual({ unitId: 'U1', atMs: AT, lon: -93.1, lat: 44.5, speedMps: null, headingDeg: null, status: 'enRoute', incidentId: 'INC-1' });
});
