import { expect, it } from 'vitest';
import { FrameTable } from '../../../../renderer/live/FrameTable.ts';
import { UnitTable } from '../../../../renderer/live/UnitTable.ts';
import { VehicleTable } from '../../../../renderer/live/VehicleTable.ts';
import { qualityCode } from '../../../../shared/base/quality.ts';
import { makeColumns, vehicleFlag } from '../../../../shared/live/frame.ts';
import type { Frame } from '../../../../shared/live/frame.ts';

function zones(isFull: boolean, rows: readonly (readonly [row: number, value: number])[]): Frame<'zones'> {
  const columns = makeColumns('zones', rows.length);
  rows.forEach(([row, value], i) => {
    columns.index[i] = row;
    columns.value[i] = value;
  });
  return { kind: 'zones', atMs: 0, seq: 0, isFull, count: rows.length, columns };
}

function vehicles(
  isFull: boolean,
  rows: readonly number[],
  change: (columns: Frame<'vehicles'>['columns']) => void = () => undefined,
): Frame<'vehicles'> {
  const columns = makeColumns('vehicles', rows.length);
  columns.index.set(rows);
  columns.seenAtMs.fill(1);
  change(columns);
  return { kind: 'vehicles', atMs: 0, seq: 0, isFull, count: rows.length, columns };
}

it('FrameTable takes some rows or all, and grows', () => {
  const table = new FrameTable('zones', 2);
  table.apply(
    zones(true, [
      [0, 5],
      [1, 6],
    ]),
  );
  table.apply(zones(false, [[40, 7]]));
  expect([0, 1, 2, 40].map((row) => table.isKnown(row))).toEqual([true, true, false, true]);
  expect([table.columns.value[0], table.columns.value[40]]).toEqual([5, 7]);
  table.apply(zones(true, [[1, 8]]));
  expect([0, 1, 40].map((row) => table.isKnown(row))).toEqual([false, true, false]);
  expect(table.version).toBe(3);
});

it('FrameTable knows nothing after clear', () => {
  const table = new FrameTable('zones');
  table.apply(zones(true, [[0, 5]]));
  table.clear();
  expect(table.isKnown(0)).toBe(false);
});

it('VehicleTable reads quality and flags, and drops those that a full frame does not name', () => {
  const table = new VehicleTable();
  table.apply(
    vehicles(true, [3, 1], (columns) => {
      columns.quality.set([qualityCode.stale, qualityCode.estimated]);
      columns.flags.set([vehicleFlag.bunched, vehicleFlag.outOfService]);
      columns.delayS.set([400, NaN]);
    }),
    0,
    1,
  );
  expect(table.rows).toEqual([1, 3]);
  expect(table.state(3)).toMatchObject({ isStale: true, isBunched: true, isOutOfService: false, delayS: 400 });
  expect(table.state(1)).toMatchObject({ isStale: false, isOutOfService: true });
  table.apply(vehicles(false, [2]), 0, 1);
  expect(table.rows).toEqual([1, 2, 3]);
  table.apply(vehicles(true, [2]), 0, 1);
  expect(table.rows).toEqual([2]);
  table.apply(vehicles(true, []), 0, 1);
  expect(table.rows).toEqual([]);
});

it('UnitTable names the status', () => {
  const table = new UnitTable();
  const columns = makeColumns('units', 1);
  columns.status[0] = 3;
  table.apply({ kind: 'units', atMs: 0, seq: 0, isFull: true, count: 1, columns }, 0, 1);
  expect(table.state(0).status).toBe('onScene');
  table.clear();
  expect(table.rows).toEqual([]);
});
