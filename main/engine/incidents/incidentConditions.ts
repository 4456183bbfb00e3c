import type { AlarmDomain } from '../../../shared/alarms/alarmDomains.ts';
import type { Incident, IncidentType } from '../../../shared/incidents/incident.ts';
import { isOnRoad, measureName, serviceClocks } from '../../../shared/incidents/serviceLevels.ts';
import type { ServiceClock } from '../../../shared/incidents/serviceLevels.ts';
import type { PlaybookState } from '../../../shared/incidents/playbookState.ts';
import type { Condition } from '../domains/kit/Condition.ts';

const domainOf: Record<IncidentType, AlarmDomain> = {
  crash: 'traffic',
  stalledVehicle: 'traffic',
  debris: 'traffic',
  congestion: 'traffic',
  transit: 'transit',
  powerOutage: 'electricity',
  waterMain: 'water',
  leak: 'water',
  meter: 'system',
  sensor: 'system',
  citizen: 'citizen',
  other: 'system',
};
const minutes = (ms: number): string => `${Math.round(ms / 60_000)} min`;

/**
 * The condition of an incident that has missed its service level or soon will: one per incident, for its worst clocks.
 */
function serviceCondition(incident: Incident, clocks: readonly ServiceClock[]): Condition[] {
  const isMissed = clocks.some(({ state }) => state === 'missed');
  const shown = clocks.filter(({ state }) => state === (isMissed ? 'missed' : 'warning'));
  const names = shown.map(({ measure }) => measureName(measure, isOnRoad(incident.type))).join(', ');
  if (shown.length === 0) return [];
  return [
    {
      rule: 'incident.serviceLevel',
      domain: domainOf[incident.type],
      priority: isMissed && incident.priority <= 2 ? 2 : 3,
      subject: { kind: 'system', id: `incident:${incident.id}` },
      incidentId: incident.id,
      title: isMissed ? `${incident.id}: ${names} out of time` : `${incident.id}: ${names} soon out of time`,
      place: incident.place,
      ...(incident.lon !== undefined && incident.lat !== undefined && { lon: incident.lon, lat: incident.lat }),
      cause: `${incident.title}: the work takes longer than the service level for priority ${incident.priority} allows.`,
      consequence: isMissed
        ? 'The service level is missed; the delay is in the shift report.'
        : 'The service level will be missed.',
      action: `Look at ${incident.id}: what is it waiting for? Write down the time where it has been reached.`,
      evidence: shown.map(({ measure, elapsedMs, targetMs }) => ({
        label: measureName(measure, isOnRoad(incident.type)),
        text: isMissed ? `more than ${minutes(targetMs)}` : `${minutes(elapsedMs ?? 0)} of ${minutes(targetMs)}`,
      })),
      onDelayMs: 0,
      offDelayMs: 2000,
    },
  ];
}

/** The conditions of service-level clocks that warn or are missed. */
export function incidentConditions(incidents: readonly Incident[], nowMs: number): Condition[] {
  return incidents
    .filter(({ status }) => status !== 'resolved')
    .flatMap((incident) => serviceCondition(incident, serviceClocks(incident, nowMs)));
}

const settingBase = {
  domain: 'maintenance',
  priority: 4,
  place: 'Control room',
  onDelayMs: 0,
  offDelayMs: 2000,
} as const;

/** The conditions of files that people write and that cannot be used as they are. */
export function settingConditions(
  playbooks: readonly PlaybookState[],
  notificationFault: string | undefined,
): Condition[] {
  const faulty = playbooks
    .filter(({ faults }) => faults.length > 0)
    .map(({ type, faults }): Condition => ({
      ...settingBase,
      rule: 'system.playbook',
      subject: { kind: 'system', id: `playbook:${type}` },
      title: `The playbook ${type} has an error`,
      cause: faults[0] === undefined ? '' : `Line ${faults[0].line}: ${faults[0].reason}`,
      consequence: 'The last good one stays in use.',
      action: 'Mend it under Playbooks, or in its file.',
      evidence: faults.slice(0, 5).map(({ line, reason }) => ({ label: `Line ${line}`, text: reason })),
    }));
  if (notificationFault === undefined) return faulty;
  return [
    ...faulty,
    {
      ...settingBase,
      rule: 'system.notifications',
      subject: { kind: 'system', id: 'notifications' },
      title: 'The settings for notifications have an error',
      cause: notificationFault,
      consequence: 'Nobody is told by e-mail or webhook; telling is a task for people.',
      action: 'Mend notifications.json in the data folder.',
      evidence: [],
    },
  ];
}
