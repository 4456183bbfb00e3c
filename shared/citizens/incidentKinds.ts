/**
 * The kinds of incidents that the public hears of by name. What concerns a single customer is `other`, and is published
 * only in words that a person released.
 */
export const incidentKinds = [
  'crash',
  'stalledVehicle',
  'debris',
  'congestion',
  'transit',
  'powerOutage',
  'waterMain',
  'other',
] as const;
/** One of these kinds. */
export type IncidentKind = (typeof incidentKinds)[number];
