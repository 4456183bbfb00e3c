import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeWindow } from '../../../../main/shell/placeWindow.ts';
import type { Rectangle } from '../../../../main/shell/placeWindow.ts';

const left = { x: 0, y: 0, width: 1920, height: 1040 };
const right = { x: 1920, y: 0, width: 2560, height: 1400 };

test('the first start centres the window on the first display', () => {
  expect(placeWindow(undefined, [left, right])).toEqual({ x: 160, y: 20, width: 1600, height: 1000 });
  expect(placeWindow(undefined, [{ x: 0, y: 0, width: 1280, height: 700 }])).toEqual({
    x: 0,
    y: 0,
    width: 1280,
    height: 700,
  });
});

test('a window returns to where it was', () => {
  const saved = { x: 2000, y: 100, width: 1200, height: 800 };
  expect(placeWindow(saved, [left, right])).toEqual(saved);
});

test('a window that hangs over an edge goes to the display with the larger part of it', () => {
  expect(placeWindow({ x: 1000, y: 500, width: 1200, height: 800 }, [left, right])).toEqual({
    x: 720,
    y: 240,
    width: 1200,
    height: 800,
  });
});

test('the window of a display that was taken away is centred on the first', () => {
  expect(placeWindow({ x: 2000, y: 100, width: 1200, height: 800 }, [left])).toEqual({
    x: 360,
    y: 120,
    width: 1200,
    height: 800,
  });
});

test('wherever it was, the window is whole on one display', () => {
  const coordinate = fc.integer({ min: -10_000, max: 10_000 });
  const size = fc.integer({ min: 200, max: 8_000 });
  const rectangle = fc.record({ x: coordinate, y: coordinate, width: size, height: size });
  const isInside = (inner: Rectangle, outer: Rectangle): boolean =>
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height;
  fc.assert(
    fc.property(rectangle, fc.array(rectangle, { minLength: 1, maxLength: 4 }), (saved, areas) => {
      const placed = placeWindow(saved, areas);
      return areas.some((area) => isInside(placed, area));
    }),
  );
});
