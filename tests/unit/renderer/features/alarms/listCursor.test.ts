import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alarmRows } from '../../../../../renderer/features/alarms/alarmRows.ts';
import { keyAction } from '../../../../../renderer/features/alarms/keyAction.ts';
import {
  allSelected,
  cursorIndex,
  firstCursor,
  headOf,
  movedTo,
  passedOn,
  placed,
  targetsOf,
  toggled,
} from '../../../../../renderer/features/alarms/listCursor.ts';
import type { Rows } from '../../../../../renderer/features/alarms/listCursor.ts';
import { fixtureAlarm } from '../../../../support/fixtureAlarms.ts';

const rowsOf = (...ids: string[]): Rows =>
  placed(
    alarmRows(
      ids.map((id) => fixtureAlarm({ id })),
      () => false,
      new Set(),
    ),
  );
const five = rowsOf('a', 'b', 'c', 'd', 'e');
const idsOf = (cursor: Parameters<typeof targetsOf>[0], rows: Rows): string[] =>
  targetsOf(cursor, rows).map(({ id }) => id);

describe('the cursor', () => {
  it('stays on its row when others come and go, and where it was when its row is gone', () => {
    const cursor = movedTo(firstCursor, five, 2, false);
    expect(cursorIndex(cursor, rowsOf('x', 'y', 'a', 'b', 'c'))).toBe(4);
    expect(cursorIndex(cursor, rowsOf('a', 'b', 'd', 'e'))).toBe(2);
    expect(cursorIndex(cursor, rowsOf('a'))).toBe(0);
    expect(cursorIndex(cursor, rowsOf())).toBe(-1);
  });

  it('never leaves the list', () => {
    fc.assert(
      fc.property(fc.integer({ min: -100, max: 100 }), fc.boolean(), (target, isExtending) => {
        expect([0, 1, 2, 3, 4]).toContain(cursorIndex(movedTo(firstCursor, five, target, isExtending), five));
      }),
    );
  });
});

describe('a selection', () => {
  it('grows and shrinks from where it began', () => {
    const from = movedTo(firstCursor, five, 2, false);
    const down = movedTo(movedTo(from, five, 3, true), five, 4, true);
    expect(idsOf(down, five)).toEqual(['c', 'd', 'e']);
    expect(idsOf(movedTo(down, five, 1, true), five)).toEqual(['b', 'c']);
    expect(idsOf(movedTo(down, five, 0, false), five)).toEqual(['a']);
  });

  it('takes single rows in and out, and all of them', () => {
    const two = toggled(toggled(firstCursor, five, 1), five, 3);
    expect(idsOf(two, five)).toEqual(['b', 'd']);
    expect(idsOf(toggled(two, five, 1), five)).toEqual(['d']);
    expect(idsOf(allSelected(firstCursor, five), five)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('forgets rows that are gone', () => {
    expect(idsOf(movedTo(movedTo(firstCursor, five, 0, false), five, 2, true), rowsOf('b', 'd'))).toEqual(['b']);
  });

  it('passes on to the row below what was dealt with', () => {
    const chosen = movedTo(movedTo(firstCursor, five, 1, false), five, 2, true);
    const next = passedOn(chosen, five);
    expect(idsOf(next, five)).toEqual(['d']);
    expect(next.selected.size).toBe(0);
  });
});

describe('a group', () => {
  const grouped = (expanded: string[]): Rows =>
    placed(
      alarmRows(
        [
          fixtureAlarm({ id: 'a', causeGroup: 'x' }),
          fixtureAlarm({ id: 'b', causeGroup: 'x' }),
          fixtureAlarm({ id: 'c' }),
        ],
        () => true,
        new Set(expanded),
      ),
    );

  it('stands for all its members, each once', () => {
    expect(idsOf(firstCursor, grouped([]))).toEqual(['a', 'b']);
    expect(idsOf(allSelected(firstCursor, grouped(['group:x'])), grouped(['group:x']))).toEqual(['a', 'b', 'c']);
  });

  it('is found from its members', () => {
    expect([0, 1, 2, 3].map((index) => headOf(grouped(['group:x']), index))).toEqual([undefined, 0, 0, undefined]);
  });
});

describe('keys', () => {
  const press = (key: string, more: Partial<Parameters<typeof keyAction>[0]> = {}): ReturnType<typeof keyAction> =>
    keyAction(
      { key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more },
      { at: 20, count: 100, pageRows: 11 },
    );

  it('move by row, page and end, and select with Shift', () => {
    const to = (key: string): unknown => press(key);
    expect(['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End'].map(to)).toEqual(
      [19, 21, 10, 30, 0, 99].map((each) => ({ kind: 'move', to: each, isExtending: false })),
    );
    expect(press('ArrowDown', { shiftKey: true })).toEqual({ kind: 'move', to: 21, isExtending: true });
  });

  it('act, also with the shift lock on', () => {
    expect(['a', 'A', 's', 'i', 'Enter', ' '].map((key) => press(key)?.kind)).toEqual([
      'acknowledge',
      'acknowledge',
      'shelve',
      'openIncident',
      'show',
      'toggle',
    ]);
    expect(press('a', { ctrlKey: true })).toEqual({ kind: 'selectAll' });
  });

  it('leave the others to the desk', () => {
    expect([
      press('k', { ctrlKey: true }),
      press('s', { ctrlKey: true }),
      press('ArrowDown', { altKey: true }),
      press('n'),
      press('Tab'),
    ]).toEqual([undefined, undefined, undefined, undefined, undefined]);
  });
});
