import { X } from 'lucide-react';
import { Dialog, Heading } from 'react-aria-components';
import type { ReactNode } from 'react';
import { IconButton } from './IconButton.tsx';
import styles from './ModalDialog.module.css';
import { ModalFrame } from './ModalFrame.tsx';

type Props = { title: string; width: number; onClose: () => void; children: ReactNode };

/** A titled dialog above everything else; Escape and a click beside it close it. Mount it to open it. */
export function ModalDialog({ title, width, onClose, children }: Props): ReactNode {
  return (
    <ModalFrame width={width} onClose={onClose}>
      <Dialog className={styles['dialog'] ?? ''}>
        <header className={styles['header']}>
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          <IconButton label="Close" onPress={onClose}>
            <X size={16} />
          </IconButton>
        </header>
        {children}
      </Dialog>
    </ModalFrame>
  );
}
