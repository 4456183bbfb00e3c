import type { Subject } from '../../shared/alarms/alarm.ts';
import { createStore } from '../ui/store.ts';
import type { Readable, Store } from '../ui/store.ts';

/** What the operator can select: a subject of the county, or the alarm or incident itself. */
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
  'closures',
  'reports',
  'labels',
] as const;
export type LayerName = (typeof layerNames)[number];
export type Layers = Readonly<Record<LayerName, boolean>>;

/**
 * Where the map can fly to: a spot at a zoom, a part of the county, or a thing whose place only the map knows, because
 * it moves or is a line that should be seen whole.
 */
export type FlyTarget =
  | { lon: number; lat: number; zoom: number }
  | { subject: Selectable }
  | { bounds: readonly [west: number, south: number, east: number, north: number] };
/**
 * The view of the map: its centre in degrees and the zoom of web maps (0: the world in 512 px; each step doubles the
 * scale).
 */
export type MapView = { lon: number; lat: number; zoom: number };
/** A spot of the map for which a menu was opened, and where that spot is on the page. */
export type PickedPlace = { lon: number; lat: number; pageX: number; pageY: number };

/**
 * A route by road that the map draws; its points are [lon, lat]. `unit`: the unit that is on this way, beside which the
 * map writes the label.
 */
export type MapWay = { path: [number, number][]; isStrong: boolean; unit?: { id: string; label: string } };

/** Links that a form lets its person choose on the map: while it is set, a click on a road adds or removes its link. */
export type LinkChoice = { linkIds: readonly string[]; onToggle: (linkId: string) => void };

/** What the operator looks at and has selected, shared by map and panels. */
export type Selection = {
  selected: Readable<Selectable | undefined>;
  hovered: Readable<Selectable | undefined>;
  layers: Readable<Layers>;
  /** The last spot for which a menu was opened; undefined when the menu is closed. */
  place: Readable<PickedPlace | undefined>;
  /** Routes that the map draws, such as those of units to an incident; set by the page that shows them. */
  ways: Store<readonly MapWay[]>;
  /** Set by the form that is choosing links; undefined while none is. */
  linkChoice: Store<LinkChoice | undefined>;
  /** Set by the map; undefined before the map has started. */
  view: Store<MapView | undefined>;
  /** The last request to look somewhere; every request is a new object. */
  flight: Readable<FlyTarget | undefined>;
  select: (subject: Selectable | undefined) => void;
  hover: (subject: Selectable | undefined) => void;
  flyTo: (lon: number, lat: number, zoom?: number) => void;
  flyToSubject: (subject: Selectable) => void;
  /** Moves the map so that the whole of the bounds is in view. */
  flyToBounds: (bounds: readonly [west: number, south: number, east: number, north: number]) => void;
  switchLayer: (name: LayerName, isOn: boolean) => void;
  openPlace: (place: PickedPlace | undefined) => void;
};

type KeyValue = { getItem: (key: string) => string | null; setItem: (key: string, value: string) => void };

const LAYERS_KEY = 'beacon.layers';
const CLOSE_ZOOM = 15;
/** The layers that are on at first. */
export const defaultLayers: Layers = {
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
  closures: true,
  reports: true,
  labels: true,
};

/** The layer switches as they were stored; unknown names and unreadable text are ignored. */
export function storedLayers(text: string | null): Layers {
  try {
    const kept: unknown = JSON.parse(text ?? '{}');
    if (typeof kept !== 'object' || kept === null) return defaultLayers;
    const known = Object.entries(kept).filter(
      ([name, isOn]) => Object.hasOwn(defaultLayers, name) && typeof isOn === 'boolean',
    );
    return { ...defaultLayers, ...Object.fromEntries(known) };
  } catch {
    return defaultLayers;
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
  const linkChoice = createStore<LinkChoice | undefined>(undefined);
  const view = createStore<MapView | undefined>(undefined);
  const layers = createStore(storedLayers(storage.getItem(LAYERS_KEY)));
  return {
    selected,
    hovered,
    layers,
    place,
    ways,
    linkChoice,
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
