import { Button as AriaButton } from 'react-aria-components';
import type { ButtonProps } from 'react-aria-components';
import type { ReactNode } from 'react';
import styles from './Button.module.css';

type Props = Omit<ButtonProps, 'className' | 'style' | 'children'> & { tone?: 'plain' | 'strong' | 'quiet'; children: ReactNode };

/** A button with words. `strong` is the one thing to do next; it is light, not coloured, because colour means trouble. */
export function Button({ tone = 'plain', children, ...props }: Props): ReactNode {
  return (
    <AriaButton {...props} className={`${styles['button']} ${styles[tone]}`}>
      {children}
    </AriaButton>
  );
}
