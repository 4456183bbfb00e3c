import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Subject } from '../../../shared/alarms/alarm.ts';
import { useSelection, useStream } from '../../client/hooks.ts';
import { PageSection } from '../../ui/PageSection.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { RouteTable } from './RouteTable.tsx';
import { ALL, shownTrips } from './troubleRows.ts';
import { TroubleFilter } from './TroubleFilter.tsx';
import { TroubleList } from './TroubleList.tsx';
import styles from './TransitView.module.css';

type Props = {
  /** Shows a vehicle or route on the map. */
  onShow: (subject: Subject) => void;
  /** The details of what is selected. */
  detail: ReactNode;
};

/** The trips in trouble now, or at the time of the picture, the worst first; and the service of every route. */
export function TransitView({ onShow, detail }: Props): ReactNode {
  const board = useStream('transit');
  const selection = useSelection();
  const [routeId, setRouteId] = useState(ALL);
  const [trouble, setTrouble] = useState(ALL);
  if (board === undefined) return <Skeleton rows={12} />;
  const trips = shownTrips(board, routeId, trouble);
  return (
    <div className={styles['view']}>
      <div className={styles['trips']}>
        <PageSection
          title={`Trips in trouble (${trips.length})`}
          action={
            <TroubleFilter
              routes={board.routes}
              routeId={routeId}
              onRoute={setRouteId}
              trouble={trouble}
              onTrouble={setTrouble}
            />
          }
        >
          <TroubleList trips={trips} onChoose={(subject) => selection.select(subject)} onShow={onShow} />
        </PageSection>
      </div>
      <div className={styles['routes']}>
        <PageSection title="Routes">
          <RouteTable routes={board.routes} onChoose={(id) => selection.select({ kind: 'route', id })} />
        </PageSection>
      </div>
      <div className={styles['detail']}>{detail}</div>
    </div>
  );
}
