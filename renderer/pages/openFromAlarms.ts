import type { AlarmDomainInfo } from '../../shared/alarms/alarmDomains.ts';
import type { Alarm } from '../../shared/alarms/alarm.ts';
import { draftFromAlarm } from '../features/incidents/draftIncident.ts';
import type { PageProps } from './Page.ts';

/** As many as one incident can be opened with. */
const MOST = 500;

/** Opens an incident from alarms: the first one says what it is, all of them are linked. */
export const openFromAlarms =
  (openIncident: PageProps['openIncident'], alarmDomains: readonly AlarmDomainInfo[] = []) =>
  (alarms: readonly Alarm[]): void => {
    const [lead] = alarms;
    if (lead !== undefined)
      openIncident({ ...draftFromAlarm(lead, alarmDomains), alarmIds: alarms.slice(0, MOST).map(({ id }) => id) });
  };
