/** What people did about shifts. */
export const shiftEvents = [] as const;
