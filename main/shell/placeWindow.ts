/** In device-independent pixels, as Electron's own type. */
export type Rectangle = { x: number; y: number; width: number; height: number };

const PREFERRED = { width: 1600, height: 1000 };

/**
 * Computes where the window opens: where it was, made to fit the display that shows most of it. It is centred on the
 * first display where it was on none of them, since displays may be removed between two starts.
 */
export function placeWindow(saved: Rectangle | undefined, workAreas: readonly Rectangle[]): Rectangle {
  const primary = workAreas[0] ?? { x: 0, y: 0, ...PREFERRED };
  if (saved === undefined) return centred(PREFERRED, primary);
  const home = workAreas.reduce((best, area) => (overlap(saved, area) > overlap(saved, best) ? area : best), primary);
  return overlap(saved, home) > 0 ? moveInside(saved, home) : centred(saved, primary);
}

function overlap(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, width) * Math.max(0, height);
}

function centred(size: { width: number; height: number }, area: Rectangle): Rectangle {
  const width = Math.min(size.width, area.width);
  const height = Math.min(size.height, area.height);
  return {
    x: area.x + Math.round((area.width - width) / 2),
    y: area.y + Math.round((area.height - height) / 2),
    width,
    height,
  };
}

function moveInside(window: Rectangle, area: Rectangle): Rectangle {
  const width = Math.min(window.width, area.width);
  const height = Math.min(window.height, area.height);
  return {
    x: clamp(window.x, area.x, area.x + area.width - width),
    y: clamp(window.y, area.y, area.y + area.height - height),
    width,
    height,
  };
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
