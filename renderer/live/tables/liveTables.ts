import type { Client } from '../client.ts';
import { FrameTable } from './FrameTable.ts';
import { UnitTable } from './UnitTable.ts';
import { VehicleTable } from './VehicleTable.ts';

/** What moves fast: plain objects that frames write and the map reads, past React. */
export type LiveTables = {
  vehicles: VehicleTable;
  units: UnitTable;
  links: FrameTable<'links'>;
  detectors: FrameTable<'detectors'>;
  meters: FrameTable<'meters'>;
  zones: FrameTable<'zones'>;
};

export function createLiveTables(client: Client, monotonicMs: () => number): LiveTables {
  const tables: LiveTables = {
    vehicles: new VehicleTable(),
    units: new UnitTable(),
    links: new FrameTable('links'),
    detectors: new FrameTable('detectors'),
    meters: new FrameTable('meters'),
    zones: new FrameTable('zones'),
  };
  client.onFrame('vehicles', (frame) => tables.vehicles.apply(frame, monotonicMs(), client.pictureSpeed()));
  client.onFrame('units', (frame) => tables.units.apply(frame, monotonicMs(), client.pictureSpeed()));
  client.onFrame('links', (frame) => tables.links.apply(frame));
  client.onFrame('detectors', (frame) => tables.detectors.apply(frame));
  client.onFrame('meters', (frame) => tables.meters.apply(frame));
  client.onFrame('zones', (frame) => tables.zones.apply(frame));
  const clear = (): void => {
    for (const table of Object.values(tables)) table.clear();
  };
  client.onGreeting(clear);
  client.onPicture(clear);
  return tables;
}
