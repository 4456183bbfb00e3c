import { Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { CommandIconButton } from '../../client/CommandIconButton.tsx';
import { useReplay, useSelection, useStream } from '../../client/hooks.ts';
import { Panel } from '../../ui/Panel.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { IncidentPage } from './IncidentPage.tsx';
import { IncidentQueue } from './IncidentQueue.tsx';
import { sortIncidents } from './sortIncidents.ts';

type Props = { onOpen: () => void; isFolded: boolean; onFold: (isFolded: boolean) => void };

/** Shows the queue of incidents; the page of a selected incident replaces the queue. */
export function IncidentPanel({ onOpen, isFolded, onFold }: Props): ReactNode {
  const incidents = useStream('incidents');
  const isPast = useReplay() !== undefined;
  const [shownId, showPage] = useShownIncident();
  const shown = shownId === undefined ? undefined : incidents?.get(shownId);
  const queue = sortIncidents(incidents?.values() ?? []);
  return (
    <Panel
      title={isPast ? 'Incidents, live' : 'Incidents'}
      aside={incidents === undefined ? '' : `${queue.open.length} open`}
      isFolded={isFolded}
      onFold={onFold}
      actions={
        <CommandIconButton command="incident.open" label="Open an incident" shortcut="N" onPress={onOpen}>
          <Plus size={16} />
        </CommandIconButton>
      }
    >
      {incidents === undefined && <Skeleton rows={4} height={64} />}
      {incidents !== undefined && shown === undefined && <IncidentQueue queue={queue} />}
      {shown !== undefined && <IncidentPage key={shown.id} incident={shown} onBack={() => showPage(undefined)} />}
    </Panel>
  );
}

/**
 * The page follows the selection, but stays when something that is no incident is selected, so that the dispatcher can
 * look around while handling it.
 */
function useShownIncident(): [string | undefined, (id: string | undefined) => void] {
  const selection = useSelection();
  // An incident that was selected before the panel appeared, or reappeared, is shown at once, because selecting it
  // again would change nothing.
  const [shownId, setShownId] = useState(() => {
    const selected = selection.selected.get();
    return selected?.kind === 'incident' ? selected.id : undefined;
  });
  useEffect(
    () =>
      selection.selected.subscribe(() => {
        const selected = selection.selected.get();
        if (selected?.kind === 'incident') setShownId(selected.id);
      }),
    [selection],
  );
  const show = (id: string | undefined): void => {
    setShownId(id);
    if (id === undefined && selection.selected.get()?.kind === 'incident') selection.select(undefined);
  };
  return [shownId, show];
}
