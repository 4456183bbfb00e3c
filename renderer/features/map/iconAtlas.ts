import type { IconAtlas, IconCell } from './iconNames.ts';
import { iconDraws } from './iconShapes.ts';
import type { Css } from './iconShapes.ts';

/** Side of the box that an icon is drawn in, and how many pixels of the atlas it gets for each of its own. */
const BOX = 24;
const SCALE = 3;
const COLUMNS = 8;
const CELL = BOX * SCALE;
/** A pin stands on its place, everything else lies centred on it. */
const PIN_FOOT = 0.96 * CELL;

/** All icons of the map in one canvas, in the theme's colours. Make a new one when the theme changes. */
export function drawIconAtlas(css: Css): IconAtlas {
  const draws = iconDraws();
  const image = document.createElement('canvas');
  image.width = COLUMNS * CELL;
  image.height = Math.ceil(draws.length / COLUMNS) * CELL;
  // Drawn in memory: it is made once and read once, which costs a graphics card, and more so one in software, far more.
  const pen = image.getContext('2d', { willReadFrequently: true });
  if (pen === null) throw new Error('This browser cannot draw on a canvas.');
  const mapping: Record<string, IconCell> = {};
  draws.forEach(([name, draw], i) => {
    const [x, y] = [(i % COLUMNS) * CELL, Math.floor(i / COLUMNS) * CELL];
    mapping[name] = {
      x,
      y,
      width: CELL,
      height: CELL,
      anchorY: name.startsWith('incident-') ? PIN_FOOT : CELL / 2,
      mask: name.startsWith('meter-'),
    };
    pen.save();
    pen.translate(x + CELL / 2, y + CELL / 2);
    pen.scale(SCALE, SCALE);
    draw(pen, css);
    pen.restore();
  });
  return { image, mapping };
}
