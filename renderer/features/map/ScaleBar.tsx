import type { ReactNode } from 'react';
import { formatDistance } from '../../../shared/base/display.ts';
import { useSelection } from '../../client/hooks.ts';
import { useDisplayUnits } from '../../client/useDisplayUnits.ts';
import { useReadable } from '../../ui/useReadable.ts';
import styles from './ScaleBar.module.css';
import { scaleStep } from './scaleStep.ts';
import { metresPerPixel } from './viewMath.ts';

const LONGEST_PX = 120;

/** Shows the distance on the ground of a stretch of the map, measured at its middle. */
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
