import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useId, useRef } from 'react';
import type { FocusEvent, KeyboardEvent, MouseEvent, ReactNode } from 'react';
import type { Alarm } from '../../../shared/alarms/alarm.ts';
import styles from './AlarmList.module.css';
import { leadOf } from './alarmRows.ts';
import type { AlarmRow } from './alarmRows.ts';
import { keyDeed } from './keyDeed.ts';
import type { KeyDeed } from './keyDeed.ts';
import { allSelected, cursorIndex, headOf, movedTo, toggled } from './listCursor.ts';
import type { Rows } from './listCursor.ts';
import type { CursorState } from './useListCursor.ts';
import { useStillRow } from './useStillRow.ts';

const ROWS_BEYOND = 6;

export type AlarmActions = {
  onAcknowledge: (alarms: readonly Alarm[]) => void;
  onOpenIncident: (alarms: readonly Alarm[]) => void;
  onShelve: (alarms: readonly Alarm[]) => void;
  /** Shows the cursor's alarm on the map. */
  onShow: (alarm: Alarm) => void;
  onExpand: (key: string, isExpanded: boolean) => void;
};
type Props = {
  label: string;
  rows: Rows;
  state: CursorState;
  rowHeightPx: number;
  /** Draws what is in a row, as cells of the grid. Another function draws every row anew. */
  drawRow: (row: AlarmRow, isCursor: boolean) => ReactNode;
  actions: AlarmActions;
  /** A click shows the alarm at once, where there is no room for its details beside the list. */
  isShownByClick?: boolean;
  /** Id of the element that describes the keys. */
  describedBy?: string;
};

/**
 * A list of any length of which only the rows in sight exist. The focus stays on the list and the cursor is told to
 * assistive technology, so that no row that scrolls away takes the focus with it. Arrows, Page, Home and End move; with
 * Shift they select; Space selects one, Ctrl+A all; right and left unfold and fold a group; A acknowledges, S shelves,
 * I opens an incident, Enter shows on the map.
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
  // The library keeps state of its own that the compiler cannot see, and draws anew by itself.
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
  // A line that leaves the sight is filled with one that comes in: a page further makes no element anew.
  const slots = Math.max(
    items.length,
    Math.ceil((virtual.scrollRect?.height ?? 0) / rowHeightPx) + 1 + 2 * ROWS_BEYOND,
  );

  const goTo = (index: number, isExtending: boolean): void => {
    const next = movedTo(state.cursor, rows, index, isExtending);
    state.setCursor(next);
    if (scroller.current !== null) bringIntoSight(scroller.current, cursorIndex(next, rows), rowHeightPx);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const pageRows = Math.floor(event.currentTarget.clientHeight / rowHeightPx);
    const deed =
      event.target === event.currentTarget && at !== -1
        ? keyDeed(event, { at, count: rows.list.length, pageRows })
        : undefined;
    if (deed === undefined || !perform(deed, { rows, at, state, goTo, actions })) return;
    // The letters would otherwise also be the shortcuts of the desk.
    event.preventDefault();
    event.stopPropagation();
  };
  const onClick = (event: MouseEvent<HTMLDivElement>): void => {
    const index = indexOf(event.target);
    const row = index === undefined ? undefined : rows.list[index];
    if (index === undefined || row === undefined) return;
    const isToggling = event.ctrlKey || event.metaKey;
    state.setCursor(
      isToggling ? toggled(state.cursor, rows, index) : movedTo(state.cursor, rows, index, event.shiftKey),
    );
    scroller.current?.focus({ preventScroll: true });
    if (event.detail === 2 || (isShownByClick && !isToggling && !event.shiftKey)) actions.onShow(leadOf(row));
  };
  // What focuses a row, as assistive technology does, puts the cursor there.
  const onFocus = (event: FocusEvent<HTMLDivElement>): void => {
    const index = event.target.getAttribute('role') === 'row' ? indexOf(event.target) : undefined;
    if (index === undefined) return;
    goTo(index, false);
    scroller.current?.focus({ preventScroll: true });
  };

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
      onKeyDown={onKeyDown}
      onClick={onClick}
      onFocus={onFocus}
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

type LineProps = {
  id: string;
  row: AlarmRow;
  index: number;
  heightPx: number;
  isCursor: boolean;
  isSelected: boolean;
  drawRow: Props['drawRow'];
};

/** Drawn anew only when something of it has changed: a key touches two lines out of forty. */
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

/** The index of the row that something of the page lies in. */
function indexOf(target: EventTarget): number | undefined {
  const index = target instanceof Element ? target.closest<HTMLElement>('[role="row"]')?.dataset['index'] : undefined;
  return index === undefined ? undefined : Number(index);
}

/** By arithmetic: what measures the page first would have it laid out twice a key. */
function bringIntoSight(list: HTMLElement, index: number, rowHeightPx: number): void {
  const [top, sight] = [index * rowHeightPx, list.clientHeight];
  if (top < list.scrollTop) list.scrollTop = top;
  else if (top + rowHeightPx > list.scrollTop + sight) list.scrollTop = top + rowHeightPx - sight;
}

type Scene = {
  rows: Rows;
  at: number;
  state: CursorState;
  goTo: (index: number, isExtending: boolean) => void;
  actions: AlarmActions;
};

/** False when there was nothing to do, so that the key may mean something elsewhere. */
function perform(deed: KeyDeed, { rows, at, state, goTo, actions }: Scene): boolean {
  const row = rows.list[at];
  switch (deed.kind) {
    case 'move':
      goTo(deed.to, deed.isExtending);
      return true;
    case 'toggle':
      state.setCursor(toggled(state.cursor, rows, at));
      return true;
    case 'selectAll':
      state.setCursor(allSelected(state.cursor, rows));
      return true;
    case 'selectNone':
      state.setCursor({ ...state.cursor, selected: new Set(), anchor: undefined });
      return state.cursor.selected.size > 0;
    case 'unfold':
      if (row?.kind === 'group') actions.onExpand(row.key, true);
      return true;
    case 'foldOrLeave':
      if (row?.kind === 'group') actions.onExpand(row.key, false);
      else goTo(headOf(rows, at) ?? at, false);
      return true;
    case 'acknowledge':
      actions.onAcknowledge(state.targets());
      // On to the next one: what is dealt with goes further down the list.
      state.passOn();
      return true;
    case 'shelve':
      actions.onShelve(state.targets());
      return true;
    case 'openIncident':
      actions.onOpenIncident(state.targets());
      return true;
    case 'show':
      if (row !== undefined) actions.onShow(leadOf(row));
      return true;
    default:
      return deed satisfies never;
  }
}
