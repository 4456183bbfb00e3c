import type { ReactNode } from 'react';
import { useStream } from '../../client/hooks.ts';
import { useLocalTime } from '../../client/useLocalTime.ts';
import styles from './Banner.module.css';
import { bannerText } from './bannerText.ts';
import { useHealth } from './useHealth.ts';

/**
 * Shows one sentence across the screen when the picture cannot be trusted. A silent engine or feed never looks healthy.
 */
export function Banner(): ReactNode {
  const health = useHealth();
  const broker = useStream('vitals')?.broker.url;
  const text = bannerText(health, useLocalTime(), broker);
  if (text === undefined) return null;
  return (
    <div className={styles['banner']} role="alert" data-testid="banner" data-state={health.state}>
      <b>{text.title}</b>
      <span>{text.detail}</span>
    </div>
  );
}
