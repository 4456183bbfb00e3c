import { Radio } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatAge } from '../../ui/formatTime.ts';
import { ToolbarButton } from '../../ui/ToolbarButton.tsx';
import { ToolbarPopover } from '../../ui/ToolbarPopover.tsx';
import { FeedsPanel } from './FeedsPanel.tsx';
import type { Health } from './health.ts';
import styles from './LinkState.module.css';
import { useHealth } from './useHealth.ts';

const words: Record<Health['state'], string> = {
  connecting: 'Connecting',
  live: 'Live',
  frozen: 'Frozen',
  brokerLost: 'Broker lost',
  brokerConnecting: 'Broker …',
  storeFailed: 'Not stored',
  silent: 'Silent',
  partlySilent: 'Silent',
  waiting: 'No data yet',
};

/** One silent feed stands by its name, several by their number. */
function textOf({ state, silent }: Pick<Health, 'state' | 'silent'>): string {
  if (state !== 'partlySilent') return words[state];
  return silent.length === 1 ? `${silent.join()} silent` : `${silent.length} feeds silent`;
}

type Props = { onShowUnplaced: () => void; onShowDeadLetters: () => void };

/** The state of the connection and the age of the data of the oldest feed, always visible; a press shows every feed. */
export function LinkState({ onShowUnplaced, onShowDeadLetters }: Props): ReactNode {
  const { state, dataAgeMs, silent } = useHealth();
  const text = textOf({ state, silent });
  const age = dataAgeMs === undefined ? '' : formatAge(dataAgeMs);
  return (
    <ToolbarPopover
      label="Feeds"
      button={
        <ToolbarButton
          className={styles['state']}
          data-testid="link-state"
          data-state={state}
          aria-label={age === '' ? text : `${text} ${age}, age of the oldest feed`}
        >
          <Radio size={16} aria-hidden />
          <b>{text}</b> <span className={styles['age']}>{age}</span>
        </ToolbarButton>
      }
    >
      {({ close }) => (
        <FeedsPanel
          onShowUnplaced={() => {
            close();
            onShowUnplaced();
          }}
          onShowDeadLetters={() => {
            close();
            onShowDeadLetters();
          }}
        />
      )}
    </ToolbarPopover>
  );
}
