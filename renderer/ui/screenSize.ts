import { createStore } from './store.ts';
import { useReadable } from './useReadable.ts';

/**
 * How much fits beside each other: on a `wide` screen everything has its place, on a `narrow` one (1280 px) the columns
 * are narrower and say less, and on a `compact` one (a workstation at a zoom of 150 % or 200 %) they stand one below
 * the other and the page scrolls.
 */
export type ScreenSize = 'wide' | 'narrow' | 'compact';

const COMPACT_BELOW_PX = { width: 1000, height: 560 };
const NARROW_BELOW_PX = 1500;

/** The size of a screen of so many CSS pixels, which a zoom makes fewer. */
export function screenSizeOf(widthPx: number, heightPx: number): ScreenSize {
  if (widthPx < COMPACT_BELOW_PX.width || heightPx < COMPACT_BELOW_PX.height) return 'compact';
  return widthPx < NARROW_BELOW_PX ? 'narrow' : 'wide';
}

const store = createStore<ScreenSize>('wide');

/** Keeps `data-size` of the document up to date, by which style sheets choose a layout; called once at the start. */
export function watchScreenSize(): void {
  const look = (): void => {
    store.set(screenSizeOf(window.innerWidth, window.innerHeight));
    document.documentElement.dataset['size'] = store.get();
  };
  window.addEventListener('resize', look);
  look();
}

export const useScreenSize = (): ScreenSize => useReadable(store);
