import { useCallback } from 'react';
import type { RequestInput, RequestName, RequestOutput } from '../../shared/contract/contract.ts';
import { useTell } from '../ui/Toasts.tsx';
import { useClient } from './hooks.ts';

type RunCommand = <N extends RequestName>(name: N, input: RequestInput<N>) => Promise<RequestOutput<N> | undefined>;

/** Sends a command. A refusal is shown to the person and results in undefined, so that callers need not catch. */
export function useCommand(): RunCommand {
  const client = useClient();
  const tell = useTell();
  return useCallback(
    async (name, input) => {
      try {
        return await client.request(name, input);
      } catch (error) {
        tell(error instanceof Error ? error.message : String(error));
        return undefined;
      }
    },
    [client, tell],
  );
}
