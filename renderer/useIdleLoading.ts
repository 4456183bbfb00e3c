import { useEffect } from 'react';

/** On a screen that is never idle, the next script is loaded after this time all the same. */
const LONGEST_WAIT_MS = 3000;

/**
 * Loads the parts that may be shown later, one after another while the screen is idle. Each then opens at once, and
 * also after the engine that would serve its script has gone.
 */
export function useIdleLoading(loads: readonly (() => Promise<void>)[]): void {
  useEffect(() => {
    let handle = 0;
    const [...waiting] = loads;
    const next = (): void => {
      const load = waiting.shift();
      if (load === undefined) return;
      handle = requestIdleCallback(() => void load().then(next), { timeout: LONGEST_WAIT_MS });
    };
    next();
    return () => {
      waiting.length = 0;
      cancelIdleCallback(handle);
    };
  }, [loads]);
}
