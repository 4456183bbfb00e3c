import type { ReactNode } from 'react';
import styles from './PriorityMark.module.css';

type Props = {
  priority: 1 | 2 | 3 | 4;
  /** The mark is drawn hollow, because the alarm has been seen or is over. */
  isHollow?: boolean;
  isPulsing?: boolean;
  /**
   * The mark is grey, because the alarm does not call for anybody: it is shelved for a time (`clock`), suppressed by
   * design (`hatched`) or out of service (`struck`).
   */
  veil?: 'clock' | 'hatched' | 'struck' | undefined;
};

const shapes = {
  1: { path: 'M9 0.8 17.2 9 9 17.2 0.8 9z', textY: 12.4 },
  2: { path: 'M9 1 17.6 16.4H0.4z', textY: 14.4 },
  3: { path: 'M2 2h14v14H2z', textY: 12.6 },
  4: { path: 'M9 1a8 8 0 1 1 0 16A8 8 0 1 1 9 1z', textY: 12.6 },
} as const;

const veils = {
  clock: 'M17 12.6v2.6l1.6 1M17 19a4 4 0 1 0 0-8a4 4 0 1 0 0 8z',
  hatched: 'M3 15 15 3M6 17 17 6M1 11 11 1',
  struck: 'M1 17 17 1',
} as const;

/**
 * Shows the priority by colour, shape and number together, so that a person who cannot see one of them can rely on the
 * others.
 */
export function PriorityMark({ priority, isHollow = false, isPulsing = false, veil }: Props): ReactNode {
  const { path, textY } = shapes[priority];
  const className = [
    styles['mark'],
    isHollow || veil !== undefined ? styles['hollow'] : '',
    isPulsing ? styles['pulsing'] : '',
  ].join(' ');
  return (
    <svg
      className={className}
      viewBox="0 0 18 18"
      role="img"
      aria-label={`Priority ${priority}`}
      data-priority={priority}
      data-veil={veil}
    >
      <path d={path} />
      <text x="9" y={textY} textAnchor="middle">
        {priority}
      </text>
      {veil !== undefined && <path className={styles['veil']} d={veils[veil]} />}
    </svg>
  );
}
