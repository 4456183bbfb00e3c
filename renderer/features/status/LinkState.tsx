import { Radio } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { formatAge } from '../../ui/formatTime.ts';
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

/** Link state and the age of the newest data, always in sight; a press shows every feed. */
export function LinkState({ onShowUnplaced, onShowDeadLetters }: Props): ReactNode {
  const { state, dataAgeMs } = useHealth();
  const age = dataAgeMs === undefined ? '–' : formatAge(dataAgeMs);
  return (
    <DialogTrigger>
      <Button
        className={styles['state'] ?? ''}
        data-testid="link-state"
        data-state={state}
        aria-label={`${words[state]} ${age}, age of the newest data`}
      >
        <Radio size={16} aria-hidden />
        <b>{words[state]}</b> <span className={styles['age']}>{age}</span>
      </Button>
      <Popover className={styles['popover'] ?? ''} placement="bottom end" offset={8}>
        <Dialog className={styles['dialog'] ?? ''} aria-label="Feeds">
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
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
