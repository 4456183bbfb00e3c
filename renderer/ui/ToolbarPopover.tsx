import { Dialog, DialogTrigger, Popover } from 'react-aria-components';
import type { DialogProps } from 'react-aria-components';
import type { ReactNode } from 'react';
import styles from './ToolbarPopover.module.css';

type Props = {
  /** The button that opens the box: a `ToolbarButton`. */
  button: ReactNode;
  /** The name of what is opened. */
  label: string;
  className?: string | undefined;
  children: DialogProps['children'];
};

/** A box below a button of a bar, such as a list of notices. Escape and a click beside it close it. */
export function ToolbarPopover({ button, label, className = '', children }: Props): ReactNode {
  return (
    <DialogTrigger>
      {button}
      <Popover className={styles['popover'] ?? ''} placement="bottom end" offset={8}>
        <Dialog className={`${styles['dialog']} ${className}`} aria-label={label}>
          {children}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
