/** The bundled typeface for text on the canvas. */
export const mapFont = { fontFamily: "'Inter Variable', Inter, sans-serif", fontWeight: 500 } as const;

/** The same typeface with an edge around the letters, for text without a background of its own. */
export const haloFont = {
  ...mapFont,
  fontSettings: { sdf: true, fontSize: 48, buffer: 6, radius: 12, cutoff: 0.2, smoothing: 0.16 },
  outlineWidth: 3,
} as const;
