import { useId } from 'react';
import type { ReactNode } from 'react';
import type { RequestName } from '../../shared/contract/contract.ts';
import styles from './Permitted.module.css';
import { useMay } from './useMay.ts';

/** What a refused control is described by. */
type Refusal = { 'aria-describedby': string };
type Props = { command: RequestName; children: (refusal: Refusal | undefined) => ReactNode };

/**
 * A control of a command as the person at this screen may have it: as it is, disabled with the reason over it and in
 * its description, or not at all.
 */
export function Permitted({ command, children }: Props): ReactNode {
  const may = useMay(command);
  const reasonId = useId();
  switch (may.state) {
    case 'allowed':
      return children(undefined);
    case 'refused':
      // A disabled button is told of no pointer: the reason stands over it.
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
