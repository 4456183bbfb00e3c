import { Search } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Autocomplete, Dialog, Header, Input, Menu, MenuItem, MenuSection, Modal, ModalOverlay, SearchField } from 'react-aria-components';
import { useShow } from '../../ui/useShow.ts';
import styles from './CommandPalette.module.css';
import { matchCommands } from './matchCommands.ts';
import type { Command } from './matchCommands.ts';
import { useSearch } from './useSearch.ts';
import type { Hit } from './useSearch.ts';

const MOST_COMMANDS = 8;

/** One field for everything: what the county has, and what Beacon can do. Mount it to open it. */
export function CommandPalette({ commands, onClose }: { commands: readonly Command[]; onClose: () => void }): ReactNode {
  const [text, setText] = useState('');
  const found = matchCommands(commands, text).slice(0, MOST_COMMANDS);
  return (
    <ModalOverlay isOpen isDismissable onOpenChange={(isOpen) => !isOpen && onClose()} className={styles['overlay'] ?? ''}>
      <Modal className={styles['modal'] ?? ''}>
        <Dialog aria-label="Search or command" className={styles['dialog'] ?? ''}>
          <Autocomplete inputValue={text} onInputChange={setText}>
            <SearchField aria-label="Search or command" autoFocus className={styles['field'] ?? ''}>
              <Search size={16} aria-hidden />
              <Input className={styles['input'] ?? ''} placeholder="A street, a meter, a bus, a command …" />
            </SearchField>
            {text.trim() === '' ? <Results commands={found} hits={[]} onClose={onClose} /> : <FoundResults text={text.trim()} commands={found} onClose={onClose} />}
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function FoundResults({ text, commands, onClose }: { text: string; commands: Command[]; onClose: () => void }): ReactNode {
  const answer = useSearch(text);
  return <Results commands={commands} hits={answer.state === 'done' ? answer.value.hits : []} onClose={onClose} emptyText={answer.state === 'loading' ? 'Searching …' : answer.state === 'failed' ? answer.message : `Nothing is called “${text}”.`} />;
}

type ResultsProps = { commands: Command[]; hits: Hit[]; onClose: () => void; emptyText?: string };

function Results({ commands, hits, onClose, emptyText = '' }: ResultsProps): ReactNode {
  const show = useShow();
  const run = (action: () => void) => (): void => {
    onClose();
    action();
  };
  return (
    <Menu aria-label="Results" className={styles['menu'] ?? ''} renderEmptyState={() => <p className={styles['empty']}>{emptyText}</p>}>
      {commands.length > 0 && (
        <MenuSection>
          <Header>Commands</Header>
          {commands.map((command) => (
            <MenuItem key={command.id} id={command.id} textValue={command.label} className={styles['item'] ?? ''} onAction={run(command.run)}>
              <span>{command.label}</span>
              {command.shortcut !== undefined && <kbd>{command.shortcut}</kbd>}
            </MenuItem>
          ))}
        </MenuSection>
      )}
      {hits.length > 0 && (
        <MenuSection>
          <Header>In the county</Header>
          {hits.map((hit) => (
            <MenuItem key={`${hit.subject.kind}:${hit.subject.id}`} id={`${hit.subject.kind}:${hit.subject.id}`} textValue={hit.title} className={styles['item'] ?? ''} onAction={run(() => show(hit.subject, hit))}>
              <span>{hit.title}</span>
              <span className={styles['detail']}>{hit.detail}</span>
            </MenuItem>
          ))}
        </MenuSection>
      )}
    </Menu>
  );
}
