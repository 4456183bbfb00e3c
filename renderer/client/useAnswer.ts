import { useEffect, useState } from 'react';
import type { RequestInput, RequestName, RequestOutput } from '../../shared/contract/contract.ts';
import { useClient } from './hooks.ts';

export type Answer<T> = { state: 'loading' } | { state: 'failed'; message: string } | { state: 'done'; value: T };

/**
 * Sends the request when the component appears, again when `input` (by value) or `version` changes, and every
 * `refreshMs`; nothing is sent while `input` is undefined. During a refresh the last answer stays; a late answer to an
 * earlier request is dropped.
 */
export function useAnswer<N extends RequestName>(
  name: N,
  input: RequestInput<N> | undefined,
  refreshMs?: number,
  version = 0,
): Answer<RequestOutput<N>> {
  const client = useClient();
  const question = JSON.stringify([name, input]);
  const [held, setHeld] = useState<{ question: string; answer: Answer<RequestOutput<N>> }>();
  useEffect(() => {
    let isCurrent = true;
    const give = (answer: Answer<RequestOutput<N>>): void => {
      if (isCurrent) setHeld({ question, answer });
    };
    const [, asked] = JSON.parse(question) as [N, RequestInput<N> | null];
    if (asked === null) return undefined;
    const ask = (): void => {
      client.request(name, asked).then(
        (value) => give({ state: 'done', value }),
        (error: unknown) => give({ state: 'failed', message: error instanceof Error ? error.message : String(error) }),
      );
    };
    ask();
    const timer = refreshMs === undefined ? undefined : window.setInterval(ask, refreshMs);
    return () => {
      isCurrent = false;
      window.clearInterval(timer);
    };
  }, [client, name, question, refreshMs, version]);
  return held?.question === question ? held.answer : { state: 'loading' };
}
