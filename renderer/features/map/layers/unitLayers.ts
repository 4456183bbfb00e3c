import type { Layer } from '@deck.gl/core';
import { IconLayer, TextLayer } from '@deck.gl/layers';
import type { UnitStatus } from '../../../../shared/base/values.ts';
import type { UnitTable } from '../../../live/UnitTable.ts';
import { iconsFrom, unitIconName } from '../iconNames.ts';
import type { UnitIconState } from '../iconNames.ts';
import { mapFont } from '../mapFont.ts';
import type { MapScene } from '../MapScene.ts';
import { memoLast } from '../memoLast.ts';

const NAMES_FROM_ZOOM = 12.5;
/** Below this zoom a unit that waits at its base is a small mark; those at work stand out. */
const SMALL_BELOW_ZOOM = 11;
const iconStates: Record<Exclude<UnitStatus, 'offDuty'>, UnitIconState> = {
  available: 'Idle',
  returning: 'Idle',
  dispatched: 'Active',
  accepted: 'Active',
  enRoute: 'Active',
  onScene: 'OnScene',
};

type DrawnUnit = { row: number; icon: string; name: string; isBusy: boolean };

/** Units on duty; the busy ones last, so that they lie on top. */
function drawnUnits(table: UnitTable, _version: number, roster: MapScene['unitRoster']): DrawnUnit[] {
  const units = table.rows.flatMap((row): DrawnUnit[] => {
    const { status } = table.state(row);
    const unit = roster.get(row);
    if (status === 'offDuty' || unit === undefined) return [];
    return [
      {
        row,
        icon: unitIconName(unit.kind, iconStates[status]),
        name: unit.name,
        isBusy: iconStates[status] !== 'Idle',
      },
    ];
  });
  return units.sort((a, b) => Number(a.isBusy) - Number(b.isBusy));
}

/** Draws response units: the shape shows the kind, and the filling shows what they do. */
export function makeUnitLayers(): (scene: MapScene, frame: number) => (Layer | false)[] {
  const drawn = memoLast(drawnUnits);
  return ({ tables, unitRoster, layers, zoom, atlas, colors, typeScale }, frame) => {
    if (!layers.units) return [];
    const { motion } = tables.units;
    const isFar = zoom < SMALL_BELOW_ZOOM;
    const units = drawn(tables.units, tables.units.version, unitRoster);
    const getPosition = ({ row }: DrawnUnit): [number, number] => [
      motion.drawn[2 * row] ?? 0,
      motion.drawn[2 * row + 1] ?? 0,
    ];
    return [
      new IconLayer<DrawnUnit>({
        id: 'units',
        data: units,
        getPosition,
        getIcon: ({ icon }) => icon,
        getSize: ({ isBusy }) => (isFar && !isBusy ? 12 : 24) * typeScale,
        updateTriggers: { getPosition: frame, getSize: [isFar, typeScale, units] },
        ...iconsFrom(atlas),
      }),
      zoom >= NAMES_FROM_ZOOM &&
        units.length > 0 &&
        new TextLayer<DrawnUnit>({
          id: 'unit-names',
          data: units,
          getPosition,
          getText: ({ name }) => name,
          getSize: 11 * typeScale,
          getPixelOffset: [0, 20 * typeScale],
          getColor: colors.of('text-2'),
          background: true,
          getBackgroundColor: colors.of('panel', 0.82),
          backgroundPadding: [4, 1],
          backgroundBorderRadius: 3,
          updateTriggers: { getPosition: frame },
          characterSet: 'auto',
          ...mapFont,
        }),
    ];
  };
}
