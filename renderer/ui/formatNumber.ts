import { toDisplay } from '../../shared/base/display.ts';
import type { DisplayUnits } from '../../shared/base/display.ts';

const MINUS = '−';

/** A number with a fixed count of digits, commas between thousands, and a real minus sign. */
export function formatNumber(value: number, digits: number): string {
  const fixed = Math.abs(value).toFixed(Math.max(0, digits));
  const [whole = '0', fraction] = fixed.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const isZero = Number(fixed) === 0;
  return `${value < 0 && !isZero ? MINUS : ''}${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
}

/** Value and unit for display, e.g. `{ text: '34', unit: 'mph' }`; the unit `1` (a ratio) is shown as per cent. */
export function formatQuantity(
  value: number | null,
  unit: string,
  digits: number,
  units: DisplayUnits,
): { text: string; unit: string } {
  if (unit === '1')
    return { text: value === null ? '–' : formatNumber(value * 100, Math.max(0, digits - 2)), unit: '%' };
  const shown = toDisplay(value ?? 0, unit, digits, units);
  return { text: value === null ? '–' : formatNumber(shown.value, shown.digits), unit: shown.unit };
}
