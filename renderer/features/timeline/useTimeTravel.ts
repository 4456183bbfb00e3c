import { useMemo } from 'react';
import { useClient } from '../../client/hooks.ts';
import { useCommand } from '../../client/useCommand.ts';

/** Nearer to now than this is now: the last values are still on their way into the store. */
const NOW_MS = 30_000;

export type TimeTravel = {
  /**
   * To the county of that time; at the speed that is played already, or standing. A time that is nearly now is live.
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
