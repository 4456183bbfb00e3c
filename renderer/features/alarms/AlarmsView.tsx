import { memo, useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { Alarm } from '../../../shared/alarms/alarm.ts';
import type { WorkItem } from '../../../shared/contract/historyRequests.ts';
import { useReplay, useStream } from '../../client/hooks.ts';
import { useGuard, useMay } from '../../client/useMay.ts';
import { bindAddress, windowAddress } from '../../ui/addressQuery.ts';
import { Blank } from '../../ui/Blank.tsx';
import { Button } from '../../ui/Button.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { createStore } from '../../ui/store.ts';
import { useReadable } from '../../ui/useReadable.ts';
import { AlarmCard } from './AlarmCard.tsx';
import { compareAlarms } from './alarmOrder.ts';
import { alarmRows } from './alarmRows.ts';
import styles from './AlarmsView.module.css';
import { addressedAlarms, shownAtFirst } from './alarmsAddress.ts';
import type { AlarmsShown, Grouping } from './alarmsAddress.ts';
import { AlarmTable } from './AlarmTable.tsx';
import { alarmViews, countByDomain, noFilter, pickAlarms } from './alarmViews.ts';
import type { AlarmFilter, AlarmView } from './alarmViews.ts';
import { NoAlarms } from './NoAlarms.tsx';
import { viewLabels } from './alarmWords.ts';
import { BillsList } from './BillsList.tsx';
import { FilterBar } from './FilterBar.tsx';
import { FloodNote } from './FloodNote.tsx';
import { placed } from './listCursor.ts';
import type { Rows } from './listCursor.ts';
import { LapsedList } from './LapsedList.tsx';
import { LoadView } from './LoadView.tsx';
import { PositionStrip } from './PositionStrip.tsx';
import { ShelveDialog } from './ShelveDialog.tsx';
import { useAlarmCommands } from './useAlarmCommands.ts';
import { useExpanded } from './useExpanded.ts';
import { useListCursor } from './useListCursor.ts';
import { useMinePositions } from './useMinePositions.ts';
import { ViewTabs } from '../../ui/ViewTabs.tsx';
import { WorkList } from './WorkList.tsx';

type Props = { onOpenIncident: (alarms: readonly Alarm[]) => void; onShow: (alarm: Alarm) => void };
type PageProps = Props & { onShowWork: (item: WorkItem) => void };
type Shown = AlarmsShown['list'];
/** The lists that are asked for, not streamed. */
type Asked = Exclude<Shown, AlarmView>;

/** The alarms on a whole page: positions, the full list, what the selected alarm means, and the load. */
export function AlarmsView({ onShowWork, ...props }: PageProps): ReactNode {
  const [store] = useState(() => createStore(shownAtFirst));
  useEffect(() => bindAddress(addressedAlarms(store), windowAddress), [store]);
  const shown = useReadable(store);
  const { list } = shown;
  const change = (part: Partial<AlarmsShown>): void => store.set({ ...store.get(), ...part });
  const onShown = (next: Shown): void => change({ list: next });
  return (
    <div className={styles['view']}>
      <PositionStrip />
      {list === 'work' || list === 'bills' || list === 'history' || list === 'load' ? (
        <AskedList shown={list} onShown={onShown} onShowWork={onShowWork} />
      ) : (
        <Lists {...props} {...shown} view={list} onShown={onShown} onChange={change} />
      )}
    </div>
  );
}

/** How many alarms each list has before the filter is applied. */
type Counts = Record<AlarmView, number>;

function Tabs({
  shown,
  counts,
  onShown,
}: {
  shown: Shown;
  counts: Counts | undefined;
  onShown: (shown: Shown) => void;
}): ReactNode {
  const mayBills = useMay('bills.wrong');
  const tabs = [
    ...alarmViews.map((id) => ({
      id,
      label: viewLabels[id].label,
      ...(counts !== undefined && { count: counts[id] }),
    })),
    { id: 'work' as const, label: 'Work list' },
    // Only people who may see single bills have a use for it.
    ...(mayBills.state === 'allowed' ? [{ id: 'bills' as const, label: 'Bills' }] : []),
    { id: 'history' as const, label: 'History' },
    { id: 'load' as const, label: 'Load' },
  ];
  return <ViewTabs label="List" tabs={tabs} chosen={shown} onChange={onShown} />;
}

const askedLabels = {
  work: 'Work list',
  bills: 'Bills',
  history: 'History of alarms',
  load: 'Alarm load',
} as const satisfies Record<Asked, string>;

function AskedList({
  shown,
  onShown,
  onShowWork,
}: {
  shown: Asked;
  onShown: (shown: Shown) => void;
  onShowWork: PageProps['onShowWork'];
}): ReactNode {
  const alarms = useStream('alarms');
  const counts = useMemo(() => pickAlarms(alarms?.values() ?? [], 'current', noFilter, new Set()).counts, [alarms]);
  return (
    <section className={styles['list']} aria-label={askedLabels[shown]}>
      <header className={styles['head']}>
        <Tabs shown={shown} counts={counts} onShown={onShown} />
      </header>
      {shown === 'work' && <WorkList onShow={onShowWork} />}
      {shown === 'bills' && <BillsList />}
      {shown === 'history' && <LapsedList />}
      {shown === 'load' && <LoadView />}
    </section>
  );
}

type ListsProps = Props &
  Pick<AlarmsShown, 'filter' | 'grouping'> & {
    view: AlarmView;
    onShown: (shown: Shown) => void;
    onChange: (part: Partial<AlarmsShown>) => void;
  };

function Lists({ view, filter, grouping, onShown, onChange, ...props }: ListsProps): ReactNode {
  const alarms = useStream('alarms');
  const isPast = useReplay() !== undefined;
  const setFilter = (next: AlarmFilter): void => onChange({ filter: next });
  const mine = useMinePositions();
  const picked = useMemo(() => pickAlarms(alarms?.values() ?? [], view, filter, mine), [alarms, view, filter, mine]);
  const ordered = useMemo(() => picked.alarms.toSorted(compareAlarms), [picked]);
  const counts = useMemo(() => countByDomain(alarms?.values() ?? []), [alarms]);
  return (
    <div className={styles['pair']}>
      <section className={styles['list']} aria-label={isPast ? 'Alarms, live' : 'Alarms'}>
        <header className={styles['head']}>
          <Tabs shown={view} counts={picked.counts} onShown={onShown} />
          {isPast && <p>live, not of the time that is shown</p>}
        </header>
        <FilterBar
          filter={filter}
          onFilter={setFilter}
          counts={counts}
          grouping={grouping}
          onGrouping={(next) => onChange({ grouping: next })}
        />
        {view === 'current' && <FloodNote isGrouped={grouping !== 'never'} />}
        {picked.urgentHidden > 0 && (
          <p className={styles['note']} role="status">
            The filter keeps back {picked.urgentHidden} of priority 1 or 2.
            <Button tone="quiet" onPress={() => setFilter(noFilter)}>
              Show them
            </Button>
          </p>
        )}
        {alarms === undefined && <Skeleton rows={12} />}
        {alarms !== undefined && ordered.length === 0 && <NoRows view={view} isFiltered={filter !== noFilter} />}
      </section>
      {ordered.length > 0 && <ListAndCard key={view} {...props} view={view} ordered={ordered} grouping={grouping} />}
    </div>
  );
}

type ListProps = Props & { view: AlarmView; ordered: readonly Alarm[]; grouping: Grouping };

/** Everything that changes when a key is pressed in the list, and nothing else. */
function ListAndCard({ view, ordered, grouping, onOpenIncident, onShow }: ListProps): ReactNode {
  const [shelving, setShelving] = useState<readonly Alarm[]>();
  const { expanded, onExpand } = useExpanded();
  const commands = useAlarmCommands();
  const guard = useGuard();
  const isGrouped = useGrouping(view, grouping);
  const rows = useMemo(() => placed(alarmRows(ordered, isGrouped, expanded)), [ordered, isGrouped, expanded]);
  const state = useListCursor(rows);
  // The list is drawn first: the card follows when the key presses leave time for it.
  const chosen = useDeferredValue(state.current);
  const onShelve =
    view === 'shelved' ? commands.unshelve : (alarms: readonly Alarm[]) => guard('alarm.shelve') && setShelving(alarms);
  return (
    <>
      <div className={styles['rows']}>
        <AlarmTable
          view={view}
          rows={rows}
          state={state}
          commands={commands}
          actions={{ onExpand, onAcknowledge: commands.acknowledge, onShelve, onOpenIncident, onShow }}
        />
        <Foot view={view} rows={rows} alarms={ordered.length} selected={state.cursor.selected.size} />
      </div>
      <Chosen alarm={chosen} onOpenIncident={onOpenIncident} onShow={onShow} />
      {shelving !== undefined && shelving.length > 0 && (
        <ShelveDialog alarms={shelving} onClose={() => setShelving(undefined)} />
      )}
    </>
  );
}

const Chosen = memo(function Chosen({ alarm, ...props }: Props & { alarm: Alarm | undefined }): ReactNode {
  return (
    <aside className={styles['detail']} aria-label="Chosen alarm">
      {alarm === undefined ? <Blank title="No alarm is chosen." /> : <AlarmCard alarm={alarm} {...props} />}
    </aside>
  );
});

/** Which alarms may be grouped into one line: with the automatic setting, those of a position that is in a flood. */
function useGrouping(view: AlarmView, grouping: Grouping): (alarm: Alarm) => boolean {
  const loads = useStream('alarmLoad');
  const flooded = (loads ?? [])
    .filter(({ isFlood }) => isFlood)
    .map(({ positionId }) => positionId)
    .join('\n');
  return useCallback(
    ({ position }) => {
      if (grouping === 'flood' && view === 'current') return flooded.split('\n').includes(position);
      return grouping === 'always';
    },
    [flooded, grouping, view],
  );
}

function NoRows({ view, isFiltered }: { view: AlarmView; isFiltered: boolean }): ReactNode {
  const { empty, emptyDetail } = viewLabels[view];
  return isFiltered ? (
    <Blank title="No alarm passes the filter.">Other alarms may be waiting.</Blank>
  ) : (
    <NoAlarms title={empty}>{emptyDetail}</NoAlarms>
  );
}

function Foot({
  view,
  rows,
  alarms,
  selected,
}: {
  view: AlarmView;
  rows: Rows;
  alarms: number;
  selected: number;
}): ReactNode {
  return (
    <footer className={styles['foot']}>
      <span>
        {alarms.toLocaleString('en')} {alarms === 1 ? 'alarm' : 'alarms'}
        {rows.list.length !== alarms && ` on ${rows.list.length.toLocaleString('en')} lines`}
        {selected > 0 && `, ${selected} selected`}
      </span>
      <span id="alarm-keys">
        <kbd>A</kbd> acknowledge <kbd>S</kbd> {view === 'shelved' ? 'unshelve' : 'shelve'} <kbd>I</kbd> open incident{' '}
        <span className={styles['rest']}>
          <kbd>Enter</kbd> show on the map <kbd>Shift</kbd> with arrows selects
        </span>
      </span>
    </footer>
  );
}
