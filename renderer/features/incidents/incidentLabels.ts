import type { AlarmDomain } from '../../../shared/alarms/alarm.ts';
import type { IncidentStatus, IncidentType } from '../../../shared/incidents/incident.ts';

export const statusLabels: Record<IncidentStatus, string> = {
  reported: 'Reported',
  acknowledged: 'Acknowledged',
  verified: 'Verified',
  dispatched: 'Dispatched',
  onScene: 'On scene',
  restored: 'Restored',
  cleared: 'Cleared',
  recovered: 'Recovered',
  resolved: 'Resolved',
};

export const typeLabels: Record<IncidentType, string> = {
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
};

/** A first guess for the form; the person decides. */
export const typeOfDomain: Record<AlarmDomain, IncidentType> = {
  traffic: 'congestion',
  transit: 'transit',
  electricity: 'powerOutage',
  water: 'waterMain',
  citizen: 'citizen',
  system: 'sensor',
  maintenance: 'sensor',
};
