import type { AlarmDomain } from '../../../shared/alarms/alarm.ts';
import type { IncidentType } from '../../../shared/incidents/incident.ts';

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
