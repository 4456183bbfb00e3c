import type { FocusEvent, KeyboardEvent, MouseEvent, RefObject } from 'react';
import type { Alarm } from '../../../shared/alarms/alarm.ts';
import { leadOf } from './alarmRows.ts';
import { keyMeaning } from '../../ui/keyChoice.ts';
import { preferencesNow } from '../../ui/preferences.ts';
import { keyAction } from './keyAction.ts';
import type { KeyAction } from './keyAction.ts';
import { allSelected, cursorIndex, headOf, movedTo, toggled } from './listCursor.ts';
import type { Rows } from './listCursor.ts';
import type { CursorState } from './useListCursor.ts';

export type ListActions = {
  onAcknowledge: (alarms: readonly Alarm[]) => void;
  onOpenIncident: (alarms: readonly Alarm[]) => void;
  onShelve: (alarms: readonly Alarm[]) => void;
  /** Shows the cursor's alarm on the map. */
  onShow: (alarm: Alarm) => void;
  onExpand: (key: string, isExpanded: boolean) => void;
};

type Options = {
  rows: Rows;
  /** The index of the cursor's row; -1 without one. */
  at: number;
  state: CursorState;
  rowHeightPx: number;
  actions: ListActions;
  isShownByClick: boolean;
};
type ListInput = {
  onKeyDown: (event: KeyboardEvent<HTMLDivElement>) => void;
  onClick: (event: MouseEvent<HTMLDivElement>) => void;
  onFocus: (event: FocusEvent<HTMLDivElement>) => void;
};

/**
 * Handles keys, clicks and the focus in a list of alarms: they move the cursor, select, and act on what is selected.
 */
export function useListInput(
  scroller: RefObject<HTMLDivElement | null>,
  { rows, at, state, rowHeightPx, actions, isShownByClick }: Options,
): ListInput {
  const goTo = (index: number, isExtending: boolean): void => {
    const next = movedTo(state.cursor, rows, index, isExtending);
    state.setCursor(next);
    if (scroller.current !== null) bringIntoSight(scroller.current, cursorIndex(next, rows), rowHeightPx);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const pageRows = Math.floor(event.currentTarget.clientHeight / rowHeightPx);
    const { ctrlKey, metaKey, altKey, shiftKey } = event;
    const key = ctrlKey || metaKey ? event.key : keyMeaning(event.key, preferencesNow());
    const action =
      key !== undefined && event.target === event.currentTarget && at !== -1
        ? keyAction({ key, ctrlKey, metaKey, altKey, shiftKey }, { at, count: rows.list.length, pageRows })
        : undefined;
    if (action === undefined || !perform(action, { rows, at, state, goTo, actions })) return;
    // Without this, the letters would also act as shortcuts of the control room.
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
  // Something that focuses a row, as assistive technology does, moves the cursor to that row.
  const onFocus = (event: FocusEvent<HTMLDivElement>): void => {
    const index = event.target.getAttribute('role') === 'row' ? indexOf(event.target) : undefined;
    if (index === undefined) return;
    goTo(index, false);
    scroller.current?.focus({ preventScroll: true });
  };
  return { onKeyDown, onClick, onFocus };
}

/** The index of the row that contains an element of the page. */
function indexOf(target: EventTarget): number | undefined {
  const index = target instanceof Element ? target.closest<HTMLElement>('[role="row"]')?.dataset['index'] : undefined;
  return index === undefined ? undefined : Number(index);
}

/**
 * The scroll position is calculated, because measuring the page first would make the browser do its layout twice per
 * key.
 */
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
  actions: ListActions;
};

/** Returns false when there was nothing to do, so that the key may have another meaning elsewhere. */
function perform(action: KeyAction, { rows, at, state, goTo, actions }: Scene): boolean {
  const row = rows.list[at];
  switch (action.kind) {
    case 'move':
      goTo(action.to, action.isExtending);
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
      // Moves on to the next row: an acknowledged alarm goes further down the list.
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
      return action satisfies never;
  }
}
