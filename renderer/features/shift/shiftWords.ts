import type { ShiftState } from '../../../shared/shifts/shift.ts';

export const shiftStateWords = {
  open: 'Going on',
  closed: 'Closed, not signed',
  signed: 'Waits to be taken over',
  takenOver: 'Taken over',
} as const satisfies Record<ShiftState, string>;
