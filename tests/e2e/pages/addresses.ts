/** The addresses of all pages that somebody works on in a shift. */
export const addresses = [
  'situation',
  'alarms',
  'incidents',
  'incidents/playbooks',
  'dispatch',
  'shift',
  'transit',
  'timetable',
  'review',
] as const;
