import type { Subject } from '../../shared/alarms/alarm.ts';
import { createStore } from '../ui/store.ts';
import type { Readable, Store } from '../ui/store.ts';

/** What the operator can point at: a subject of the county, or the alarm or incident itself. */
export type Selectable = Subject | { kind: 'alarm' | 'incident'; id: string };

export const layerNames = [
  'traffic',
  'heatmap',
  'vehicles',
  'routes',
  'units',
  'dma',
  'feeder',
  'meters',
  'detectors',
  'alarms',
  'incidents',
  'reports',
  'labels',
] as const;
export type LayerName = (typeof layerNames)[number];
export type Layers = Readonly<Record<LayerName, boolean>>;

/**
 * A spot at a zoom, a part of the county, or a thing that only the map knows the place of: what moves, or a line that
 * is to be seen whole.
 */
export type FlyTarget =
  | { lon: number; lat: number; zoom: number }
  | { subject: Selectable }
  | { bounds: readonly [west: number, south: number, east: number, north: number] };
/**
 * What the map shows: its centre in degrees and the zoom of web maps (0: the world in 512 px, one more halves the
 * scale).
 */
export type MapView = { lon: number; lat: number; zoom: number };
/** A spot of the map that a menu was asked for, and where it is on the page. */
export type PickedPlace = { lon: number; lat: number; pageX: number; pageY: number };

/** A way by road to be drawn, as lon and lat. */
export type MapWay = { path: [number, number][]; isStrong: boolean };

/** What is looked at, shared by map and panels. */
export type Selection = {
  selected: Readable<Selectable | undefined>;
  hovered: Readable<Selectable | undefined>;
  layers: Readable<Layers>;
  /** The last spot that a menu was asked for; undefined when the menu is closed. */
  place: Readable<PickedPlace | undefined>;
  /** Ways to be drawn, such as those of units to an incident; kept by the page that shows them. */
  ways: Store<readonly MapWay[]>;
  /** Kept by the map; undefined before it is there. */
  view: Store<MapView | undefined>;
  /** The last wish to look somewhere; a new object for each wish. */
  flight: Readable<FlyTarget | undefined>;
  select: (subject: Selectable | undefined) => void;
  hover: (subject: Selectable | undefined) => void;
  flyTo: (lon: number, lat: number, zoom?: number) => void;
  flyToSubject: (subject: Selectable) => void;
  /** So that the whole of it is in view. */
  flyToBounds: (bounds: readonly [west: number, south: number, east: number, north: number]) => void;
  switchLayer: (name: LayerName, isOn: boolean) => void;
  openPlace: (place: PickedPlace | undefined) => void;
};

type KeyValue = { getItem: (key: string) => string | null; setItem: (key: string, value: string) => void };

const LAYERS_KEY = 'beacon.layers';
const CLOSE_ZOOM = 15;
const defaults: Layers = {
  traffic: true,
  heatmap: false,
  vehicles: true,
  routes: false,
  units: true,
  dma: true,
  feeder: true,
  meters: true,
  detectors: false,
  alarms: true,
  incidents: true,
  reports: true,
  labels: true,
};

/** The switches as they were left; unknown names and broken text are passed over. */
export function storedLayers(text: string | null): Layers {
  try {
    const kept: unknown = JSON.parse(text ?? '{}');
    if (typeof kept !== 'object' || kept === null) return defaults;
    const known = Object.entries(kept).filter(
      ([name, isOn]) => Object.hasOwn(defaults, name) && typeof isOn === 'boolean',
    );
    return { ...defaults, ...Object.fromEntries(known) };
  } catch {
    return defaults;
  }
}

export const isSame = (a: Selectable | undefined, b: Selectable | undefined): boolean =>
  a?.kind === b?.kind && a?.id === b?.id;

export function createSelection(storage: KeyValue): Selection {
  const selected = createStore<Selectable | undefined>(undefined);
  const hovered = createStore<Selectable | undefined>(undefined);
  const place = createStore<PickedPlace | undefined>(undefined);
  const flight = createStore<FlyTarget | undefined>(undefined);
  const ways = createStore<readonly MapWay[]>([]);
  const view = createStore<MapView | undefined>(undefined);
  const layers = createStore(storedLayers(storage.getItem(LAYERS_KEY)));
  return {
    selected,
    hovered,
    layers,
    place,
    ways,
    view,
    flight,
    select: (subject) => {
      if (!isSame(subject, selected.get())) selected.set(subject);
    },
    hover: (subject) => {
      if (!isSame(subject, hovered.get())) hovered.set(subject);
    },
    flyTo: (lon, lat, zoom = CLOSE_ZOOM) => flight.set({ lon, lat, zoom }),
    flyToSubject: (subject) => flight.set({ subject }),
    flyToBounds: (bounds) => flight.set({ bounds }),
    switchLayer: (name, isOn) => {
      layers.set({ ...layers.get(), [name]: isOn });
      storage.setItem(LAYERS_KEY, JSON.stringify(layers.get()));
    },
    openPlace: (next) => place.set(next),
  };
}
