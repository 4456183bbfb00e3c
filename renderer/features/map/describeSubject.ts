import { toDisplay } from '../../../shared/base/display.ts';
import type { Selectable } from '../../client/selection.ts';
import { meterState } from './layers/meterLayers.ts';
import type { MeterState } from './layers/meterLayers.ts';
import type { MapScene } from './MapScene.ts';

const meterWords: Record<MeterState, string> = {
  noData: 'not heard yet',
  normal: 'normal',
  leak: 'leak',
  highUse: 'high use',
  noVoltage: 'no voltage',
  voltage: 'voltage out of band',
  tamper: 'tampered with',
  stuck: 'stuck',
  stale: 'no recent reading',
  suspect: 'suspect readings',
};

const minutes = (delayS: number): string => {
  if (!Number.isFinite(delayS)) return '';
  const whole = Math.round(Math.abs(delayS) / 60);
  return whole === 0 ? 'on time' : `${whole} min ${delayS > 0 ? 'late' : 'early'}`;
};

const joined = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join(' · ');

function describeVehicle({ vehicleRoster, tables }: MapScene, id: string): string {
  const row = tables.vehicles.rows.find((candidate) => vehicleRoster.get(candidate)?.id === id) ?? -1;
  const vehicle = vehicleRoster.get(row);
  const state = tables.vehicles.state(row);
  const line =
    vehicle?.routeName === undefined
      ? (vehicle?.label ?? id)
      : `Line ${vehicle.routeName}${vehicle.headsign === undefined ? '' : ` to ${vehicle.headsign}`}`;
  return joined(
    line,
    state.isStale ? 'position is old' : minutes(state.delayS),
    state.isBunched && !state.isStale ? 'bunched' : undefined,
  );
}

function describeLink({ network, tables, units }: MapScene, id: string): string {
  const row = network?.linkRow.get(id) ?? -1;
  const link = network?.links[row];
  const ratio = tables.links.columns.speedRatio[row] ?? NaN;
  if (link === undefined || !tables.links.isKnown(row) || !Number.isFinite(ratio))
    return joined(link?.name ?? id, 'no speed');
  const speed = toDisplay(ratio * link.freeFlowMps, 'm/s', 1, units);
  return joined(
    link.name,
    `${speed.value.toFixed(speed.digits)} ${speed.unit}`,
    `${Math.round(ratio * 100)} % of free flow`,
  );
}

function describeUnit({ unitRoster, tables }: MapScene, id: string): string {
  const row = tables.units.rows.find((candidate) => unitRoster.get(candidate)?.id === id) ?? -1;
  return joined(
    unitRoster.get(row)?.name ?? id,
    tables.units
      .state(row)
      .status.replace(/([A-Z])/g, ' $1')
      .toLowerCase(),
  );
}

function describeMeter({ meters, tables }: MapScene, id: string): string {
  const row = meters?.row.get(id) ?? -1;
  return joined(
    meters?.meters.commodity[row] === 'water' ? 'Water meter' : 'Electricity meter',
    id,
    meterWords[meterState(tables.meters, row)],
  );
}

const zoneName = ({ map }: MapScene, id: string): string => map?.zones.find((zone) => zone.id === id)?.name ?? id;

const descriptions: Record<Selectable['kind'], (scene: MapScene, id: string) => string> = {
  vehicle: describeVehicle,
  link: describeLink,
  unit: describeUnit,
  meter: describeMeter,
  zone: (scene, id) => joined('Water zone', zoneName(scene, id)),
  feeder: (scene, id) => joined('Feeder', zoneName(scene, id)),
  alarm: ({ alarms }, id) => alarms.placed.find((alarm) => alarm.id === id)?.title ?? id,
  incident: ({ incidents }, id) => joined('Incident', incidents.get(id)?.title ?? id),
  report: ({ reports }, id) => reports.get(id)?.title ?? id,
  route: ({ transit }, id) => joined('Line', transit?.routes.find((route) => route.id === id)?.shortName ?? id),
  detector: (_, id) => `Detector ${id}`,
  feed: (_, id) => id,
  system: (_, id) => id,
};

/** One line for the tip beside the pointer. */
export const describeSubject = (scene: MapScene, { kind, id }: Selectable): string => descriptions[kind](scene, id);
