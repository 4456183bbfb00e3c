import { useState } from 'react';
import type { Alarm } from '../../../shared/alarms/alarm.ts';
import { leadOf } from './alarmRows.ts';
import { cursorIndex, firstCursor, passedOn, targetsOf } from './listCursor.ts';
import type { ListCursor, Rows } from './listCursor.ts';

/** A list's cursor, and the alarms that it stands for now. */
export type CursorState = {
  cursor: ListCursor;
  setCursor: (next: ListCursor) => void;
  /** The alarm of the cursor's row; undefined in an empty list. */
  current: Alarm | undefined;
  /** The alarms that keys act on. Call it only when a key is pressed, as it walks the whole list. */
  targets: () => Alarm[];
  passOn: () => void;
};

export function useListCursor(rows: Rows): CursorState {
  const [cursor, setCursor] = useState(firstCursor);
  const row = rows.list[cursorIndex(cursor, rows)];
  return {
    cursor,
    setCursor,
    current: row === undefined ? undefined : leadOf(row),
    targets: () => targetsOf(cursor, rows),
    passOn: () => setCursor(passedOn(cursor, rows)),
  };
}
