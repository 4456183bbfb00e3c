import { expect, it } from 'vitest';
import { matchCommands } from '../../../../../renderer/features/search/matchCommands.ts';

const commands = ['Show vehicles', 'Hide traffic', 'Show traffic heatmap', 'Units: metric'].map((label) => ({
  id: label,
  label,
  run: () => undefined,
}));
const found = (text: string): string[] => matchCommands(commands, text).map(({ label }) => label);

it('finds every word in any order', () => {
  expect(found('traffic show')).toEqual(['Show traffic heatmap']);
  expect(found('affic')).toEqual([]);
  expect(found('TRAFFIC')).toEqual(['Hide traffic', 'Show traffic heatmap']);
});

it('puts first what begins with the text', () => {
  expect(found('s')).toEqual(['Show vehicles', 'Show traffic heatmap']);
});

it('offers everything for nothing, and nothing for nonsense', () => {
  expect(found(' ')).toHaveLength(4);
  expect(found('xyz')).toEqual([]);
});
