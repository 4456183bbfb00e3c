import { expect, it } from 'vitest';
import { createSelection, defaultLayers } from '../../../../renderer/client/selection.ts';
import {
  addressedSelection,
  layersText,
  parseLayers,
  parseSelected,
  selectedText,
} from '../../../../renderer/client/selectionAddress.ts';

const nowhere = { getItem: () => null, setItem: () => undefined };

it('names what is selected, with ids that have colons themselves', () => {
  for (const subject of [
    { kind: 'alarm', id: 'water.burst:zone:Z4:17' },
    { kind: 'incident', id: 'I-0504-001' },
    { kind: 'link', id: 'L1' },
  ] as const)
    expect(parseSelected(selectedText(subject))).toEqual(subject);
  for (const nothing of [undefined, '', 'alarm', 'alarm:', 'planet:7', `link:${'x'.repeat(300)}`])
    expect(parseSelected(nothing)).toBeUndefined();
});

it('names the layers only if they are not the usual ones', () => {
  expect(layersText(defaultLayers)).toBe('');
  const few = parseLayers('traffic,heatmap,nonsense') ?? defaultLayers;
  expect(layersText(few)).toBe('traffic,heatmap');
  expect(layersText(parseLayers('none') ?? defaultLayers)).toBe('none');
  expect(parseLayers(undefined)).toBeUndefined();
});

it('selects what an address names, and flies there', () => {
  const selection = createSelection(nowhere);
  addressedSelection(selection).read({ select: 'link:L1', layers: 'heatmap' });
  expect(selection.selected.get()).toEqual({ kind: 'link', id: 'L1' });
  expect(selection.flight.get()).toEqual({ subject: { kind: 'link', id: 'L1' } });
  expect(layersText(selection.layers.get())).toBe('heatmap');
  addressedSelection(selection).read({});
  expect(selection.selected.get()).toBeUndefined();
  expect(selection.layers.get()).toEqual(defaultLayers);
});
