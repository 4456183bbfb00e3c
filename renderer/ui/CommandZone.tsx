import type { ReactNode } from 'react';
import { useReplay } from '../live/hooks.ts';
import { RefusalContext } from './refusal.ts';

export const PAST_REFUSAL = 'This screen shows the past. Go back to live to do this.';

/** Around buttons that change the county or the record: while the screen shows the past they are disabled and say why. */
export function CommandZone({ children }: { children: ReactNode }): ReactNode {
  const isPast = useReplay() !== undefined;
  return <RefusalContext value={isPast ? PAST_REFUSAL : undefined}>{children}</RefusalContext>;
}
