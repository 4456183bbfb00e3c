import { describe, expect, it } from 'vitest';
import { FigureHistory } from '../../../../../../main/engine/domains/kit/FigureHistory.ts';

describe('FigureHistory', () => {
  it('keeps two hours in steps of two minutes, with gaps', () => {
    const book = new FigureHistory();
    book.read('waterInflow', { value: 1, present: 1, sources: [] }, 0);
    book.read('waterInflow', { value: 2, present: 1, sources: [] }, 60_000);
    expect(book.read('waterInflow', { value: 3, present: 1, sources: [] }, 6 * 60_000).spark).toEqual([
      2,
      null,
      null,
      3,
    ]);
    expect(book.read('waterInflow', { value: undefined, present: 0, sources: [] }, 8 * 60_000)).toMatchObject({
      value: null,
      spark: [2, null, null, 3, null],
    });
    for (let minute = 10; minute < 300; minute += 2)
      book.read('waterInflow', { value: minute, present: 1, sources: [] }, minute * 60_000);
    expect(book.read('waterInflow', { value: 0, present: 1, sources: [] }, 300 * 60_000).spark).toHaveLength(60);
  });

  it('leaves out what is not a number', () => {
    const figure = new FigureHistory().read(
      'waterInflow',
      { value: Number.NaN, typical: Number.NaN, present: Number.NaN, sources: [] },
      0,
    );
    expect(figure).toMatchObject({ value: null, present: 0, sources: [] });
    expect(figure).not.toHaveProperty('typical');
  });
});
