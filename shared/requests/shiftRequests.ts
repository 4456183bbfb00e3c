/** Shifts, their handover and their reports. */
export const shiftRequests = {} as const;
