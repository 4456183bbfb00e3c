import { Search } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  SearchField,
  Text,
} from 'react-aria-components';
import { useClient, useSelection } from '../../client/hooks.ts';
import { useLocalTime } from '../../client/useLocalTime.ts';
import { useShow } from '../../client/useShow.ts';
import { ModalFrame } from '../../ui/ModalFrame.tsx';
import { useTell } from '../../ui/Toasts.tsx';
import styles from './CommandPalette.module.css';
import { groupHits } from './groupHits.ts';
import { matchCommands } from './matchCommands.ts';
import type { Command } from './matchCommands.ts';
import { useSearch } from './useSearch.ts';
import type { Hit } from './useSearch.ts';

const MOST_COMMANDS = 8;
/** The zoom for a place, which is a town: near enough to see its streets, far enough to see it whole. */
const PLACE_ZOOM = 13;

type OnPerson = (person: { id: string; name: string; role: string }) => void;
type PaletteProps = {
  commands: readonly Command[];
  /** Called when a person was found and chosen. */
  onPerson: OnPerson;
  onClose: () => void;
};

/** One field that searches everything: the things of the county, and the commands of Beacon. Mount it to open it. */
export function CommandPalette({ commands, onPerson, onClose }: PaletteProps): ReactNode {
  const [text, setText] = useState('');
  const [isFirstWanted, setIsFirstWanted] = useState(false);
  const found = matchCommands(commands, text).slice(0, MOST_COMMANDS);
  const onKeyDown = (event: KeyboardEvent): void => {
    const field = event.target instanceof HTMLInputElement ? event.target : undefined;
    if (event.key === 'Escape') onClose();
    // A person who types fast is ahead of the answer, so the key is kept until it arrives.
    else if (event.key === 'Enter' && field !== undefined && !field.hasAttribute('aria-activedescendant'))
      setIsFirstWanted(text.trim() !== '');
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onInput = (next: string): void => {
    setText(next);
    setIsFirstWanted(false);
  };
  return (
    <ModalFrame width={640} onClose={onClose}>
      <Dialog aria-label="Search or command" className={styles['dialog'] ?? ''}>
        <div onKeyDownCapture={onKeyDown}>
          <Autocomplete inputValue={text} onInputChange={onInput}>
            <SearchField aria-label="Search or command" autoFocus className={styles['field'] ?? ''}>
              <Search size={16} aria-hidden />
              <Input
                className={styles['input'] ?? ''}
                placeholder="An incident, a street, a meter, a note, a command …"
              />
            </SearchField>
            {text.trim() === '' ? (
              <Results commands={found} hits={[]} onPerson={onPerson} onClose={onClose} />
            ) : (
              <FoundResults
                text={text.trim()}
                commands={found}
                isFirstWanted={isFirstWanted}
                onPerson={onPerson}
                onClose={onClose}
              />
            )}
          </Autocomplete>
        </div>
      </Dialog>
    </ModalFrame>
  );
}

type FoundProps = Pick<PaletteProps, 'onPerson' | 'onClose'> & {
  text: string;
  commands: Command[];
  isFirstWanted: boolean;
};

function FoundResults({ text, commands, isFirstWanted, onPerson, onClose }: FoundProps): ReactNode {
  const { answer, isCurrent } = useSearch(text);
  const showHit = useShowHit(onPerson);
  const hits = answer.state === 'done' ? answer.value.hits : [];
  const [command, hit] = [commands.find(({ refusal }) => refusal === undefined), isCurrent ? hits[0] : undefined];
  useEffect(() => {
    if (!isFirstWanted || (command === undefined && hit === undefined)) return;
    onClose();
    if (command !== undefined) command.run();
    else if (hit !== undefined) showHit(hit);
  }, [isFirstWanted, command, hit, onClose, showHit]);
  const emptyText =
    answer.state === 'failed' ? answer.message : isCurrent ? `Nothing is called “${text}”.` : 'Searching …';
  return <Results {...{ commands, hits, onPerson, onClose, emptyText }} />;
}

/** What is found is shown on the map, so a page without one gives way to the situation. */
function goToMap(): void {
  if (!/^#?(\/(situation\b.*)?)?$/.test(window.location.hash)) window.location.assign('#/situation');
}

/**
 * Shows a hit: moves the map to a place, and also selects everything else that the map has. A hit that consists of
 * words only is shown as a message.
 */
function useShowHit(onPerson: OnPerson): (hit: Hit) => void {
  const show = useShow();
  const tell = useTell();
  const selection = useSelection();
  const client = useClient();
  return useCallback(
    (hit) => {
      const { kind, id } = hit.subject;
      if (kind === 'entry') return tell(`${hit.title} (${hit.detail})`);
      if (kind === 'person') return onPerson({ id, name: hit.title, role: hit.detail });
      // An old incident is in no list and on no map, so its page is opened.
      if (kind === 'incident' && client.stream('incidents').get()?.has(id) !== true)
        return window.location.assign(`#/incidents/${encodeURIComponent(id)}`);
      goToMap();
      if (kind !== 'system' || hit.lon === undefined || hit.lat === undefined) return show({ kind, id }, hit);
      selection.select(undefined);
      selection.flyTo(hit.lon, hit.lat, PLACE_ZOOM);
    },
    [show, tell, selection, client, onPerson],
  );
}

type ResultsProps = Pick<PaletteProps, 'onPerson' | 'onClose'> & {
  commands: Command[];
  hits: Hit[];
  emptyText?: string;
};

/** The first row is marked until another one has the focus, because Enter takes it. */
function Results({ commands, hits, onPerson, onClose, emptyText = '' }: ResultsProps): ReactNode {
  const showHit = useShowHit(onPerson);
  const run = (action: () => void) => (): void => {
    onClose();
    action();
  };
  return (
    // The focus stays in the field while the arrows move through the list; the list itself can be focused so that it
    // can be scrolled.
    <div className={styles['scroll']} role="group" aria-label="Found" tabIndex={0}>
      <Menu
        aria-label="Results"
        className={styles['menu'] ?? ''}
        renderEmptyState={() => <p className={styles['empty']}>{emptyText}</p>}
      >
        {commands.length > 0 && (
          <MenuSection>
            <Header>Commands</Header>
            {commands.map((command) => (
              <CommandItem key={command.id} command={command} onAction={run(command.run)} />
            ))}
          </MenuSection>
        )}
        {groupHits(hits).map(({ heading, members }) => (
          <MenuSection key={heading}>
            <Header>{heading}</Header>
            {members.map((hit, index) => (
              <HitItem
                key={`${heading}:${index}`}
                id={`${heading}:${index}`}
                hit={hit}
                onAction={run(() => showHit(hit))}
              />
            ))}
          </MenuSection>
        ))}
      </Menu>
    </div>
  );
}

function CommandItem({ command, onAction }: { command: Command; onAction: () => void }): ReactNode {
  const { id, label, refusal, shortcut } = command;
  return (
    <MenuItem
      id={id}
      textValue={label}
      className={styles['item'] ?? ''}
      isDisabled={refusal !== undefined}
      onAction={onAction}
    >
      <Text slot="label">{label}</Text>
      {refusal !== undefined && (
        <Text slot="description" className={styles['detail'] ?? ''}>
          {refusal}
        </Text>
      )}
      {refusal === undefined && shortcut !== undefined && <kbd>{shortcut}</kbd>}
    </MenuItem>
  );
}

function HitItem({ id, hit, onAction }: { id: string; hit: Hit; onAction: () => void }): ReactNode {
  const time = useLocalTime();
  return (
    <MenuItem id={id} textValue={hit.title} className={styles['item'] ?? ''} onAction={onAction}>
      <span className={styles['found']}>{hit.title}</span>
      <span className={styles['detail']}>
        {hit.atMs === undefined || hit.group === 'county' ? hit.detail : `${hit.detail}, ${time.yearTime(hit.atMs)}`}
      </span>
    </MenuItem>
  );
}
