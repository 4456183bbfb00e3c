/** Accounts, sessions and rights. */
export const peopleRequests = {} as const;
