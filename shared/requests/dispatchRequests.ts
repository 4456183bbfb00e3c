/** The choice of units for an incident. */
export const dispatchRequests = {} as const;
