import { useReplay } from '../../client/hooks.ts';
import { useTimeTravel } from './useTimeTravel.ts';

type TimeCommand = { id: string; label: string; shortcut?: string; run: () => void };

const MINUTE_MS = 60_000;

/** The palette's commands about time; the way back to live comes first. */
export function useTimeCommands(): TimeCommand[] {
  const isPast = useReplay() !== undefined;
  const { goBack, goLive } = useTimeTravel();
  const back = (label: string, minutes: number): TimeCommand => ({
    id: `back:${minutes}`,
    label: `Go back ${label}`,
    run: () => goBack(minutes * MINUTE_MS),
  });
  return [
    ...(isPast ? [{ id: 'live', label: 'Back to live', shortcut: 'L', run: goLive }] : []),
    back('15 minutes', 15),
    back('an hour', 60),
    back('a day', 1440),
  ];
}
