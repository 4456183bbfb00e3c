import { expect, it } from 'vitest';
import { describeFigure, isComplete } from '../../../../../renderer/features/figures/describeFigure.ts';
import type { Figure } from '../../../../../shared/contract/contract.ts';

const figure = (part: Partial<Figure>): Figure => ({
  id: 'water',
  label: 'Water',
  value: 100,
  unit: 'm³/h',
  digits: 0,
  present: 1,
  sources: [],
  isAbnormal: false,
  spark: [],
  ...part,
});

it('compares with the typical value, otherwise with the band, in the units of the screen', () => {
  expect(describeFigure(figure({ typical: 100, low: 1, high: 2 }), 'us')).toBe('typical 440');
  expect(describeFigure(figure({ low: 90, high: 120 }), 'metric')).toBe('normal 90 to 120');
  expect(describeFigure(figure({ high: 120 }), 'metric')).toBe('normal up to 120');
  expect(describeFigure(figure({}), 'metric')).toBe('');
});

it('calls a figure partial when data is missing', () => {
  expect(isComplete(figure({ present: 0.999 }))).toBe(true);
  expect(isComplete(figure({ present: 0.82 }))).toBe(false);
});
