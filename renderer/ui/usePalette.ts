import { useMemo } from 'react';
import { usePreferences } from './preferences.ts';
import type { Theme } from './preferences.ts';
import { readPalette } from './tokens.ts';
import type { Palette } from './tokens.ts';

/** The colours are read from the page; the theme is a parameter only so that callers depend on it. */
const paletteOf = (_theme: Theme): Palette => readPalette();

/** The colours of the present theme. */
export function usePalette(): Palette {
  const { theme } = usePreferences();
  return useMemo(() => paletteOf(theme), [theme]);
}
