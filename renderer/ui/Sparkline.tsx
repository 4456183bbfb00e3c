import type { ReactNode } from 'react';
import { sparkGeometry } from './sparkGeometry.ts';
import styles from './Sparkline.module.css';

type Props = {
  values: readonly (number | null)[];
  low?: number | undefined;
  high?: number | undefined;
  typical?: number | undefined;
  isAbnormal: boolean;
};

const WIDTH = 120;
const HEIGHT = 32;

/** A small line without axes: the last two hours, the normal band behind it, gaps left open. */
export function Sparkline({ values, low, high, typical, isAbnormal }: Props): ReactNode {
  const geometry = sparkGeometry(values, { low, high, typical }, WIDTH, HEIGHT);
  if (geometry === undefined) return <svg className={styles['spark']} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden />;
  const { path, band, typicalY, end } = geometry;
  return (
    <svg
      className={styles['spark']}
      data-abnormal={isAbnormal}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden
    >
      {band !== undefined && <rect className={styles['band']} x="0" y={band.top} width={WIDTH} height={band.height} />}
      {typicalY !== undefined && <line className={styles['typical']} x1="0" x2={WIDTH} y1={typicalY} y2={typicalY} />}
      <path className={styles['line']} d={path} />
      {/* A round cap on a stroke of no length: a dot that stays round while the box is stretched. */}
      {end !== undefined && <path className={styles['end']} d={`M${end.x} ${end.y}h0`} />}
    </svg>
  );
}
