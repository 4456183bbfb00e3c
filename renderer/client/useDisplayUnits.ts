import type { DisplayUnits } from '../../shared/base/display.ts';
import { usePreferences } from '../ui/preferences.ts';
import { useCountyData } from './hooks.ts';

/** The units to show: the person's choice, otherwise the county's. */
export function useDisplayUnits(): DisplayUnits {
  const { units } = usePreferences();
  const county = useCountyData().profile?.displayUnits ?? 'metric';
  return units === 'county' ? county : units;
}
