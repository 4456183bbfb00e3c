import { useCallback, useEffect, useState } from 'react';
import type { RequestInput, RequestName, RequestOutput } from '../../../shared/contract/contract.ts';
import { useClient } from '../../client/hooks.ts';

type PeopleList = RequestOutput<'people.list'>;
type Asked = {
  list: PeopleList | undefined;
  fault: string | undefined;
  /** Sends a request and shows its result; rejects if it is refused. */ act: <N extends RequestName>(
    name: N,
    input: RequestInput<N>,
  ) => Promise<RequestOutput<N>>;
};

const REFRESH_MS = 3000;

/** The current accounts and tokens, updated also when another administrator changes them. */
export function usePeopleList(): Asked {
  const client = useClient();
  const [held, setHeld] = useState<{ list?: PeopleList; fault?: string }>({});
  const load = useCallback(async () => {
    try {
      setHeld({ list: await client.request('people.list', {}) });
    } catch (error) {
      setHeld((before) => ({ ...before, fault: error instanceof Error ? error.message : String(error) }));
    }
  }, [client]);
  useEffect(() => {
    const timers = [window.setTimeout(() => void load(), 0), window.setInterval(() => void load(), REFRESH_MS)];
    return () => timers.forEach((timer) => window.clearInterval(timer));
  }, [load]);
  const act = useCallback(
    async <N extends RequestName>(name: N, input: RequestInput<N>): Promise<RequestOutput<N>> => {
      const output = await client.request(name, input);
      await load();
      return output;
    },
    [client, load],
  );
  return { list: held.list, fault: held.fault, act };
}

export type Act = Asked['act'];
