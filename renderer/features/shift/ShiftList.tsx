import { GridList, GridListItem } from 'react-aria-components';
import type { ReactNode } from 'react';
import { createReportTime } from '../../../shared/shifts/reportTime.ts';
import { shiftState } from '../../../shared/shifts/shift.ts';
import type { Shift } from '../../../shared/shifts/shift.ts';
import { shiftStateWords } from './shiftWords.ts';
import styles from './shift.module.css';

type Props = { shifts: readonly Shift[]; chosen: string; timeZone: string; onChoose: (id: string) => void };

function detailOf(shift: Shift): string {
  const { signed, takenOver } = shift;
  if (signed === undefined && takenOver !== undefined) return 'Taken over, not signed';
  return `${shiftStateWords[shiftState(shift)]}${signed === undefined ? '' : `, signed by ${signed.by.name}`}`;
}

/** The shifts, newest first. */
export function ShiftList({ shifts, chosen, timeZone, onChoose }: Props): ReactNode {
  const time = createReportTime(timeZone);
  return (
    <GridList
      aria-label="Shifts"
      className={styles['list'] ?? ''}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[chosen]}
      onSelectionChange={(keys) => keys !== 'all' && onChoose(String([...keys][0]))}
    >
      {shifts.map((shift) => (
        <GridListItem
          key={shift.id}
          id={shift.id}
          textValue={`Shift ${shift.id}, ${detailOf(shift)}`}
          className={styles['item'] ?? ''}
          data-unsigned={shift.closed !== undefined && shift.signed === undefined}
        >
          <strong>{shift.id}</strong>
          <span>
            {time.dayClock(shift.opened.fromMs)} to{' '}
            {shift.closed === undefined ? 'now' : time.dayClock(shift.closed.toMs)}
          </span>
          <small>{detailOf(shift)}</small>
        </GridListItem>
      ))}
    </GridList>
  );
}
