import type { AlarmDomainInfo } from '../../shared/alarms/alarmDomains.ts';
import type { Alarm } from '../../shared/alarms/alarm.ts';
import { draftFromAlarm } from '../features/incidents/draftIncident.ts';
import type { PageProps } from './Page.ts';

/** The most alarms with which one incident can be opened. */
const MOST = 500;

/** Opens an incident from alarms: the first one determines its type and title, and all of them are linked to it. */
export const openFromAlarms =
  (openIncident: PageProps['openIncident'], alarmDomains: readonly AlarmDomainInfo[] = []) =>
  (alarms: readonly Alarm[]): void => {
    const [lead] = alarms;
    if (lead !== undefined)
      openIncident({ ...draftFromAlarm(lead, alarmDomains), alarmIds: alarms.slice(0, MOST).map(({ id }) => id) });
  };
