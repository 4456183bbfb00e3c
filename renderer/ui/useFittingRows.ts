import { useLayoutEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';

/**
 * How many rows of equal height fit into a list that nobody can scroll, so that none is shown by half; the height is
 * that of the first row. `most` are shown until the list has been measured.
 */
export function useFittingRows<E extends HTMLElement>(most: number): { list: RefObject<E | null>; rows: number } {
  const list = useRef<E>(null);
  const [rows, setRows] = useState(most);
  useLayoutEffect(() => {
    const element = list.current;
    if (element === null) return undefined;
    const look = (): void => {
      const rowPx = element.firstElementChild?.getBoundingClientRect().height ?? 0;
      if (rowPx > 0) setRows(Math.min(most, Math.max(1, Math.floor((element.clientHeight + 1) / rowPx))));
    };
    const observer = new ResizeObserver(look);
    observer.observe(element);
    look();
    return () => observer.disconnect();
  });
  return { list, rows };
}
