import { useEffect, useState } from 'react';
import type { RequestInput, RequestName, RequestOutput } from '../../shared/contract.ts';
import { useClient } from '../live/hooks.ts';

export type Answer<T> = { state: 'loading' } | { state: 'failed'; message: string } | { state: 'done'; value: T };

/** Asks once when the component appears, and again when `input` (by value) changes; a late answer to an earlier question is dropped. */
export function useAnswer<N extends RequestName>(name: N, input: RequestInput<N>): Answer<RequestOutput<N>> {
  const client = useClient();
  const question = JSON.stringify([name, input]);
  const [answer, setAnswer] = useState<{ question: string; answer: Answer<RequestOutput<N>> }>();
  useEffect(() => {
    let isCurrent = true;
    const give = (next: Answer<RequestOutput<N>>): void => {
      if (isCurrent) setAnswer({ question, answer: next });
    };
    const [, asked] = JSON.parse(question) as [N, RequestInput<N>];
    client.request(name, asked).then(
      (value) => give({ state: 'done', value }),
      (error: unknown) => give({ state: 'failed', message: error instanceof Error ? error.message : String(error) }),
    );
    return () => {
      isCurrent = false;
    };
  }, [client, name, question]);
  return answer?.question === question ? answer.answer : { state: 'loading' };
}
