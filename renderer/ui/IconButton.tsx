import { Button, Tooltip, TooltipTrigger } from 'react-aria-components';
import type { ButtonProps } from 'react-aria-components';
import type { ReactNode } from 'react';
import type { RequestName } from '../../shared/contract/contract.ts';
import styles from './IconButton.module.css';
import { Permitted } from './Permitted.tsx';

type Props = Omit<ButtonProps, 'className' | 'style' | 'children' | 'aria-label'> & {
  label: string;
  shortcut?: string;
  /** As a `Button` has it. */
  command?: RequestName;
  children: ReactNode;
};

/** A 16 px icon with its name in a tooltip and for screen readers. */
export function IconButton({ label, shortcut, command, children, ...props }: Props): ReactNode {
  return (
    <Permitted command={command}>
      {(refusal) => (
        <TooltipTrigger delay={500}>
          <Button
            {...props}
            {...refusal}
            isDisabled={refusal !== undefined || props.isDisabled === true}
            aria-label={label}
            className={styles['button'] ?? ''}
          >
            {children}
          </Button>
          <Tooltip offset={6} className={styles['tooltip'] ?? ''}>
            {label}
            {shortcut !== undefined && <kbd>{shortcut}</kbd>}
          </Tooltip>
        </TooltipTrigger>
      )}
    </Permitted>
  );
}
