import { X } from 'lucide-react';
import { createContext, useContext, useState } from 'react';
import type { ReactNode } from 'react';
import {
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components';
import { IconButton } from './IconButton.tsx';
import styles from './Toasts.module.css';

const TellContext = createContext<(text: string) => void>(() => undefined);

/** Shows one sentence to the person at the screen, e.g. why a command was refused. */
export const useTell = (): ((text: string) => void) => useContext(TellContext);

const SHOWN_MS = 8000;

export function Toasts({ children }: { children: ReactNode }): ReactNode {
  const [queue] = useState(() => new ToastQueue<string>({ maxVisibleToasts: 3 }));
  const [tell] = useState(
    () =>
      (text: string): void =>
        void queue.add(text, { timeout: SHOWN_MS }),
  );
  return (
    <TellContext value={tell}>
      {children}
      <ToastRegion queue={queue} className={styles['region'] ?? ''} aria-label="Messages">
        {({ toast }) => (
          <Toast toast={toast} className={styles['toast'] ?? ''}>
            <ToastContent>{toast.content}</ToastContent>
            <IconButton label="Dismiss" slot="close">
              <X size={16} />
            </IconButton>
          </Toast>
        )}
      </ToastRegion>
    </TellContext>
  );
}
