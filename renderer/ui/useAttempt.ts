import { useState } from 'react';

export type Attempt = {
  isBusy: boolean;
  /** Why the last attempt failed, in a sentence. */
  fault: string | undefined;
  run: (work: () => Promise<unknown>) => Promise<boolean>;
};

/** Runs one action at a time that may be refused; the reason stays visible until the next attempt. */
export function useAttempt(): Attempt {
  const [state, setState] = useState<{ isBusy: boolean; fault?: string }>({ isBusy: false });
  const run = async (work: () => Promise<unknown>): Promise<boolean> => {
    setState({ isBusy: true });
    try {
      await work();
      setState({ isBusy: false });
      return true;
    } catch (error) {
      setState({ isBusy: false, fault: error instanceof Error ? error.message : String(error) });
      return false;
    }
  };
  return { isBusy: state.isBusy, fault: state.fault, run };
}
