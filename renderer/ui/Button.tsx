import { Button as AriaButton } from 'react-aria-components';
import type { ButtonProps } from 'react-aria-components';
import type { ReactNode } from 'react';
import type { RequestName } from '../../shared/contract/contract.ts';
import styles from './Button.module.css';
import { Permitted } from './Permitted.tsx';

type Props = Omit<ButtonProps, 'className' | 'style' | 'children'> & {
  tone?: 'plain' | 'strong' | 'quiet';
  /** What it leads to, where that is a command: the button is there for those who may give it. */
  command?: RequestName;
  children: ReactNode;
};

/**
 * A button with words. `strong` is the one thing to do next; it is light, not coloured, because colour means trouble.
 */
export function Button({ tone = 'plain', command, children, ...props }: Props): ReactNode {
  return (
    <Permitted command={command}>
      {(refusal) => (
        <AriaButton
          {...props}
          {...refusal}
          isDisabled={refusal !== undefined || props.isDisabled === true}
          className={`${styles['button']} ${styles[tone]}`}
        >
          {children}
        </AriaButton>
      )}
    </Permitted>
  );
}
