import type { Page } from '@playwright/test';

type Rect = { left: number; top: number; right: number; bottom: number };
/** A piece of text or a control as it stands on the screen. */
type Piece = {
  name: string;
  /** Its lines, without what is scrolled out of sight; empty if nothing of it is in sight. */
  lines: Rect[];
  isText: boolean;
  /** A box that does not scroll, or the window, hides a part of it. */
  isCut: boolean;
  /** The part that is hidden can be read otherwise: the text ends with an ellipsis, and a title gives all of it. */
  hasTitle: boolean;
  /** It must be on the screen without scrolling and in full. */
  isKept: boolean;
  /** What lies above its middle, if that is something else. */
  cover: string | undefined;
};
type Measured = { pieces: Piece[]; sideways: string[] };

/** Two texts whose lines share no more than this are neighbours. */
const TOUCH_PX = 2;

/**
 * What cannot be read or reached on the page as it stands: cut or covered texts and controls, texts above each other,
 * and boxes that must be scrolled sideways. `kept` are selectors of what must be in sight in full.
 */
export async function layoutFaults(page: Page, kept: readonly string[] = []): Promise<string[]> {
  const { pieces, sideways } = await page.evaluate(measure, [...kept]);
  return [
    ...sideways.map((name) => `scrolls sideways: ${name}`),
    ...pieces.filter(({ isCut, hasTitle, isKept }) => isCut && (isKept || !hasTitle)).map(({ name }) => `cut: ${name}`),
    ...pieces.filter(({ isKept, lines }) => isKept && lines.length === 0).map(({ name }) => `out of sight: ${name}`),
    ...pieces.flatMap(({ name, cover }) => (cover === undefined ? [] : [`${name} is covered by ${cover}`])),
    ...overlaps(pieces.filter(({ isText }) => isText)),
    ...kept
      .filter((selector) => !pieces.some(({ name }) => name.startsWith(`${selector} `)))
      .map((s) => `missing: ${s}`),
  ];
}

const meet = (a: Rect, b: Rect): boolean =>
  Math.min(a.right, b.right) - Math.max(a.left, b.left) > TOUCH_PX &&
  Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > TOUCH_PX;

function overlaps(texts: readonly Piece[]): string[] {
  return texts.flatMap((one, at) =>
    texts
      .slice(at + 1)
      .filter((other) => one.lines.some((a) => other.lines.some((b) => meet(a, b))))
      .map((other) => `${one.name} overlaps ${other.name}`),
  );
}

/** Runs in the page: `evaluate` sends its text alone, so that everything it needs stands in it. */
function measure(kept: string[]): Measured {
  const root = document.querySelector('[role="dialog"], [role="alertdialog"]') ?? document.body;
  const windowBox: Rect = { left: 0, top: 0, right: window.innerWidth, bottom: window.innerHeight };
  const shared = (a: Rect, b: Rect): Rect => ({
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  });
  const isEmpty = (r: Rect): boolean => r.right - r.left < 1 || r.bottom - r.top < 1;
  const nameOf = (element: Element, words: string): string => {
    const own = kept.find((selector) => element.closest(selector) !== null);
    const near = element.closest('[data-testid], [aria-label], [class]');
    return `${own ?? near?.getAttribute('data-testid') ?? near?.getAttribute('class') ?? element.tagName} “${words.trim().slice(0, 60)}”`;
  };
  const isSeen = (element: Element): boolean => {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    for (let at: Element | null = element; at !== null && at !== root; at = at.parentElement) {
      const box = at.getBoundingClientRect();
      if (at instanceof HTMLElement && (box.width <= 1 || box.height <= 1)) return false;
    }
    return true;
  };
  const inSight = (element: Element, all: readonly Rect[]): Pick<Piece, 'lines' | 'isCut' | 'hasTitle'> => {
    let lines = [...all];
    let [isCut, hasTitle] = [false, false];
    const narrow = (box: Rect, isHard: boolean): void => {
      const before = lines;
      lines = lines.map((line) => shared(line, box));
      const isLess = before.some((b, i) => b.right - b.left + b.bottom - b.top - 1.5 > size(lines[i] ?? b));
      if (isLess && isHard) isCut = true;
      lines = lines.filter((line) => !isEmpty(line));
    };
    const size = (r: Rect): number => Math.max(0, r.right - r.left) + Math.max(0, r.bottom - r.top);
    for (let at: Element | null = element; at !== null && at !== document.body; at = at.parentElement) {
      const { overflowX, overflowY, position } = getComputedStyle(at);
      const [x, y] = [/auto|scroll/.test(overflowX), /auto|scroll/.test(overflowY)];
      if (at.hasAttribute('title')) hasTitle = true;
      const { left, top, right, bottom } = at.getBoundingClientRect();
      const open = { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity };
      if (x || y) narrow({ ...open, ...(x && { left, right }), ...(y && { top, bottom }) }, false);
      if (/hidden|clip/.test(overflowX)) narrow({ ...open, left, right }, true);
      if (/hidden|clip/.test(overflowY)) narrow({ ...open, top, bottom }, true);
      if (position === 'fixed') break;
    }
    narrow(windowBox, true);
    return { lines, isCut, hasTitle };
  };
  const coverOf = (element: Element, [line]: readonly Rect[]): string | undefined => {
    if (line === undefined || getComputedStyle(element).pointerEvents === 'none') return undefined;
    const top = document.elementFromPoint((line.left + line.right) / 2, (line.top + line.bottom) / 2);
    if (top === null || top.contains(element) || element.contains(top)) return undefined;
    if (top.closest('label')?.contains(element) === true) return undefined;
    // A button that shows only under the pointer lies above what it replaces then.
    if (!top.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return undefined;
    return nameOf(top, top.textContent);
  };
  const piece = (element: Element, words: string, rects: Iterable<Rect>, isText: boolean): Piece => {
    const seen = inSight(
      element,
      [...rects].filter((rect) => !isEmpty(rect)),
    );
    const isKept = kept.some((selector) => element.closest(selector) !== null);
    return { name: nameOf(element, words), ...seen, isText, isKept, cover: coverOf(element, seen.lines) };
  };
  const pieces: Piece[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const [words, parent] = [node.textContent ?? '', node.parentElement];
    if (words.trim() === '' || parent === null || !isSeen(parent)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    pieces.push(piece(parent, words, range.getClientRects(), true));
  }
  for (const control of root.querySelectorAll('button, a[href], input, textarea, [role="slider"]'))
    if (isSeen(control) && !(control instanceof HTMLInputElement && control.type === 'checkbox'))
      pieces.push(
        piece(
          control,
          control.getAttribute('aria-label') ?? control.textContent,
          [control.getBoundingClientRect()],
          false,
        ),
      );
  const sideways = [document.documentElement, ...root.querySelectorAll('*')]
    .filter((e) => e.scrollWidth > e.clientWidth + 1 && isSeen(e))
    .filter((e) => e === document.documentElement || /auto|scroll/.test(getComputedStyle(e).overflowX))
    .map((e) => nameOf(e, e.textContent));
  return { pieces, sideways };
}
