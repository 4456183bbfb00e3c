import { useEffect } from 'react';

/** A screen that is never idle loads the next script after this time all the same. */
const LONGEST_WAIT_MS = 3000;

/**
 * Loads what may be shown later, one part after another while the screen has nothing else to do: each then opens at
 * once, and also when the engine that would serve its script has gone meanwhile.
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
