import { Button as AriaButton } from 'react-aria-components';
import type { ButtonProps } from 'react-aria-components';
import type { ReactNode } from 'react';
import styles from './Button.module.css';
import { useRefusal } from './refusal.ts';
import { Refused } from './Refused.tsx';

type Props = Omit<ButtonProps, 'className' | 'style' | 'children'> & { tone?: 'plain' | 'strong' | 'quiet'; children: ReactNode };

/** A button with words. `strong` is the one thing to do next; it is light, not coloured, because colour means trouble. */
export function Button({ tone = 'plain', children, ...props }: Props): ReactNode {
  const refusal = useRefusal();
  return (
    <Refused>
      <AriaButton {...props} isDisabled={refusal !== undefined || props.isDisabled === true} className={`${styles['button']} ${styles[tone]}`}>
        {children}
      </AriaButton>
    </Refused>
  );
}
