/** What people did about accounts and sessions. */
export const peopleEvents = [] as const;
