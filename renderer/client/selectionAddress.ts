import { subjectSchema } from '../../shared/alarms/alarm.ts';
import type { Addressed, Query } from '../ui/addressQuery.ts';
import { defaultLayers, layerNames } from './selection.ts';
import type { Layers, Selectable, Selection } from './selection.ts';

/** The selection as the address has it: `alarm:water.burst:zone:Z4`. */
export const selectedText = (selected: Selectable | undefined): string =>
  selected === undefined ? '' : `${selected.kind}:${selected.id}`;

/** Undefined for a text that names nothing that can be selected. */
export function parseSelected(text: string | undefined): Selectable | undefined {
  const at = text?.indexOf(':') ?? -1;
  if (text === undefined || at === -1) return undefined;
  const [kind, id] = [text.slice(0, at), text.slice(at + 1)];
  if (id === '') return undefined;
  if (kind === 'alarm' || kind === 'incident') return { kind, id };
  const subject = subjectSchema.safeParse({ kind, id });
  return subject.success ? subject.data : undefined;
}

/** The layers that are on, `none` if there is none, or an empty text if they are those that are on at first. */
export function layersText(layers: Layers): string {
  const isUsual = layerNames.every((name) => layers[name] === defaultLayers[name]);
  return isUsual ? '' : layerNames.filter((name) => layers[name]).join(',') || 'none';
}

/** The layers of an address: those that it names are on and all others are off; undefined if it names none. */
export function parseLayers(text: string | undefined): Layers | undefined {
  if (text === undefined || text === '') return undefined;
  const on = new Set(text.split(','));
  return Object.fromEntries(layerNames.map((name) => [name, on.has(name)])) as Layers;
}

/** What is selected and which layers are on, in the address of the situation. */
export function addressedSelection(selection: Selection): Addressed {
  const { selected, layers } = selection;
  const read = ({ select, layers: wanted }: Query): void => {
    const subject = parseSelected(select);
    const isNew = selectedText(subject) !== selectedText(selected.get());
    selection.select(subject);
    if (subject !== undefined && isNew) selection.flyToSubject(subject);
    const next = parseLayers(wanted) ?? defaultLayers;
    for (const name of layerNames) if (next[name] !== layers.get()[name]) selection.switchLayer(name, next[name]);
  };
  return {
    page: 'situation',
    keys: ['select', 'layers'],
    write: () => ({ select: selectedText(selected.get()), layers: layersText(layers.get()) }),
    read,
    subscribe: (onChange) => {
      const undo = [selected.subscribe(onChange), layers.subscribe(onChange)];
      return () => undo.forEach((end) => end());
    },
  };
}
