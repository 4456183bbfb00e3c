import type { Layer } from '@deck.gl/core';
import { IconLayer, ScatterplotLayer } from '@deck.gl/layers';
import type { AlarmPriority } from '../../../../shared/alarms/alarm.ts';
import { meterStates } from '../../../../shared/live/frame.ts';
import type { FrameTable } from '../../../live/FrameTable.ts';
import type { ColorToken } from '../../../ui/tokens.ts';
import type { AlarmIndex } from '../alarmIndex.ts';
import { alarmToken } from '../colors.ts';
import type { MeterIndex, Zone } from '../CountyIndex.ts';
import { iconsFrom } from '../iconNames.ts';
import type { MapScene } from '../MapScene.ts';
import { memoLast } from '../memoLast.ts';
import type { Bounds } from '../viewMath.ts';

export type MeterState = (typeof meterStates)[number];
/**
 * Below the first zoom the signs of meters could not be read: there, those without supply are dots, which show how far
 * an outage reaches. Below the second, only meters in trouble are marked.
 */
export const TROUBLE_FROM_ZOOM = 13;
export const POINTS_FROM_ZOOM = 14.5;

/** The states of a meter that is in trouble itself, and those of a faulty one, which is a matter for maintenance. */
const troubled: ReadonlySet<MeterState> = new Set(['leak', 'highUse', 'noVoltage', 'voltage', 'tamper']);
const sick: ReadonlySet<MeterState> = new Set(['stuck', 'stale', 'suspect']);

type Mark = { position: [number, number]; icon: string; token: ColorToken };
type Marks = { plain: { position: [number, number] }[]; marks: Mark[] };

export const meterState = (table: FrameTable<'meters'>, row: number): MeterState =>
  table.isKnown(row) ? (meterStates[table.columns.state[row] ?? 0] ?? 'noData') : 'noData';

/** The meter's own alarm, or that of the feeder or water zone whose trouble it shares. */
function priorityOf(
  { meters }: MeterIndex,
  row: number,
  zones: readonly Zone[],
  alarms: AlarmIndex,
): AlarmPriority | undefined {
  const own = alarms.priorityOf('meter', meters.ids[row] ?? '');
  const zone = zones[meters.zoneIndex[row] ?? -1];
  if (own !== undefined || zone === undefined) return own;
  return alarms.priorityOf(zone.kind === 'feeder' ? 'feeder' : 'zone', zone.id) ?? alarms.priorityOf('zone', zone.id);
}

/** The meters that are drawn within a region: all of them at high zooms, only those in trouble at low ones. */
export function marksOf(
  index: MeterIndex,
  table: FrameTable<'meters'>,
  zones: readonly Zone[],
  alarms: AlarmIndex,
  region: Bounds,
  isNear: boolean,
): Marks {
  const marks: Marks = { plain: [], marks: [] };
  for (const row of index.tree.within(region)) {
    const position: [number, number] = [index.meters.lon[row] ?? 0, index.meters.lat[row] ?? 0];
    const state = meterState(table, row);
    if (troubled.has(state)) {
      const priority = priorityOf(index, row, zones, alarms);
      marks.marks.push({
        position,
        icon: `meter-${state}`,
        token: priority === undefined ? 'text' : alarmToken(priority),
      });
    } else if (isNear && sick.has(state)) marks.marks.push({ position, icon: `meter-${state}`, token: 'bad' });
    else if (isNear) marks.plain.push({ position });
  }
  return marks;
}

/** The meters without voltage whose feeder or own alarm says so, as dots in its colour. */
export function darkMeters(
  index: MeterIndex,
  table: FrameTable<'meters'>,
  zones: readonly Zone[],
  alarms: AlarmIndex,
  region: Bounds,
): { position: [number, number]; token: ColorToken }[] {
  if (!zones.some(({ kind, id }) => kind === 'feeder' && alarms.priorityOf('feeder', id) !== undefined)) return [];
  return index.tree.within(region).flatMap((row) => {
    if (meterState(table, row) !== 'noVoltage') return [];
    const priority = priorityOf(index, row, zones, alarms);
    const position: [number, number] = [index.meters.lon[row] ?? 0, index.meters.lat[row] ?? 0];
    return priority === undefined ? [] : [{ position, token: alarmToken(priority) }];
  });
}

/** The version of the table makes its changes known: the table itself stays the same object. */
const memoDarkMeters = (): ((
  index: MeterIndex,
  table: FrameTable<'meters'>,
  version: number,
  zones: readonly Zone[],
  alarms: AlarmIndex,
  region: Bounds,
) => ReturnType<typeof darkMeters>) =>
  memoLast((index, table, _version, zones, alarms, region) => darkMeters(index, table, zones, alarms, region));

function darkDots({ colors, zoom, typeScale }: MapScene, dots: ReturnType<typeof darkMeters>): Layer {
  return new ScatterplotLayer<(typeof dots)[number]>({
    id: 'meters-dark',
    data: dots,
    getPosition: ({ position }) => position,
    getFillColor: ({ token }) => colors.of(token, 0.7),
    updateTriggers: { getFillColor: colors },
    radiusUnits: 'pixels',
    getRadius: (zoom < 11 ? 1.5 : 2.2) * typeScale,
  });
}

/**
 * Draws meters at high zooms, and those in trouble at lower ones too; below that only where supply is missing, and the
 * values of the zones.
 */
export function makeMeterLayers(): (scene: MapScene) => Layer[] {
  const present = memoLast(
    (
      index: MeterIndex,
      table: FrameTable<'meters'>,
      _version: number,
      zones: readonly Zone[],
      alarms: AlarmIndex,
      region: Bounds,
      isNear: boolean,
    ) => marksOf(index, table, zones, alarms, region, isNear),
  );
  const dark = memoDarkMeters();
  return (scene) => {
    const { meters, map, tables, alarms, region, layers, zoom, colors, atlas } = scene;
    if (meters === undefined) return [];
    if (zoom < TROUBLE_FROM_ZOOM)
      return layers.feeder
        ? [darkDots(scene, dark(meters, tables.meters, tables.meters.version, map?.zones ?? [], alarms, region))]
        : [];
    if (!layers.meters) return [];
    const { plain, marks } = present(
      meters,
      tables.meters,
      tables.meters.version,
      map?.zones ?? [],
      alarms,
      region,
      zoom >= POINTS_FROM_ZOOM,
    );
    return [
      new ScatterplotLayer<(typeof plain)[number]>({
        id: 'meters',
        data: plain,
        getPosition: ({ position }) => position,
        getFillColor: colors.of('text-3', 0.55),
        radiusUnits: 'pixels',
        getRadius: zoom < 15.5 ? 1.4 : 2.4,
      }),
      new IconLayer<Mark>({
        id: 'meters-marks',
        data: marks,
        getPosition: ({ position }) => position,
        getIcon: ({ icon }) => icon,
        getColor: ({ token }) => colors.of(token),
        getSize: zoom < POINTS_FROM_ZOOM ? 12 : 16,
        updateTriggers: { getColor: colors },
        ...iconsFrom(atlas),
      }),
    ];
  };
}
