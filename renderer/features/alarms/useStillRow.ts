import { useLayoutEffect, useRef } from 'react';
import type { RefObject } from 'react';
import type { Rows } from './listCursor.ts';

/**
 * New rows above do not push away the row that is looked at, unless the list stands at its top, where the new ones are
 * to be seen.
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
