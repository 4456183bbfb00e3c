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
};

type Props = { onShowUnplaced: () => void; onShowDeadLetters: () => void };

/** The state of the connection and the age of the newest data, always visible; a press shows every feed. */
export function LinkState({ onShowUnplaced, onShowDeadLetters }: Props): ReactNode {
  const { state, dataAgeMs } = useHealth();
  const age = dataAgeMs === undefined ? '–' : formatAge(dataAgeMs);
  return (
    <ToolbarPopover
      label="Feeds"
      button={
        <ToolbarButton
          className={styles['state']}
          data-testid="link-state"
          data-state={state}
          aria-label={`${words[state]} ${age}, age of the newest data`}
        >
          <Radio size={16} aria-hidden />
          <b>{words[state]}</b> <span className={styles['age']}>{age}</span>
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
