import type { ReactNode } from 'react';
import { ImpactView, impactViewOf } from '../features/impact/ImpactView.tsx';
import styles from './AdministrationPage.module.css';
import { addressOf } from './address.ts';
import type { PageProps } from './Page.ts';

/** Where to act first, how a change will be judged, and what came of it. */
export function ImpactPage({ path }: PageProps): ReactNode {
  return (
    <div className={styles['page']}>
      <ImpactView shown={impactViewOf(path)} onShow={(view) => window.location.assign(addressOf('impact', view))} />
    </div>
  );
}
