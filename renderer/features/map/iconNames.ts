import type { AlarmPriority } from '../../../shared/alarms/alarm.ts';
import type { Unit } from '../../../shared/county/county.ts';

/** Names of the icons in the atlas. They are kept apart from the shapes, because only a browser can draw those. */
export type VehicleIcon = 'vehicle' | 'vehicleLate' | 'vehicleBunched' | 'vehicleStale' | 'vehicleStill' | 'vehicleOff';
export type UnitIconState = 'Idle' | 'Active' | 'OnScene';

export const unitIconName = (kind: Unit['kind'], state: UnitIconState): string => `unit-${kind}-${state}`;
export const alarmIconName = (priority: AlarmPriority, isAcknowledged: boolean): string =>
  `alarm-${priority}${isAcknowledged ? '-acknowledged' : ''}`;
export const incidentIconName = (priority: AlarmPriority): string => `incident-${priority}`;

export type IconCell = { x: number; y: number; width: number; height: number; anchorY: number; mask: boolean };
export type IconAtlas = { image: HTMLCanvasElement; mapping: Record<string, IconCell> };

/**
 * The two props by which an IconLayer takes the atlas. deck.gl takes a canvas as well as a texture, but its types do
 * not say so.
 */
export function iconsFrom({ image, mapping }: IconAtlas): { iconAtlas: string; iconMapping: IconAtlas['mapping'] } {
  return { iconAtlas: image as unknown as string, iconMapping: mapping };
}
