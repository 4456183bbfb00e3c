import { Activity, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { Alarm } from '../shared/alarms/alarm.ts';
import { may } from '../shared/people/permissions.ts';
import { useConnection, useLive, useSelection } from './client/hooks.ts';
import { addressedSelection } from './client/selectionAddress.ts';
import { useGuard } from './client/useMay.ts';
import { useShow } from './client/useShow.ts';
import styles from './ControlRoom.module.css';
import { AlarmAnnouncer } from './features/alarms/AlarmAnnouncer.tsx';
import { SoundControl } from './features/alarms/sound/SoundControl.tsx';
import { UrgentBanner } from './features/alarms/UrgentBanner.tsx';
import { PutOutCover } from './features/desk/PutOutCover.tsx';
import { deferredHistory } from './features/detail/deferredHistory.tsx';
import { HelpDialog } from './features/help/HelpDialog.tsx';
import { SettingsDialog } from './features/help/SettingsDialog.tsx';
import { emptyDraft, unfinishedOpening } from './features/incidents/draftIncident.ts';
import type { IncidentDraft } from './features/incidents/draftIncident.ts';
import { OpenIncidentDialog } from './features/incidents/OpenIncidentDialog.tsx';
import { PersonDialog } from './features/people/PersonDialog.tsx';
import type { FoundPerson } from './features/people/PersonDialog.tsx';
import { PersonMenu } from './features/people/PersonMenu.tsx';
import { useIdleLock } from './features/people/useIdleLock.ts';
import { CommandPalette } from './features/search/CommandPalette.tsx';
import { Banner } from './features/status/Banner.tsx';
import { DeadLettersDialog } from './features/status/DeadLettersDialog.tsx';
import { ThirdPartyDialog } from './features/status/ThirdPartyDialog.tsx';
import { TopBar } from './features/status/TopBar.tsx';
import { UnplacedDialog } from './features/status/UnplacedDialog.tsx';
import { useHealth } from './features/status/useHealth.ts';
import { PastFrame } from './features/timeline/PastFrame.tsx';
import { useTimeCommands } from './features/timeline/useTimeCommands.ts';
import { useTimeTravel } from './features/timeline/useTimeTravel.ts';
import { addressOf } from './pages/address.ts';
import type { Address } from './pages/address.ts';
import type { Page, PageProps } from './pages/Page.ts';
import { NoPage } from './pages/NoPage.tsx';
import { pages } from './pages/pages.ts';
import { bindAddress, windowAddress } from './ui/addressQuery.ts';
import { ErrorBoundary } from './ui/ErrorBoundary.tsx';
import { useControlRoomCommands } from './useControlRoomCommands.ts';
import { useIdleLoading } from './useIdleLoading.ts';
import { useShortcuts } from './useShortcuts.ts';

export type Overlay =
  | { kind: 'palette' | 'unplaced' | 'deadLetters' | 'help' | 'settings' | 'thirdParty' }
  | { kind: 'incident'; draft: IncidentDraft }
  | { kind: 'person'; person: FoundPerson };

const goTo = (page: string): void => window.location.assign(addressOf(page));

/** The pages that the person at this screen has a use for; the first one is for everybody. */
function usePages(): readonly Page[] {
  const { person } = useConnection();
  const role = person?.role;
  return useMemo(() => pages.filter(({ needs }) => role !== undefined && may(role, needs)), [role]);
}

function goToPageOfKey(mine: readonly Page[], key: string): boolean {
  const page = mine.find(({ shortcut }) => shortcut === key);
  if (page !== undefined) goTo(page.id);
  return page !== undefined;
}

/** The screen of a workstation: the top bar, the messages that must be seen on every page, and one page. */
export function ControlRoom({ address }: { address: Address }): ReactNode {
  const [overlay, setOverlay] = useUnfinishedOverlay();
  const close = (): void => setOverlay(undefined);
  const openIncident = useOpenIncident(setOverlay);
  const { goLive } = useTimeTravel();
  useIdleLock();
  useSelectionAddress();
  const mine = usePages();
  useIdleLoading(useMemo(() => [deferredHistory.load, ...mine.map(({ load }) => load)], [mine]));
  const page = address.page === '' ? pages[0] : mine.find(({ id }) => id === address.page);
  const views = [
    ...mine.map(({ id, label, shortcut }) => ({ id, label, href: addressOf(id), shortcut })),
    { id: 'wall', label: 'Wall', href: '#/wall' },
  ];
  const show = useShow();
  const showOnMap = (alarm: Alarm): void => {
    show({ kind: 'alarm', id: alarm.id }, alarm);
    goTo('situation');
  };
  useShortcuts({
    onBackToLive: goLive,
    onPalette: () => setOverlay({ kind: 'palette' }),
    onNewIncident: () => openIncident(emptyDraft),
    onHelp: () => setOverlay({ kind: 'help' }),
    onKey: (key) => goToPageOfKey(mine, key),
    isBusy: overlay !== undefined,
  });
  return (
    <Stage>
      <PutOutCover />
      <SkipLink />
      <AlarmAnnouncer />
      <TopBar
        views={views}
        current={page?.id ?? ''}
        person={
          <PersonMenu
            onSettings={() => setOverlay({ kind: 'settings' })}
            onShowThirdParty={() => setOverlay({ kind: 'thirdParty' })}
          />
        }
        onHelp={() => setOverlay({ kind: 'help' })}
        onSearch={() => setOverlay({ kind: 'palette' })}
        onShowUnplaced={() => setOverlay({ kind: 'unplaced' })}
        onShowDeadLetters={() => setOverlay({ kind: 'deadLetters' })}
      >
        <SoundControl />
      </TopBar>
      <div className={styles['told']} data-floating={page?.isFullBleed?.(address.path) === true}>
        <PastFrame />
        <Banner />
        <UrgentBanner onShow={showOnMap} />
      </div>
      {page === undefined && (
        <main className={styles['page']} aria-label="No such page">
          <NoPage address={address.page} page={pages.find(({ id }) => id === address.page)} first={pages[0]} />
        </main>
      )}
      <Pages current={page} path={address.path} openIncident={openIncident} />
      {overlay?.kind === 'palette' && <Palette onOpen={setOverlay} onClose={close} />}
      {overlay?.kind === 'unplaced' && <UnplacedDialog onClose={close} />}
      {overlay?.kind === 'deadLetters' && <DeadLettersDialog onClose={close} />}
      {overlay?.kind === 'thirdParty' && <ThirdPartyDialog onClose={close} />}
      {overlay?.kind === 'person' && <PersonDialog person={overlay.person} onClose={close} />}
      {overlay?.kind === 'help' && (
        <HelpDialog
          page={page ?? pages[0]}
          pages={mine}
          onSettings={() => setOverlay({ kind: 'settings' })}
          onClose={close}
        />
      )}
      {overlay?.kind === 'settings' && <SettingsDialog pages={mine} onClose={close} />}
      {overlay?.kind === 'incident' && <OpenIncidentDialog draft={overlay.draft} onClose={close} />}
    </Stage>
  );
}

/**
 * A page that has been opened keeps its state (filter, cursor, folded panels), and neither draws nor listens while
 * another one is shown.
 */
function Pages({
  current,
  path,
  openIncident,
}: {
  /** Undefined where the address leads to none. */
  current: Page | undefined;
  path: string;
  openIncident: PageProps['openIncident'];
}): ReactNode {
  const [paths, setPaths] = useState<ReadonlyMap<string, string>>(new Map());
  if (current !== undefined && paths.get(current.id) !== path) setPaths(new Map(paths).set(current.id, path));
  return pages
    .filter(({ id }) => paths.has(id))
    .map((page) => (
      <Activity key={page.id} mode={page === current ? 'visible' : 'hidden'}>
        <main className={styles['page']} aria-label={page.label} tabIndex={-1}>
          <ErrorBoundary name={`The page “${page.label}”`}>
            <page.Page openIncident={openIncident} path={paths.get(page.id) ?? ''} />
          </ErrorBoundary>
        </main>
      </Activity>
    ));
}

/** The first tab stop: it leads past the bar. The address has no room for an anchor, because it names the page. */
function SkipLink(): ReactNode {
  const skip = (): void =>
    [...document.querySelectorAll('main')].find((main) => main.checkVisibility())?.focus({ preventScroll: true });
  return (
    <button type="button" className={styles['skip']} onClick={skip}>
      Skip to the page
    </button>
  );
}

/** Keeps what is selected, and the layers of the map, in the address of the situation. */
function useSelectionAddress(): void {
  const selection = useSelection();
  useEffect(() => bindAddress(addressedSelection(selection), windowAddress), [selection]);
}

/** What lies over the page; at the start this is the form that the person was filling in when the page ended. */
function useUnfinishedOverlay(): [Overlay | undefined, (overlay: Overlay | undefined) => void] {
  const { drafts } = useLive();
  return useState<Overlay | undefined>(() => {
    const draft = unfinishedOpening(drafts.all.get().keys());
    return draft === undefined ? undefined : { kind: 'incident', draft };
  });
}

/** Opens the dialog if an incident can be opened now, and otherwise says why not. */
function useOpenIncident(open: (overlay: Overlay) => void): (draft: IncidentDraft) => void {
  const guard = useGuard();
  return (draft) => guard('incident.open') && open({ kind: 'incident', draft });
}

/**
 * A frozen picture is greyed, so that it cannot look live. The children are not redrawn each time this component checks
 * the clock.
 */
function Stage({ children }: { children: ReactNode }): ReactNode {
  const isFrozen = useHealth().state === 'frozen';
  return (
    <div className={styles['desk']} data-frozen={isFrozen}>
      {children}
    </div>
  );
}

function Palette({ onOpen, onClose }: { onOpen: (overlay: Overlay) => void; onClose: () => void }): ReactNode {
  const goToPages = usePages().map(({ id, label, shortcut }) => ({
    id: `page:${id}`,
    label: `Go to ${label}`,
    shortcut,
    run: () => goTo(id),
  }));
  return (
    <CommandPalette
      commands={[...useTimeCommands(), ...useControlRoomCommands(onOpen), ...goToPages]}
      onPerson={(person) => onOpen({ kind: 'person', person })}
      onClose={onClose}
    />
  );
}
