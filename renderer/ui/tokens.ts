/** The colours of tokens.css by name, for what is drawn on a canvas and so cannot use CSS variables. */
export const colorTokens = [
  'ground',
  'panel',
  'raised',
  'line',
  'text',
  'text-2',
  'text-3',
  'focus',
  'alarm-1',
  'alarm-2',
  'alarm-3',
  'alarm-4',
  'on-alarm',
  'quiet',
  'flow-0',
  'flow-1',
  'flow-2',
  'flow-3',
  'flow-4',
  'flow-5',
  'bad',
  'map-land',
  'map-water',
  'map-wood',
  'map-road-minor',
  'map-road-major',
  'map-label',
] as const;
export type ColorToken = (typeof colorTokens)[number];
export type Palette = Record<ColorToken, string>;

/** The present theme's colours as `#rrggbb`. Read it again when the theme changes. */
export function readPalette(element: Element = document.documentElement): Palette {
  const style = getComputedStyle(element);
  return Object.fromEntries(colorTokens.map((name) => [name, style.getPropertyValue(`--${name}`).trim()])) as Palette;
}
