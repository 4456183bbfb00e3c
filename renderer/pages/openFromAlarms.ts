import type { AlarmDomainInfo } from '../../shared/alarms/alarmDomains.ts';
import type { Alarm } from '../../shared/alarms/alarm.ts';
import { draftFromAlarm } from '../features/incidents/draftIncident.ts';
import type { PageProps } from './Page.ts';

/** The most alarms with which one incident can be opened. */
const MOST = 500;

/**
 * Opens an incident from alarms: the first one determines its type and title, and all of them are linked to it. Alarms
 * that belong to an incident are left out; where all of them do, that incident is shown in place of opening a second.
 */
export const openFromAlarms =
  (
    openIncident: PageProps['openIncident'],
    alarmDomains: readonly AlarmDomainInfo[],
    showIncident: (incidentId: string) => void,
  ) =>
  (alarms: readonly Alarm[]): void => {
    const free = alarms.filter(({ incidentId }) => incidentId === undefined);
    const [lead] = free;
    const known = alarms[0]?.incidentId;
    if (lead !== undefined)
      openIncident({ ...draftFromAlarm(lead, alarmDomains), alarmIds: free.slice(0, MOST).map(({ id }) => id) });
    else if (known !== undefined) showIncident(known);
  };
