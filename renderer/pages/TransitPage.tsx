import type { ReactNode } from 'react';
import { useCountyData } from '../client/hooks.ts';
import { useShow } from '../client/useShow.ts';
import { AlarmCard } from '../features/alarms/AlarmCard.tsx';
import { DetailPanel } from '../features/detail/DetailPanel.tsx';
import { TimeLine } from '../features/timeline/TimeLine.tsx';
import { TransitView } from '../features/transit/TransitView.tsx';
import { ErrorBoundary } from '../ui/ErrorBoundary.tsx';
import { addressOf } from './address.ts';
import { openFromAlarms } from './openFromAlarms.ts';
import type { PageProps } from './Page.ts';
import styles from './TransitPage.module.css';

/** The trips in trouble and what follows; Enter shows one on the map of the situation. */
export function TransitPage({ openIncident }: PageProps): ReactNode {
  const { alarmDomains } = useCountyData();
  const show = useShow();
  const onOpenIncident = openFromAlarms(openIncident, alarmDomains ?? [], (id) =>
    window.location.assign(addressOf('incidents', id)),
  );
  return (
    <div className={styles['page']}>
      <TransitView
        onShow={(subject) => {
          show(subject, {});
          window.location.assign(addressOf('situation'));
        }}
        detail={
          <ErrorBoundary name="The detail panel">
            <DetailPanel drawAlarm={(alarm) => <AlarmCard alarm={alarm} onOpenIncident={onOpenIncident} />} />
          </ErrorBoundary>
        }
      />
      <div className={styles['time']}>
        <ErrorBoundary name="The time line">
          <TimeLine />
        </ErrorBoundary>
      </div>
    </div>
  );
}
