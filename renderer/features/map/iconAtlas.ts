import type { IconAtlas, IconCell } from './iconNames.ts';
import { iconDraws } from './iconShapes.ts';
import type { Css } from './iconShapes.ts';

/** The side of the box in which an icon is drawn, and how many pixels of the atlas each unit of the box gets. */
const BOX = 24;
const SCALE = 3;
const COLUMNS = 8;
const CELL = BOX * SCALE;
/** The foot of a pin marks its place; every other icon is centred on its place. */
const PIN_FOOT = 0.96 * CELL;

/** All icons of the map in one canvas, in the theme's colours. Make a new one when the theme changes. */
export function drawIconAtlas(css: Css): IconAtlas {
  const draws = iconDraws();
  const image = document.createElement('canvas');
  image.width = COLUMNS * CELL;
  image.height = Math.ceil(draws.length / COLUMNS) * CELL;
  // Drawn in main memory: the atlas is made once and read once, and reading it back from a graphics card, above all one
  // emulated in software, would cost far more.
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
