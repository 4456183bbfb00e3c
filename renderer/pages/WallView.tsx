import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { useFeedFreshness, useFigureFreshness, useLogFreshness } from '../client/useFreshness.ts';
import { AlarmAnnouncer } from '../features/alarms/AlarmAnnouncer.tsx';
import { AlarmBoard } from '../features/alarms/AlarmBoard.tsx';
import { UrgentBanner } from '../features/alarms/UrgentBanner.tsx';
import { FigureStrip } from '../features/figures/FigureStrip.tsx';
import { IncidentBoard } from '../features/incidents/IncidentBoard.tsx';
import { SituationMap } from '../features/map/SituationMap.tsx';
import { Banner } from '../features/status/Banner.tsx';
import { WallHead } from '../features/status/WallHead.tsx';
import { useDisplayReport } from '../features/status/useDisplayReport.ts';
import { WallTile } from '../features/status/WallTile.tsx';
import { ErrorBoundary } from '../ui/ErrorBoundary.tsx';
import styles from './WallView.module.css';

const ALARM_ROWS = 14;
const INCIDENT_ROWS = 10;

/**
 * The situation on a wall of displays: the same parts with doubled type, nothing to press, and the age on every tile.
 */
export function WallView(): ReactNode {
  useEffect(() => {
    document.documentElement.dataset['scene'] = 'wall';
    return () => {
      delete document.documentElement.dataset['scene'];
    };
  }, []);
  useDisplayReport('Situation');
  const [feeds, figures, log] = [useFeedFreshness(), useFigureFreshness(), useLogFreshness()];
  return (
    <div className={styles['wall']}>
      <AlarmAnnouncer />
      <WallHead />
      <div className={styles['banner']}>
        <Banner />
        <UrgentBanner />
      </div>
      <div className={styles['tiles']}>
        <ErrorBoundary name="The alarm tile">
          <WallTile title="Alarms" freshness={feeds}>
            <AlarmBoard rows={ALARM_ROWS} />
          </WallTile>
        </ErrorBoundary>
        <ErrorBoundary name="The map tile">
          <WallTile title="Situation" freshness={feeds}>
            <SituationMap isWholeFirst />
          </WallTile>
        </ErrorBoundary>
        <ErrorBoundary name="The incident tile">
          <WallTile title="Incidents" freshness={log}>
            <IncidentBoard rows={INCIDENT_ROWS} />
          </WallTile>
        </ErrorBoundary>
      </div>
      <ErrorBoundary name="The figure tile">
        <WallTile title="Key figures" freshness={figures}>
          <FigureStrip isAgeAlwaysShown />
        </WallTile>
      </ErrorBoundary>
    </div>
  );
}
