import { MAINTENANCE } from '../../../shared/alarms/alarmDomains.ts';
import type { AlarmDomainInfo } from '../../../shared/alarms/alarmDomains.ts';

/** The alarm domains that belong to no subject of the county: Beacon itself, and faulty sensors of every domain. */
export const systemAlarmDomains: readonly AlarmDomainInfo[] = [
  { id: 'system', label: 'System', icon: 'server', incidentType: 'sensor' },
  { id: MAINTENANCE, label: 'Maintenance', icon: 'wrench', incidentType: 'sensor' },
];
