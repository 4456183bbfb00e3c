import type { ReactNode } from 'react';
import type { Incident } from '../../shared/incidents/incident.ts';
import { useStream } from '../client/hooks.ts';
import { useIncident } from '../client/useIncident.ts';
import { FigureStrip } from '../features/figures/FigureStrip.tsx';
import { LayerSwitch } from '../features/map/LayerSwitch.tsx';
import { MapLegend } from '../features/map/MapLegend.tsx';
import { ScaleBar } from '../features/map/ScaleBar.tsx';
import { SituationMap } from '../features/map/SituationMap.tsx';
import type { Padding } from '../features/map/viewMath.ts';
import { ReviewList } from '../features/review/ReviewList.tsx';
import { ReviewLog } from '../features/review/ReviewLog.tsx';
import { ReviewTrack } from '../features/review/ReviewTrack.tsx';
import { useReview } from '../features/review/useReview.ts';
import { useTimeTravel } from '../features/timeline/useTimeTravel.ts';
import { Blank } from '../ui/Blank.tsx';
import { ErrorBoundary } from '../ui/ErrorBoundary.tsx';
import { useScreenSize } from '../ui/screenSize.ts';
import type { ScreenSize } from '../ui/screenSize.ts';
import { Skeleton } from '../ui/Skeleton.tsx';
import { addressOf } from './address.ts';
import type { PageProps } from './Page.ts';
import styles from './ReviewPage.module.css';

const covered: Record<ScreenSize, Padding> = {
  wide: { left: 356, right: 24, top: 96, bottom: 184 },
  narrow: { left: 296, right: 16, top: 96, bottom: 216 },
  compact: { left: 12, right: 12, top: 12, bottom: 12 },
};

/**
 * The review of an incident after the action: the county as it was, and in step with it what people did. If the address
 * names no incident, the page offers a choice.
 */
export function ReviewPage({ path }: PageProps): ReactNode {
  return path === '' ? <Choice /> : <OneReview key={path} id={path} />;
}

function OneReview({ id }: { id: string }): ReactNode {
  const answer = useIncident(id);
  switch (answer.state) {
    case 'loading':
      return <Skeleton rows={8} />;
    case 'failed':
      return <Blank title="This incident cannot be shown.">{answer.message}</Blank>;
    case 'done':
      return <Room incident={answer.value} />;
  }
}

function Choice(): ReactNode {
  const incidents = useStream('incidents');
  if (incidents === undefined) return <Skeleton rows={8} />;
  return (
    <div className={styles['choice']}>
      <ReviewList incidents={incidents.values()} hrefOf={(id) => addressOf('review', id)} />
    </div>
  );
}

function Room({ incident }: { incident: Incident }): ReactNode {
  const travel = useTimeTravel();
  const review = useReview(incident, travel);
  const size = useScreenSize();
  return (
    <>
      <div className={styles['map']}>
        <ErrorBoundary name="The map">
          <SituationMap insets={covered[size]} detailInsets={covered[size]} />
        </ErrorBoundary>
      </div>
      <div className={styles['frame']}>
        <div className={styles['log']}>
          <ErrorBoundary name="What was done">
            <ReviewLog
              incident={incident}
              incidentHref={addressOf('incidents', incident.id)}
              review={review}
              travel={travel}
            />
          </ErrorBoundary>
        </div>
        <div className={styles['controls']}>
          <LayerSwitch />
          <MapLegend />
          <ScaleBar />
        </div>
        <div className={styles['strip']}>
          <ErrorBoundary name="The figure strip">
            <FigureStrip />
          </ErrorBoundary>
        </div>
        <div className={styles['track']}>
          <ErrorBoundary name="The time of the review">
            <ReviewTrack review={review} travel={travel} closeHref={addressOf('review')} />
          </ErrorBoundary>
        </div>
      </div>
    </>
  );
}
