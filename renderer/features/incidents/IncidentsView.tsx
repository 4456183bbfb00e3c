import { BookOpen, MessageSquare, Plus } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { CommandButton } from '../../client/CommandButton.tsx';
import { useConnection, useReplay, useStream } from '../../client/hooks.ts';
import { Button } from '../../ui/Button.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { boardRows } from './boardRows.ts';
import type { BoardView } from './boardRows.ts';
import styles from './IncidentsView.module.css';
import { IncidentTable } from './IncidentTable.tsx';

const views: readonly { id: BoardView; label: string; empty: string }[] = [
  { id: 'open', label: 'Open', empty: 'No open incidents.' },
  { id: 'mine', label: 'Mine', empty: 'You have no open incident.' },
  { id: 'review', label: 'To be reviewed', empty: 'Nothing waits for its review.' },
  { id: 'closed', label: 'Closed', empty: 'Nothing has been closed yet.' },
];

type Props = {
  onOpen: (incidentId: string) => void;
  onNew: () => void;
  onPlaybooks: () => void;
  onCitizens: () => void;
};

/** The incident board: all incidents that are being worked on, with their clocks. */
export function IncidentsView({ onOpen, onNew, onPlaybooks, onCitizens }: Props): ReactNode {
  const incidents = useStream('incidents');
  const me = useConnection().person?.name ?? '';
  const isPast = useReplay() !== undefined;
  const [view, setView] = useState<BoardView>('open');
  const chosen = views.find(({ id }) => id === view) ?? views[0];
  const all = [...(incidents?.values() ?? [])];
  return (
    <section className={styles['board']} aria-label="Incident board">
      <header className={styles['head']}>
        <h2>{isPast ? 'Incidents, live' : 'Incidents'}</h2>
        <ToggleButtonGroup
          aria-label="Which incidents"
          className={styles['tabs'] ?? ''}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[view]}
          onSelectionChange={(keys) => setView(views.find(({ id }) => keys.has(id))?.id ?? view)}
        >
          {views.map(({ id, label }) => (
            <ToggleButton key={id} id={id} className={styles['tab'] ?? ''}>
              {label} <b>{boardRows(all, id, me).length}</b>
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
        <span className={styles['gap']} />
        <Button tone="quiet" onPress={onCitizens}>
          <MessageSquare size={14} aria-hidden /> Citizens
        </Button>
        <Button tone="quiet" onPress={onPlaybooks}>
          <BookOpen size={14} aria-hidden /> Playbooks
        </Button>
        <CommandButton command="incident.open" onPress={onNew}>
          <Plus size={14} aria-hidden /> Open an incident
        </CommandButton>
      </header>
      <div className={styles['scroll']}>
        {incidents === undefined ? (
          <Skeleton rows={8} height={44} />
        ) : (
          <IncidentTable
            label={chosen?.label ?? ''}
            empty={chosen?.empty ?? ''}
            rows={boardRows(all, view, me)}
            onOpen={onOpen}
          />
        )}
      </div>
    </section>
  );
}
