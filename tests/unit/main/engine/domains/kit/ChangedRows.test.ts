import { describe, expect, it } from 'vitest';
import { changedFrame, ChangedRows } from '../../../../../../main/engine/domains/kit/ChangedRows.ts';

describe('ChangedRows', () => {
  it('gives all rows first, then those that changed, to every reader for itself', () => {
    const changes = new ChangedRows(3);
    const first = changes.since(0);
    expect(first).toMatchObject({ rows: [0, 1, 2], isFull: true });
    expect(changes.since(first?.cursor ?? 0)).toBeUndefined();
    changes.touch(1);
    const second = changes.since(first?.cursor ?? 0);
    expect(second).toMatchObject({ rows: [1], isFull: false });
    changes.touch(2);
    expect(changes.since(second?.cursor ?? 0)?.rows).toEqual([2]);
    expect(changes.since(first?.cursor ?? 0)?.rows).toEqual([1, 2]);
  });

  it('grows', () => {
    const changes = new ChangedRows(0);
    changes.touch(100);
    expect(changes.since(0)?.rows).toHaveLength(101);
  });

  it('sends the whole after a row went away', () => {
    const changes = new ChangedRows(2);
    const cursor = changes.since(0)?.cursor ?? 0;
    changes.dropped();
    const frame = changedFrame(
      'units',
      changes,
      cursor,
      5,
      (columns, at, row) => (columns.lon[at] = row),
      (row) => row === 1,
    )?.frame;
    expect(frame).toMatchObject({ kind: 'units', isFull: true, count: 1, atMs: 5 });
    expect([...(frame?.columns.index ?? [])]).toEqual([1]);
  });
});
