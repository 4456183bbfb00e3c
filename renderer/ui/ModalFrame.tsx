import { Modal, ModalOverlay } from 'react-aria-components';
import type { ReactNode } from 'react';
import styles from './ModalFrame.module.css';

/** A box around a `Dialog`, above everything else; Escape and a click beside it close it. Mount it to open it. */
export function ModalFrame({
  width,
  onClose,
  children,
}: {
  width: number;
  onClose: () => void;
  children: ReactNode;
}): ReactNode {
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(isOpen) => !isOpen && onClose()}
      className={styles['overlay'] ?? ''}
    >
      <Modal className={styles['modal'] ?? ''} style={{ width }}>
        {children}
      </Modal>
    </ModalOverlay>
  );
}
