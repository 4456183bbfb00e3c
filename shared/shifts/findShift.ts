import type { Shift } from './shift.ts';

/** Names the newest shift in place of an id. */
export const LATEST = 'latest';

/** Finds a shift. `shifts`: oldest first; `shiftId`: the id of a shift, or `LATEST`. */
export const findShift = (shifts: readonly Shift[], shiftId: string): Shift | undefined =>
  shiftId === LATEST ? shifts.at(-1) : shifts.find(({ id }) => id === shiftId);
