import type { Figure } from '../../../shared/contract/contract.ts';
import type { DisplayUnits } from '../../../shared/base/display.ts';
import { formatQuantity } from '../../ui/formatNumber.ts';

/**
 * The words under a figure that make it possible to judge it: the usual value, or the band that it should be in. Empty
 * if neither is known.
 */
export function describeFigure({ typical, low, high, unit, digits }: Figure, units: DisplayUnits): string {
  const text = (value: number): string => formatQuantity(value, unit, digits, units).text;
  if (typical !== undefined) return `typical ${text(typical)}`;
  if (low !== undefined && high !== undefined) return `normal ${text(low)} to ${text(high)}`;
  if (low !== undefined) return `normal from ${text(low)}`;
  return high === undefined ? '' : `normal up to ${text(high)}`;
}

/** Whether nearly all data was present; half a per cent is the rounding of the display. */
export const isComplete = (figure: Figure): boolean => figure.present >= 0.995;
