import type { ReactNode } from 'react';
import { formatDistance } from '../../../shared/base/display.ts';
import { useReadable, useSelection } from '../../live/hooks.ts';
import { useDisplayUnits } from '../../ui/useDisplayUnits.ts';
import { scaleStep } from './scaleStep.ts';
import styles from './ScaleBar.module.css';
import { metresPerPixel } from './viewMath.ts';

const LONGEST_PX = 120;

/** How far a stretch of the map is on the ground, at the middle of the map. */
export function ScaleBar(): ReactNode {
  const view = useReadable(useSelection().view);
  const units = useDisplayUnits();
  if (view === undefined) return null;
  const metresPerPx = metresPerPixel(view.lat, view.zoom);
  const metres = scaleStep(LONGEST_PX * metresPerPx, units);
  const text = formatDistance(metres, units);
  return (
    <div className={styles['scale']} role="img" aria-label={`Scale: the bar is ${text} long`}>
      {text}
      <span className={styles['bar']} style={{ width: metres / metresPerPx }} />
    </div>
  );
}
