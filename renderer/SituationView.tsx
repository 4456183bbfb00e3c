import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Alarm } from '../shared/alarms/alarm.ts';
import { AlarmAnnouncer } from './features/alarms/AlarmAnnouncer.tsx';
import { AlarmPanel } from './features/alarms/AlarmPanel.tsx';
import { DetailPanel } from './features/detail/DetailPanel.tsx';
import { FigureStrip } from './features/figures/FigureStrip.tsx';
import { draftFromAlarm, emptyDraft } from './features/incidents/draftIncident.ts';
import type { IncidentDraft } from './features/incidents/draftIncident.ts';
import { IncidentPanel } from './features/incidents/IncidentPanel.tsx';
import { OpenIncidentDialog } from './features/incidents/OpenIncidentDialog.tsx';
import { PlaceMenu } from './features/incidents/PlaceMenu.tsx';
import { LayerSwitch } from './features/map/LayerSwitch.tsx';
import { MapLegend } from './features/map/MapLegend.tsx';
import { ScaleBar } from './features/map/ScaleBar.tsx';
import { SituationMap } from './features/map/SituationMap.tsx';
import { CommandPalette } from './features/search/CommandPalette.tsx';
import { Banner } from './features/status/Banner.tsx';
import { DeadLettersDialog } from './features/status/DeadLettersDialog.tsx';
import { TopBar } from './features/status/TopBar.tsx';
import { UnplacedDialog } from './features/status/UnplacedDialog.tsx';
import { useHealth } from './features/status/useHealth.ts';
import { PastFrame } from './features/timeline/PastFrame.tsx';
import { TimeLine } from './features/timeline/TimeLine.tsx';
import { useTimeCommands } from './features/timeline/useTimeCommands.ts';
import { useTimeTravel } from './features/timeline/useTimeTravel.ts';
import { useClient } from './live/hooks.ts';
import styles from './SituationView.module.css';
import { PAST_REFUSAL } from './ui/CommandZone.tsx';
import { ErrorBoundary } from './ui/ErrorBoundary.tsx';
import { useTell } from './ui/Toasts.tsx';
import { useSituationCommands } from './useSituationCommands.ts';
import { useShortcuts } from './useShortcuts.ts';

/** What the panels cover of the map, in CSS pixels, so that the county is fitted between them; and with the detail panel under it. */
const coveredByPanels = { left: 356, right: 396, top: 24, bottom: 192 };
const coveredWithDetail = { ...coveredByPanels, bottom: coveredByPanels.bottom + 304 };

export type Overlay = { kind: 'palette' | 'unplaced' | 'deadLetters' } | { kind: 'incident'; draft: IncidentDraft };

/** The operator's desk: the map is the room, everything else floats at its edges. */
export function SituationView(): ReactNode {
  const [overlay, setOverlay] = useState<Overlay>();
  const [folded, setFolded] = useState({ alarms: false, incidents: false });
  const close = (): void => setOverlay(undefined);
  const openIncident = useOpenIncident(setOverlay);
  const openFromAlarm = (alarm: Alarm): void => openIncident(draftFromAlarm(alarm));
  const { goLive } = useTimeTravel();
  useShortcuts({ onBackToLive: goLive, onPalette: () => setOverlay({ kind: 'palette' }), onNewIncident: () => openIncident(emptyDraft), isBusy: overlay !== undefined });
  return (
    <Stage>
      <AlarmAnnouncer />
      <div className={styles['map']}>
        <ErrorBoundary name="The map">
          <SituationMap insets={coveredByPanels} detailInsets={coveredWithDetail} />
        </ErrorBoundary>
      </div>
      <div className={styles['frame']}>
        <div className={styles['bar']}>
          <TopBar onSearch={() => setOverlay({ kind: 'palette' })} onShowUnplaced={() => setOverlay({ kind: 'unplaced' })} onShowDeadLetters={() => setOverlay({ kind: 'deadLetters' })} />
        </div>
        <div className={styles['left']}>
          <ErrorBoundary name="The alarm list">
            <AlarmPanel onOpenIncident={openFromAlarm} isFolded={folded.alarms} onFold={(alarms) => setFolded({ ...folded, alarms })} />
          </ErrorBoundary>
        </div>
        <Centre onOpenFromAlarm={openFromAlarm} />
        <div className={styles['right']}>
          <ErrorBoundary name="The incident queue">
            <IncidentPanel onOpen={() => openIncident(emptyDraft)} isFolded={folded.incidents} onFold={(incidents) => setFolded({ ...folded, incidents })} />
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
      {overlay?.kind === 'palette' && <Palette onOpen={setOverlay} onClose={close} />}
      {overlay?.kind === 'unplaced' && <UnplacedDialog onClose={close} />}
      {overlay?.kind === 'deadLetters' && <DeadLettersDialog onClose={close} />}
      {overlay?.kind === 'incident' && <OpenIncidentDialog draft={overlay.draft} onClose={close} />}
    </Stage>
  );
}

function Centre({ onOpenFromAlarm }: { onOpenFromAlarm: (alarm: Alarm) => void }): ReactNode {
  return (
    <div className={styles['centre']}>
      <PastFrame />
      <Banner />
      <div className={styles['gap']} />
      <div className={styles['controls']}>
        <LayerSwitch />
        <MapLegend />
        <ScaleBar />
      </div>
      <ErrorBoundary name="The detail panel">
        <DetailPanel onOpenIncident={onOpenFromAlarm} />
      </ErrorBoundary>
    </div>
  );
}

/** Opens the dialog, where an incident can be opened: not from a screen that shows the past. */
function useOpenIncident(open: (overlay: Overlay) => void): (draft: IncidentDraft) => void {
  const client = useClient();
  const tell = useTell();
  return (draft) => (client.replay() === undefined ? open({ kind: 'incident', draft }) : tell(PAST_REFUSAL));
}

/** A frozen picture is greyed, so that it cannot look live. What is inside is not redrawn with every look at the clock. */
function Stage({ children }: { children: ReactNode }): ReactNode {
  const isFrozen = useHealth().state === 'frozen';
  return (
    <div className={styles['view']} data-frozen={isFrozen}>
      {children}
    </div>
  );
}

function Palette({ onOpen, onClose }: { onOpen: (overlay: Overlay) => void; onClose: () => void }): ReactNode {
  return <CommandPalette commands={[...useTimeCommands(), ...useSituationCommands(onOpen)]} onClose={onClose} />;
}
