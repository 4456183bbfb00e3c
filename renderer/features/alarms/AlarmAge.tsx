import type { ReactNode } from 'react';
import { useNow } from '../../client/hooks.ts';
import { formatAge } from '../../ui/formatTime.ts';

/** How long ago the alarm was raised. */
export function AlarmAge({ raisedAtMs }: { raisedAtMs: number }): ReactNode {
  const nowMs = useNow(1000);
  return nowMs === undefined ? '–' : formatAge(nowMs - raisedAtMs);
}
