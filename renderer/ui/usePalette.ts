import { useMemo } from 'react';
import { usePreferences } from './preferences.ts';
import type { Theme } from './preferences.ts';
import { readPalette } from './tokens.ts';
import type { Palette } from './tokens.ts';

/** The page's colours follow the theme, so that it is what they depend on, though they are read from the page. */
const paletteOf = (_theme: Theme): Palette => readPalette();

/** The colours of the present theme. */
export function usePalette(): Palette {
  const { theme } = usePreferences();
  return useMemo(() => paletteOf(theme), [theme]);
}
