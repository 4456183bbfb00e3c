import type { AlarmDomainInfo } from '../../shared/alarms/alarmDomains.ts';

/** The alarm domains as an engine declares them. */
export const fixtureAlarmDomains: readonly AlarmDomainInfo[] = [
  { id: 'traffic', label: 'Traffic', icon: 'car', incidentType: 'congestion' },
  { id: 'transit', label: 'Transit', icon: 'bus', incidentType: 'transit' },
  { id: 'electricity', label: 'Electricity', icon: 'zap', incidentType: 'powerOutage' },
  { id: 'water', label: 'Water', icon: 'droplet', incidentType: 'waterMain' },
  { id: 'citizen', label: 'Citizens', icon: 'message', incidentType: 'citizen' },
  { id: 'system', label: 'System', icon: 'server', incidentType: 'sensor' },
  { id: 'maintenance', label: 'Maintenance', icon: 'wrench', incidentType: 'sensor' },
];
