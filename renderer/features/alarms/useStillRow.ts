import { useLayoutEffect, useRef } from 'react';
import type { RefObject } from 'react';
import type { Rows } from './listCursor.ts';

/**
 * Keeps the row of the cursor in its place when new rows appear above it, unless the list is scrolled to its top, where
 * the new ones should be seen.
 */
export function useStillRow(
  scroller: RefObject<HTMLDivElement | null>,
  rows: Rows,
  at: number,
  rowHeightPx: number,
): void {
  const before = useRef<{ rows: Rows; key: string | undefined; at: number }>({ rows, key: undefined, at });
  useLayoutEffect(() => {
    const [list, last] = [scroller.current, before.current];
    const key = rows.list[at]?.key;
    before.current = { rows, key, at };
    if (list === null || last.rows === rows || last.key !== key || last.at === at || list.scrollTop === 0) return;
    const isInSight =
      last.at * rowHeightPx >= list.scrollTop - rowHeightPx &&
      last.at * rowHeightPx < list.scrollTop + list.clientHeight;
    if (isInSight) list.scrollTop += (at - last.at) * rowHeightPx;
  });
}
