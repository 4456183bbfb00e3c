import { describe, expect, it } from 'vitest';
import { AlarmBook } from '../../../../../main/engine/alarms/AlarmBook.ts';
import type { Condition } from '../../../../../main/engine/alarms/condition.ts';

const T0 = Date.UTC(2026, 2, 2, 8);
const burst: Condition = {
  rule: 'water.burst', domain: 'water', priority: 2, subject: { kind: 'zone', id: 'D03' }, title: 'Burst in D03', place: 'Mill quarter', cause: 'Inflow', consequence: 'Loss', action: 'Send a crew',
  evidence: [{ label: 'Inflow', text: '80 m³/h' }], onDelayMs: 2000, offDelayMs: 5000,
};
const only = (book: AlarmBook): ReturnType<AlarmBook['all']>[number] => {
  const [alarm, ...rest] = book.all();
  if (alarm === undefined || rest.length > 0) throw new Error('one alarm expected');
  return alarm;
};

/** Reports the conditions once a second from `fromS` to `toS`. */
function run(book: AlarmBook, conditions: readonly Condition[], fromS: number, toS: number): void {
  for (let s = fromS; s <= toS; s++) book.update(conditions, T0 + s * 1000);
}

describe('the alarm book', () => {
  it('waits for the on delay, and keeps one identity while the condition lasts', () => {
    const book = new AlarmBook([], T0);
    run(book, [burst], 0, 1);
    expect(book.all()).toEqual([]);
    run(book, [burst], 2, 2);
    const { id } = only(book);
    run(book, [{ ...burst, evidence: [{ label: 'Inflow', text: '95 m³/h' }] }], 3, 9);
    expect(only(book)).toMatchObject({ id, state: 'active', evidence: [{ text: '95 m³/h' }] });
  });

  it('forgets a condition that passes before its delay', () => {
    const book = new AlarmBook([], T0);
    run(book, [burst], 0, 1);
    run(book, [], 2, 20);
    run(book, [burst], 21, 22);
    expect(book.all()).toEqual([]);
  });

  it('keeps an alarm that returned before anybody saw it, until it is acknowledged', () => {
    const book = new AlarmBook([], T0);
    run(book, [burst], 0, 5);
    run(book, [], 6, 30);
    const alarm = only(book);
    expect(alarm.state).toBe('returned');
    expect(book.acknowledge(alarm.id, 'Operator 1', T0 + 31_000)?.state).toBe('cleared');
    expect(book.all()).toEqual([]);
    expect(book.takeChanges()?.removed).toEqual([alarm.id]);
  });

  it('clears an acknowledged alarm by itself, after the off delay', () => {
    const book = new AlarmBook([], T0);
    run(book, [burst], 0, 5);
    book.acknowledge(only(book).id, 'Operator 1', T0 + 5500);
    run(book, [], 6, 8);
    expect(only(book)).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'Operator 1' });
    run(book, [], 9, 11);
    expect(book.all()).toEqual([]);
  });

  it('asks for attention again when an acknowledged alarm becomes more urgent, and not when it becomes less so', () => {
    const book = new AlarmBook([], T0);
    run(book, [burst], 0, 5);
    book.acknowledge(only(book).id, 'Operator 1', T0 + 5500);
    run(book, [{ ...burst, priority: 3 }], 6, 7);
    expect(only(book).state).toBe('acknowledged');
    run(book, [{ ...burst, priority: 1 }], 8, 9);
    expect(only(book)).toMatchObject({ state: 'active', priority: 1 });
  });

  it('makes a returned alarm active again under the same name', () => {
    const book = new AlarmBook([], T0);
    run(book, [burst], 0, 5);
    const { id } = only(book);
    run(book, [], 6, 20);
    run(book, [burst], 21, 21);
    const again = only(book);
    expect(again).toMatchObject({ id, state: 'active' });
    expect(again).not.toHaveProperty('returnedAtMs');
  });

  it('tells apart the same rule on two subjects', () => {
    const book = new AlarmBook([], T0);
    run(book, [burst, { ...burst, subject: { kind: 'zone', id: 'D04' } }], 0, 5);
    expect(new Set(book.all().map(({ id }) => id)).size).toBe(2);
  });

  it('tells each change once', () => {
    const book = new AlarmBook([], T0);
    run(book, [burst], 0, 5);
    expect(book.takeChanges()?.changed).toHaveLength(1);
    run(book, [burst], 6, 8);
    expect(book.takeChanges()).toBeUndefined();
  });

  it('goes on with the alarms of the last run and their acknowledgements', () => {
    const before = new AlarmBook([], T0);
    run(before, [burst], 0, 5);
    before.acknowledge(only(before).id, 'Operator 1', T0 + 5500);
    const after = new AlarmBook(before.all(), T0 + 60_000);
    run(after, [burst], 61, 70);
    expect(only(after)).toMatchObject({ id: only(before).id, state: 'acknowledged' });
  });

  it('counts the load, cleared alarms too', () => {
    const book = new AlarmBook([], T0);
    run(book, [burst], 0, 5);
    book.acknowledge(only(book).id, 'Operator 1', T0 + 5500);
    run(book, [], 6, 20);
    expect(book.load(T0 + 60_000)).toEqual({ last10Min: 1, lastHour: 1 });
    expect(book.load(T0 + 20 * 60_000)).toEqual({ last10Min: 0, lastHour: 1 });
  });

  it('does not count maintenance items as load', () => {
    const book = new AlarmBook([], T0);
    run(book, [{ ...burst, domain: 'maintenance', priority: 4 }], 0, 5);
    expect(book.load(T0 + 60_000)).toEqual({ last10Min: 0, lastHour: 0 });
  });

  it('does not hold an alarm for hours when the clock steps back', () => {
    const book = new AlarmBook([], T0);
    run(book, [burst], 0, 5);
    book.acknowledge(only(book).id, 'Operator 1', T0 + 5500);
    run(book, [], -3600, -3590);
    expect(book.all()).toEqual([]);
  });
});
