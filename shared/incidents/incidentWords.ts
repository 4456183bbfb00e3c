import type { IncidentStatus, IncidentType } from './incident.ts';

/** The types of incidents in words, on the screen and in reports. */
export const incidentTypeNames = {
  crash: 'Crash',
  stalledVehicle: 'Stalled vehicle',
  debris: 'Debris on the road',
  congestion: 'Congestion',
  transit: 'Transit disruption',
  powerOutage: 'Power outage',
  waterMain: 'Water main burst',
  leak: 'Leak',
  meter: 'Meter',
  sensor: 'Sensor fault',
  citizen: 'Citizen report',
  other: 'Other',
} as const satisfies Record<IncidentType, string>;

/** The statuses of incidents in words, on the screen and in reports. */
export const incidentStatusNames = {
  reported: 'Reported',
  acknowledged: 'Acknowledged',
  verified: 'Verified',
  dispatched: 'Dispatched',
  onScene: 'On scene',
  restored: 'Restored',
  cleared: 'Cleared',
  recovered: 'Recovered',
  resolved: 'Resolved',
} as const satisfies Record<IncidentStatus, string>;
