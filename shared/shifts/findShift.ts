import type { Shift } from './shift.ts';

/** Names the newest shift in place of an id. */
export const LATEST = 'latest';

/** `shifts`: oldest first; `shiftId`: a shift's id, or the latest. */
export const findShift = (shifts: readonly Shift[], shiftId: string): Shift | undefined =>
  shiftId === LATEST ? shifts.at(-1) : shifts.find(({ id }) => id === shiftId);
