import { Button, Tooltip, TooltipTrigger } from 'react-aria-components';
import type { ButtonProps } from 'react-aria-components';
import type { ReactNode } from 'react';
import styles from './IconButton.module.css';

export type IconButtonProps = Omit<ButtonProps, 'className' | 'style' | 'children' | 'aria-label'> & {
  label: string;
  shortcut?: string;
  children: ReactNode;
};

/** A 16 px icon with its name in a tooltip and for screen readers. */
export function IconButton({ label, shortcut, children, ...props }: IconButtonProps): ReactNode {
  return (
    <TooltipTrigger delay={500}>
      <Button {...props} aria-label={label} className={styles['button'] ?? ''}>
        {children}
      </Button>
      <Tooltip offset={6} className={styles['tooltip'] ?? ''}>
        {label}
        {shortcut !== undefined && <kbd>{shortcut}</kbd>}
      </Tooltip>
    </TooltipTrigger>
  );
}
