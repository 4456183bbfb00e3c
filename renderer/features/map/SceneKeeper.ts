import type { Alarm } from '../../../shared/alarms/alarm.ts';
import type { DisplayUnits } from '../../../shared/base/display.ts';
import type { Client } from '../../client/client.ts';
import type { Live } from '../../client/live.ts';
import type { StreamState } from '../../client/mergeStream.ts';
import { indexAlarms } from './alarmIndex.ts';
import { readMapColors } from './colors.ts';
import { indexMeters, indexNetwork } from './CountyIndex.ts';
import { drawIconAtlas } from './iconAtlas.ts';
import type { MapScene } from './MapScene.ts';
import { memoLast } from './memoLast.ts';
import { signsOf } from './signs.ts';
import type { Signs } from './signs.ts';

const noAlarms: ReadonlyMap<string, Alarm> = new Map();

/** The same type scale as in tokens.css: twice the size on the wall, and less where the wall has few pixels. */
function typeScale(): number {
  if (document.documentElement.dataset['scene'] !== 'wall') return 1;
  return matchMedia('(width <= 2600px)').matches ? 1.25 : 2;
}

/** The incidents to mark; a map of the past leaves out those that were opened later. */
function incidentsThen(client: Client): StreamState['incidents'] {
  const incidents = client.stream('incidents').get() ?? new Map<string, never>();
  const atMs = client.replay()?.atMs;
  return atMs === undefined ? incidents : new Map([...incidents].filter(([, { openedAtMs }]) => openedAtMs <= atMs));
}

type Style = Pick<MapScene, 'colors' | 'atlas' | 'typeScale'>;

/** The theme's colours and the type scale, as the document has them now. */
function readStyle(): Style {
  const colors = readMapColors();
  return { colors, atlas: drawIconAtlas(colors.css), typeScale: typeScale() };
}

/** Places the signs again only when they, the zoom or the layers have changed: a map that is moved keeps them. */
function memoSigns(): (scene: MapScene) => Signs {
  const placed = memoLast(
    (
      alarms: MapScene['alarms'],
      incidents: MapScene['incidents'],
      reports: MapScene['reports'],
      network: MapScene['network'],
      layers: MapScene['layers'],
      typeScale: number,
      zoom: number,
    ) => signsOf({ alarms, incidents, reports, network, layers, typeScale, zoom }),
  );
  return ({ alarms, incidents, reports, network, layers, typeScale, zoom }) =>
    placed(alarms, incidents, reports, network, layers, typeScale, zoom);
}

/** Keeps the scene in step with the stores of the screen. */
export class SceneKeeper {
  readonly scene: MapScene;
  readonly #live: Live;
  readonly #indexNetwork = memoLast(indexNetwork);
  readonly #indexMeters = memoLast(indexMeters);
  readonly #indexAlarms = memoLast(indexAlarms);
  readonly #onChange: () => void;
  readonly #unsubscribe: (() => void)[];

  constructor(live: Live, onChange: () => void) {
    const { client, county, selection } = live;
    this.#live = live;
    this.#onChange = onChange;
    const signs = memoSigns();
    this.scene = {
      get signs(): Signs {
        return signs(this);
      },
      ...readStyle(),
      ...this.#readStores(),
      pictureMs: client.pictureMs,
      units: 'metric',
      zoom: 0,
      region: [0, 0, 0, 0],
      tables: live.tables,
    };
    const stores = [
      county,
      selection.layers,
      selection.selected,
      selection.ways,
      selection.linkChoice,
      ...(['alarms', 'alarmsThen', 'incidents', 'reports', 'vehicles', 'units'] as const).map((name) =>
        client.stream(name),
      ),
    ];
    this.#unsubscribe = stores.map((store) => store.subscribe(() => this.#change(this.#readStores())));
  }

  setUnits(units: DisplayUnits): void {
    this.#change({ units });
  }

  /** Call this when the theme or the type scale of the document has changed. */
  restyle(): void {
    this.#change(readStyle());
  }

  stop(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
  }

  #change(part: Partial<MapScene>): void {
    Object.assign(this.scene, part);
    this.#onChange();
  }

  #readStores(): Omit<MapScene, keyof Style | 'signs' | 'units' | 'zoom' | 'region' | 'tables' | 'pictureMs'> {
    const { client, county, selection } = this.#live;
    const { map, network, meters, transit, profile } = county.get();
    return {
      timeZone: profile?.timeZone ?? 'UTC',
      map,
      transit,
      network: network === undefined ? undefined : this.#indexNetwork(network),
      meters: meters === undefined ? undefined : this.#indexMeters(meters),
      alarms: this.#indexAlarms(
        client.stream(client.replay() === undefined ? 'alarms' : 'alarmsThen').get() ?? noAlarms,
      ),
      incidents: incidentsThen(client),
      reports: client.stream('reports').get() ?? new Map(),
      vehicleRoster: client.stream('vehicles').get() ?? new Map(),
      unitRoster: client.stream('units').get() ?? new Map(),
      layers: selection.layers.get(),
      selected: selection.selected.get(),
      ways: selection.ways.get(),
      chosenLinks: selection.linkChoice.get()?.linkIds,
    };
  }
}
