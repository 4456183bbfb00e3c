import { useMemo } from 'react';
import { useClient } from '../../client/hooks.ts';
import { useCommand } from '../../client/useCommand.ts';

/** A time this near to now counts as now, because the last values are still on their way into the store. */
const NOW_MS = 30_000;

export type TimeTravel = {
  /**
   * Moves the picture to that time: at the speed of the replay that is running, or standing still. A time that is
   * nearly now leads to live.
   */
  goTo: (atMs: number) => void;
  goBack: (ms: number) => void;
  play: (speed: number) => void;
  goLive: () => void;
};

export function useTimeTravel(): TimeTravel {
  const client = useClient();
  const run = useCommand();
  return useMemo(() => {
    const goLive = (): void => {
      if (client.replay() !== undefined) void run('time.live', {});
    };
    const goTo = (atMs: number): void => {
      if (atMs > (client.nowMs() ?? Number.POSITIVE_INFINITY) - NOW_MS) goLive();
      else void run('time.travel', { atMs, speed: client.replay()?.speed ?? 0 });
    };
    return {
      goTo,
      goLive,
      goBack: (ms) => goTo((client.pictureMs() ?? 0) - ms),
      play: (speed) => void run('time.speed', { speed }),
    };
  }, [client, run]);
}
