import { Button } from 'react-aria-components';
import type { ButtonProps } from 'react-aria-components';
import type { ReactNode } from 'react';
import styles from './ToolbarButton.module.css';

type Props = Omit<ButtonProps, 'className' | 'style' | 'children'> & {
  /** A class with what is particular to one button, such as the looks of its states. */
  className?: string | undefined;
  children: ReactNode;
};

/**
 * A button of a bar, with an icon and words. It has no background until the pointer is over it or what it opens is
 * open.
 */
export function ToolbarButton({ className = '', children, ...props }: Props): ReactNode {
  return (
    <Button {...props} className={`${styles['button']} ${className}`}>
      {children}
    </Button>
  );
}
