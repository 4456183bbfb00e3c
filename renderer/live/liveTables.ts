import type { Frame, FrameKind } from '../../shared/live/frame.ts';
import { FrameTable } from './FrameTable.ts';
import { UnitTable } from './UnitTable.ts';
import { VehicleTable } from './VehicleTable.ts';

/** Holds what changes fast, in plain objects that frames write and the map reads without React. */
export type LiveTables = {
  vehicles: VehicleTable;
  units: UnitTable;
  links: FrameTable<'links'>;
  detectors: FrameTable<'detectors'>;
  meters: FrameTable<'meters'>;
  zones: FrameTable<'zones'>;
};

/** The source of the frames, such as the client of the engine. */
type FrameSource = {
  /** Called with every frame of the kind; its columns are valid only during the call. */
  onFrame: <K extends FrameKind>(kind: K, listener: (frame: Frame<K>) => void) => unknown;
  /** Called whenever the following frames may come from another run of the engine. */
  onGreeting: (listener: () => void) => unknown;
  /** Called when the frames become those of another time. */
  onPicture: (listener: () => void) => unknown;
  /** The speed of the frames' time relative to wall-clock time; 0 while the picture stands still. */
  pictureSpeed: () => number;
};

/**
 * Makes the tables of a screen. The frames of `source` fill them, and they are emptied when the frames start again from
 * the beginning.
 */
export function createLiveTables(source: FrameSource, monotonicMs: () => number): LiveTables {
  const tables: LiveTables = {
    vehicles: new VehicleTable(),
    units: new UnitTable(),
    links: new FrameTable('links'),
    detectors: new FrameTable('detectors'),
    meters: new FrameTable('meters'),
    zones: new FrameTable('zones'),
  };
  source.onFrame('vehicles', (frame) => tables.vehicles.apply(frame, monotonicMs(), source.pictureSpeed()));
  source.onFrame('units', (frame) => tables.units.apply(frame, monotonicMs(), source.pictureSpeed()));
  source.onFrame('links', (frame) => tables.links.apply(frame));
  source.onFrame('detectors', (frame) => tables.detectors.apply(frame));
  source.onFrame('meters', (frame) => tables.meters.apply(frame));
  source.onFrame('zones', (frame) => tables.zones.apply(frame));
  const clear = (): void => {
    for (const table of Object.values(tables)) table.clear();
  };
  source.onGreeting(clear);
  source.onPicture(clear);
  return tables;
}
