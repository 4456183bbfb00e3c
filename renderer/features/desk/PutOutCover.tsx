import type { ReactNode } from 'react';
import { useStream } from '../../client/hooks.ts';
import { useLocalTime } from '../../client/useLocalTime.ts';
import styles from './PutOutCover.module.css';

/** Covers the whole screen of a workstation that was put out of the desk: nobody gets what is done here. */
export function PutOutCover(): ReactNode {
  const putOut = useStream('desk')?.putOut;
  const time = useLocalTime();
  if (putOut === undefined) return null;
  return (
    <div className={styles['cover']} role="alertdialog" aria-label="This workstation was put out" data-testid="put-out">
      <h1>This workstation was put out of the desk</h1>
      <p>
        At {putOut.by}, {time.dateTime(putOut.atMs)}: {putOut.reason}
      </p>
      <p>Nothing that is done here reaches anybody, so nothing can be done. Work at another workstation.</p>
      <p>
        To come back, an administrator makes a code at another workstation (Administration, Workstations, New
        workstation). Here, stop Beacon, start it with a new data folder (--data DIR), and join with the code.
      </p>
    </div>
  );
}
