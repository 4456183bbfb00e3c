import { useState } from 'react';
import type { ReactNode } from 'react';
import { AlarmCard } from '../features/alarms/AlarmCard.tsx';
import { AlarmPanel } from '../features/alarms/AlarmPanel.tsx';
import { DetailPanel } from '../features/detail/DetailPanel.tsx';
import { FigureStrip } from '../features/figures/FigureStrip.tsx';
import { emptyDraft } from '../features/incidents/draftIncident.ts';
import { IncidentPanel } from '../features/incidents/IncidentPanel.tsx';
import { PlaceMenu } from '../features/incidents/PlaceMenu.tsx';
import { LayerSwitch } from '../features/map/LayerSwitch.tsx';
import { MapLegend } from '../features/map/MapLegend.tsx';
import { ScaleBar } from '../features/map/ScaleBar.tsx';
import { SituationMap } from '../features/map/SituationMap.tsx';
import { ProposalPanel } from '../features/proposals/ProposalPanel.tsx';
import type { Padding } from '../features/map/viewMath.ts';
import { TimeLine } from '../features/timeline/TimeLine.tsx';
import { useCountyData, useSelection } from '../client/hooks.ts';
import { ErrorBoundary } from '../ui/ErrorBoundary.tsx';
import { useScreenSize } from '../ui/screenSize.ts';
import type { ScreenSize } from '../ui/screenSize.ts';
import { openFromAlarms } from './openFromAlarms.ts';
import type { PageProps } from './Page.ts';
import styles from './SituationPage.module.css';

/**
 * The part of the map that panels cover, in CSS pixels, so that the county is fitted between them; `detail` includes
 * the detail panel.
 */
const panels: Record<ScreenSize, Padding> = {
  wide: { left: 356, right: 396, top: 24, bottom: 192 },
  narrow: { left: 316, right: 316, top: 16, bottom: 216 },
  compact: { left: 12, right: 12, top: 12, bottom: 12 },
};
const detail: Record<ScreenSize, Padding> = {
  wide: { ...panels.wide, bottom: panels.wide.bottom + 304 },
  narrow: { ...panels.narrow, bottom: panels.narrow.bottom + 200 },
  compact: panels.compact,
};

/** The map fills the page, and everything else floats at its edges. */
export function SituationPage({ openIncident }: PageProps): ReactNode {
  const { alarmDomains } = useCountyData();
  const selection = useSelection();
  const [folded, setFolded] = useState({ alarms: false, incidents: false });
  const size = useScreenSize();
  return (
    <>
      <div className={styles['map']}>
        <ErrorBoundary name="The map">
          <SituationMap insets={panels[size]} detailInsets={detail[size]} />
        </ErrorBoundary>
      </div>
      <div className={styles['frame']}>
        <div className={styles['left']}>
          <ErrorBoundary name="The alarm list">
            <AlarmPanel
              onOpenIncident={openFromAlarms(openIncident, alarmDomains ?? [], (id) =>
                selection.select({ kind: 'incident', id }),
              )}
              isFolded={folded.alarms}
              onFold={(alarms) => setFolded({ ...folded, alarms })}
            />
          </ErrorBoundary>
        </div>
        <Centre openIncident={openIncident} />
        <div className={styles['right']}>
          <div className={styles['proposed']}>
            <ErrorBoundary name="What is proposed">
              <ProposalPanel />
            </ErrorBoundary>
          </div>
          <ErrorBoundary name="The incident queue">
            <IncidentPanel
              onOpen={() => openIncident(emptyDraft)}
              isFolded={folded.incidents}
              onFold={(incidents) => setFolded({ ...folded, incidents })}
            />
          </ErrorBoundary>
        </div>
        <div className={styles['strip']}>
          <ErrorBoundary name="The figure strip">
            <FigureStrip />
          </ErrorBoundary>
        </div>
        <div className={styles['time']}>
          <ErrorBoundary name="The time line">
            <TimeLine />
          </ErrorBoundary>
        </div>
      </div>
      <PlaceMenu onOpenIncident={openIncident} />
    </>
  );
}

function Centre({ openIncident }: Pick<PageProps, 'openIncident'>): ReactNode {
  const { alarmDomains } = useCountyData();
  const selection = useSelection();
  return (
    <div className={styles['centre']}>
      <div className={styles['gap']} />
      <div className={styles['controls']}>
        <LayerSwitch />
        <MapLegend />
        <ScaleBar />
      </div>
      <ErrorBoundary name="The detail panel">
        <DetailPanel
          drawAlarm={(alarm) => (
            <AlarmCard
              alarm={alarm}
              onOpenIncident={openFromAlarms(openIncident, alarmDomains ?? [], (id) =>
                selection.select({ kind: 'incident', id }),
              )}
            />
          )}
        />
      </ErrorBoundary>
    </div>
  );
}
