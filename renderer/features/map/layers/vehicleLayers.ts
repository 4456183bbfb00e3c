import type { Layer } from '@deck.gl/core';
import { IconLayer, TextLayer } from '@deck.gl/layers';
import type { VehicleRow } from '../../../client/mergeStream.ts';
import type { VehicleState, VehicleTable } from '../../../live/VehicleTable.ts';
import { iconsFrom } from '../iconNames.ts';
import type { VehicleIcon } from '../iconNames.ts';
import { mapFont } from '../mapFont.ts';
import type { MapScene } from '../MapScene.ts';
import { memoLast } from '../memoLast.ts';

/** A delay longer than this, in seconds, is shown on the map. */
export const LATE_S = 300;
const NUMBERS_FROM_ZOOM = 12.5;
const DELAYS_FROM_ZOOM = 10.5;

type DrawnVehicle = { row: number; icon: VehicleIcon; line: string };

export const isLate = (state: VehicleState): boolean =>
  state.delayS > LATE_S && !state.isStale && !state.isOutOfService;

function iconOf(state: VehicleState, hasHeading: boolean): DrawnVehicle['icon'] {
  if (state.isOutOfService) return 'vehicleOff';
  if (state.isStale) return 'vehicleStale';
  if (isLate(state)) return 'vehicleLate';
  if (state.isBunched && hasHeading) return 'vehicleBunched';
  return hasHeading ? 'vehicle' : 'vehicleStill';
}

/** The text of a vehicle: the line's number at high zooms, and the minutes of delay at lower ones too: "20 +7". */
function lineOf(state: VehicleState, row: VehicleRow | undefined, zoom: number): string {
  const name = zoom >= NUMBERS_FROM_ZOOM ? (row?.routeName ?? row?.label ?? '') : '';
  const delay = isLate(state) && zoom >= DELAYS_FROM_ZOOM ? `+${Math.round(state.delayS / 60)}` : '';
  return [name, delay].filter((text) => text !== '').join(' ');
}

function drawnVehicles(
  table: VehicleTable,
  _version: number,
  roster: MapScene['vehicleRoster'],
  zoom: number,
): DrawnVehicle[] {
  return table.rows.map((row) => {
    const state = table.state(row);
    return {
      row,
      icon: iconOf(state, Number.isFinite(table.motion.drawnHeadingDeg[row] ?? NaN)),
      line: lineOf(state, roster.get(row), zoom),
    };
  });
}

/** Draws vehicles where they are now; `frame` is a number that grows with every drawing. */
export function makeVehicleLayers(): (scene: MapScene, frame: number) => (Layer | false)[] {
  const drawn = memoLast(drawnVehicles);
  const named = memoLast((vehicles: readonly DrawnVehicle[]) => vehicles.filter(({ line }) => line !== ''));
  return ({ tables, vehicleRoster, layers, zoom, atlas, colors, typeScale }, frame) => {
    if (!layers.vehicles) return [];
    const { motion } = tables.vehicles;
    const vehicles = drawn(tables.vehicles, tables.vehicles.version, vehicleRoster, zoom);
    const names = named(vehicles);
    const getPosition = ({ row }: DrawnVehicle): [number, number] => [
      motion.drawn[2 * row] ?? 0,
      motion.drawn[2 * row + 1] ?? 0,
    ];
    return [
      new IconLayer<DrawnVehicle>({
        id: 'vehicles',
        data: vehicles,
        getPosition,
        getIcon: ({ icon }) => icon,
        getAngle: ({ row }) => -(motion.drawnHeadingDeg[row] || 0),
        getSize: (zoom < 11.5 ? 23 : 27) * typeScale,
        updateTriggers: { getPosition: frame, getAngle: frame },
        ...iconsFrom(atlas),
      }),
      names.length > 0 &&
        new TextLayer<DrawnVehicle>({
          id: 'vehicle-names',
          data: names,
          getPosition,
          getText: ({ line }) => line,
          getSize: 11 * typeScale,
          getPixelOffset: [12 * typeScale, -11 * typeScale],
          getTextAnchor: 'start',
          getColor: ({ icon }) => colors.of(icon === 'vehicleLate' || icon === 'vehicleBunched' ? 'text' : 'text-2'),
          background: true,
          getBackgroundColor: colors.of('panel', 0.82),
          backgroundPadding: [4, 1],
          backgroundBorderRadius: 3,
          updateTriggers: { getPosition: frame, getColor: colors },
          characterSet: 'auto',
          ...mapFont,
        }),
    ];
  };
}
