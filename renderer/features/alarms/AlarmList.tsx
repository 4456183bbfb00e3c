import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useId, useRef } from 'react';
import type { ReactNode } from 'react';
import styles from './AlarmList.module.css';
import { leadOf } from './alarmRows.ts';
import type { AlarmRow } from './alarmRows.ts';
import { cursorIndex } from './listCursor.ts';
import type { Rows } from './listCursor.ts';
import type { CursorState } from './useListCursor.ts';
import { useListInput } from './useListInput.ts';
import type { ListActions } from './useListInput.ts';
import { useStillRow } from './useStillRow.ts';

const ROWS_BEYOND = 6;

type Props = {
  label: string;
  rows: Rows;
  state: CursorState;
  rowHeightPx: number;
  /** Draws the contents of a row, as cells of the grid. Passing another function redraws every row. */
  drawRow: (row: AlarmRow, isCursor: boolean) => ReactNode;
  actions: ListActions;
  /** A click shows the alarm on the map at once, where the list has no space for its details beside it. */
  isShownByClick?: boolean;
  /** Id of the element that describes the keys. */
  describedBy?: string;
};

/**
 * A list of any length of which only the visible rows exist as elements. The focus stays on the list and the cursor is
 * announced to assistive technology, so that a row that scrolls away does not take the focus with it. Arrows, Page,
 * Home and End move; with Shift they select; Space selects one, Ctrl+A all; right and left unfold and fold a group; A
 * acknowledges, S shelves, I opens an incident, Enter shows on the map.
 */
export function AlarmList({
  label,
  rows,
  state,
  rowHeightPx,
  drawRow,
  actions,
  isShownByClick = false,
  describedBy,
}: Props): ReactNode {
  const listId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  // The library keeps state of its own that the compiler cannot see, and redraws by itself.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({
    count: rows.list.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPx,
    overscan: ROWS_BEYOND,
  });
  const at = cursorIndex(state.cursor, rows);
  useStillRow(scroller, rows, at, rowHeightPx);
  const items = virtual.getVirtualItems();
  const slots = slotCount(items.length, virtual.scrollRect?.height ?? 0, rowHeightPx);
  const input = useListInput(scroller, { rows, at, state, rowHeightPx, actions, isShownByClick });
  return (
    <div
      ref={scroller}
      className={styles['list']}
      tabIndex={0}
      role="treegrid"
      aria-label={label}
      aria-describedby={describedBy}
      aria-multiselectable
      aria-rowcount={rows.list.length}
      aria-activedescendant={at === -1 ? undefined : `${listId}${at}`}
      data-testid="alarm-list"
      data-detailed={!isShownByClick}
      {...input}
    >
      <div className={styles['all']} role="presentation" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index }) => {
          const row = rows.list[index];
          return row === undefined ? null : (
            <Line
              key={index % slots}
              id={`${listId}${index}`}
              row={row}
              index={index}
              heightPx={rowHeightPx}
              isCursor={index === at}
              isSelected={state.cursor.selected.has(row.key)}
              drawRow={drawRow}
            />
          );
        })}
      </div>
    </div>
  );
}

/**
 * The number of line elements. A line that scrolls out of sight is reused for another row, so that scrolling by a page
 * creates no element.
 */
const slotCount = (inSight: number, heightPx: number, rowHeightPx: number): number =>
  Math.max(inSight, Math.ceil(heightPx / rowHeightPx) + 1 + 2 * ROWS_BEYOND);

type LineProps = {
  id: string;
  row: AlarmRow;
  index: number;
  heightPx: number;
  isCursor: boolean;
  isSelected: boolean;
  drawRow: Props['drawRow'];
};

/** A line is redrawn only when something about it has changed: a key touches two lines out of forty. */
const Line = memo(function Line({ id, row, index, heightPx, isCursor, isSelected, drawRow }: LineProps): ReactNode {
  const isMember = row.kind === 'alarm' && row.group !== undefined;
  return (
    <div
      id={id}
      className={styles['line']}
      style={{ height: heightPx, transform: `translateY(${index * heightPx}px)` }}
      tabIndex={-1}
      role="row"
      aria-level={isMember ? 2 : 1}
      aria-rowindex={index + 1}
      aria-selected={isSelected || isCursor}
      aria-expanded={row.kind === 'group' ? row.isExpanded : undefined}
      data-testid="alarm-row"
      data-index={index}
      data-alarm={leadOf(row).id}
      data-cursor={isCursor}
      data-selected={isSelected}
      data-member={isMember}
    >
      {drawRow(row, isCursor)}
    </div>
  );
});
