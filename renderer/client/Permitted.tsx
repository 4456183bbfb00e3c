import { useId } from 'react';
import type { ReactNode } from 'react';
import type { RequestName } from '../../shared/contract/contract.ts';
import styles from './Permitted.module.css';
import { useMay } from './useMay.ts';

/** The attribute that links a refused control to the text of its reason. */
type Refusal = { 'aria-describedby': string };
type Props = { command: RequestName; children: (refusal: Refusal | undefined) => ReactNode };

/**
 * Draws the control of a command by what the person at this screen may do: enabled, disabled with the reason as its
 * tooltip and its description, or not at all.
 */
export function Permitted({ command, children }: Props): ReactNode {
  const may = useMay(command);
  const reasonId = useId();
  switch (may.state) {
    case 'allowed':
      return children(undefined);
    case 'refused':
      // A disabled button receives no pointer events, so the element around it carries the tooltip with the reason.
      return (
        <span className={styles['refused']} title={may.reason}>
          {children({ 'aria-describedby': reasonId })}
          <span id={reasonId} hidden>
            {may.reason}
          </span>
        </span>
      );
    case 'hidden':
      return null;
  }
}
