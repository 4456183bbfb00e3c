/** The workstations that share the log. */
export const deskRequests = {} as const;
