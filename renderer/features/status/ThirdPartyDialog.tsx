import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { ModalDialog } from '../../ui/ModalDialog.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import styles from './ThirdPartyDialog.module.css';

/** The file that the build makes of the licences of all that it bundles. */
const FILE = 'third-party-notices.txt';

type Loaded = { text: string } | { failure: string } | undefined;

async function load(): Promise<Loaded> {
  try {
    const response = await fetch(FILE);
    return response.ok ? { text: await response.text() } : { failure: `${FILE} is not there.` };
  } catch {
    return { failure: `${FILE} cannot be read.` };
  }
}

/** Shows the licences of the software of others that the application is made of. */
export function ThirdPartyDialog({ onClose }: { onClose: () => void }): ReactNode {
  const [loaded, setLoaded] = useState<Loaded>();
  useEffect(() => {
    let isGone = false;
    void load().then((result) => {
      if (!isGone) setLoaded(result);
    });
    return () => {
      isGone = true;
    };
  }, []);
  return (
    <ModalDialog title="Third-party notices" width={800} onClose={onClose}>
      {loaded === undefined && <Skeleton rows={8} height={20} />}
      {loaded !== undefined && 'failure' in loaded && <p role="alert">{loaded.failure}</p>}
      {loaded !== undefined && 'text' in loaded && (
        // A text that can be scrolled must be reachable by the keyboard.
        <pre className={styles['text']} tabIndex={0} aria-label="Licences">
          {loaded.text}
        </pre>
      )}
    </ModalDialog>
  );
}
