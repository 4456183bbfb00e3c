import { expect, it } from 'vitest';
import { createSelection, storedLayers } from '../../../../renderer/client/selection.ts';

const memory = (): { getItem: (key: string) => string | null; setItem: (key: string, value: string) => void } => {
  const kept = new Map<string, string>();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
};

it('keeps the switches for the next start', () => {
  const storage = memory();
  createSelection(storage).switchLayer('heatmap', true);
  expect(createSelection(storage).layers.get()).toMatchObject({ heatmap: true, traffic: true });
});

it('passes over stored switches that are broken or unknown', () => {
  for (const text of ['{', '7', 'null', '{"heatmap":"yes","gone":true}'])
    expect(storedLayers(text)).toEqual(storedLayers(null));
});

it('tells of a selection only when it is another one', () => {
  const selection = createSelection(memory());
  let told = 0;
  selection.selected.subscribe(() => told++);
  selection.select({ kind: 'link', id: 'a' });
  selection.select({ kind: 'link', id: 'a' });
  expect(told).toBe(1);
});
