import type { DisplayUnits } from '../../shared/base/display.ts';
import { parseKeys, usualKeys } from './keyChoice.ts';
import type { KeyChoice } from './keyChoice.ts';
import { createStore } from './store.ts';
import { useReadable } from './useReadable.ts';

export type Theme = 'dark' | 'daylight';
/** The choices of the person at this workstation. `county` units are those of the county's profile. */
type Preferences = KeyChoice & { theme: Theme; units: 'county' | DisplayUnits };

const KEY = 'beacon.preferences';
const defaults: Preferences = { theme: 'dark', units: 'county', ...usualKeys };

const isTheme = (value: unknown): value is Theme => value === 'dark' || value === 'daylight';
const isUnits = (value: unknown): value is Preferences['units'] =>
  value === 'county' || value === 'us' || value === 'metric';

/** Parses stored preferences; a part that is unreadable or unknown falls back to the default. */
export function parsePreferences(text: string | null): Preferences {
  try {
    const stored = JSON.parse(text ?? '{}') as Partial<Record<keyof Preferences, unknown>>;
    return {
      theme: isTheme(stored.theme) ? stored.theme : defaults.theme,
      units: isUnits(stored.units) ? stored.units : defaults.units,
      ...parseKeys(stored.keys, stored.areKeysOn),
    };
  } catch {
    return defaults;
  }
}

const store = createStore<Preferences>(defaults);

const applyTheme = (theme: Theme): void => {
  document.documentElement.dataset['theme'] = theme;
};

/** Reads the stored preferences and applies them; called once, before the first drawing. */
export function loadPreferences(): void {
  store.set(parsePreferences(window.localStorage.getItem(KEY)));
  applyTheme(store.get().theme);
}

export function setPreferences(change: Partial<Preferences>): void {
  store.set({ ...store.get(), ...change });
  window.localStorage.setItem(KEY, JSON.stringify(store.get()));
  applyTheme(store.get().theme);
}

/** The preferences outside React, as handlers of keys need them. */
export const preferencesNow = (): Preferences => store.get();

export const usePreferences = (): Preferences => useReadable(store);
