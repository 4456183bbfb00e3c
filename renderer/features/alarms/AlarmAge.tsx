import type { ReactNode } from 'react';
import { useNow } from '../../client/hooks.ts';
import { formatAge } from '../../ui/formatTime.ts';

/** For how long it has been raised. */
export function AlarmAge({ raisedAtMs }: { raisedAtMs: number }): ReactNode {
  const nowMs = useNow(1000);
  return nowMs === undefined ? '–' : formatAge(nowMs - raisedAtMs);
}
