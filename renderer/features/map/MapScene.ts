import type { DisplayUnits } from '../../../shared/base/display.ts';
import type { RequestOutput } from '../../../shared/contract/contract.ts';
import type { StreamState } from '../../client/mergeStream.ts';
import type { Layers, MapWay, Selectable } from '../../client/selection.ts';
import type { LiveTables } from '../../live/liveTables.ts';
import type { AlarmIndex } from './alarmIndex.ts';
import type { MapColors } from './colors.ts';
import type { MeterIndex, NetworkIndex } from './CountyIndex.ts';
import type { IconAtlas } from './iconNames.ts';
import type { Signs } from './signs.ts';
import type { Bounds } from './viewMath.ts';

/** Everything from which the layers are made; the stage keeps it up to date, and the layer functions only read it. */
export type MapScene = {
  colors: MapColors;
  atlas: IconAtlas;
  units: DisplayUnits;
  /** 1 at a workstation, 2 on the wall. */
  typeScale: number;
  /** The county's zone, for times on the map. */
  timeZone: string;
  /** The time of the picture, UTC ms; undefined before the first contact. */
  pictureMs: () => number | undefined;
  /** The zoom in quarter steps, so that turning the wheel does not rebuild layers at every notch. */
  zoom: number;
  /** The part of the county that layers are built for: the canvas and a margin around it. */
  region: Bounds;
  layers: Layers;
  tables: LiveTables;
  map: RequestOutput<'county.map'> | undefined;
  network: NetworkIndex | undefined;
  meters: MeterIndex | undefined;
  transit: RequestOutput<'county.transit'> | undefined;
  alarms: AlarmIndex;
  incidents: StreamState['incidents'];
  reports: StreamState['reports'];
  /** Where the signs of alarms, incidents and reports stand, so that none hides another. */
  readonly signs: Signs;
  vehicleRoster: StreamState['vehicles'];
  unitRoster: StreamState['units'];
  selected: Selectable | undefined;
  ways: readonly MapWay[];
  /** The links that a form is choosing; undefined while none is. */
  chosenLinks: readonly string[] | undefined;
};
