import type { ReactNode } from 'react';
import { useCountyData } from '../client/hooks.ts';
import { useShow } from '../client/useShow.ts';
import { AlarmsView } from '../features/alarms/AlarmsView.tsx';
import { addressOf } from './address.ts';
import { openFromAlarms } from './openFromAlarms.ts';
import type { PageProps } from './Page.ts';

/** The full list of alarms. Showing one on the map opens the situation page. */
export function AlarmsPage({ openIncident }: PageProps): ReactNode {
  const { alarmDomains } = useCountyData();
  const show = useShow();
  return (
    <AlarmsView
      onOpenIncident={openFromAlarms(openIncident, alarmDomains ?? [], (id) =>
        window.location.assign(addressOf('incidents', id)),
      )}
      onShow={(alarm) => {
        show({ kind: 'alarm', id: alarm.id }, alarm);
        window.location.assign(addressOf('situation'));
      }}
      onShowWork={({ subject, lon, lat }) => {
        show(subject, { lon, lat });
        window.location.assign(addressOf('situation'));
      }}
    />
  );
}
