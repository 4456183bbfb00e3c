import { Button as AriaButton } from 'react-aria-components';
import type { ButtonProps as AriaButtonProps } from 'react-aria-components';
import type { ReactNode } from 'react';
import styles from './Button.module.css';

export type ButtonProps = Omit<AriaButtonProps, 'className' | 'style' | 'children'> & {
  tone?: 'plain' | 'strong' | 'quiet';
  children: ReactNode;
};

/**
 * A button with words. `strong` marks the one thing to do next; such a button is light and not coloured, because colour
 * means trouble.
 */
export function Button({ tone = 'plain', children, ...props }: ButtonProps): ReactNode {
  return (
    <AriaButton {...props} className={`${styles['button']} ${styles[tone]}`}>
      {children}
    </AriaButton>
  );
}
