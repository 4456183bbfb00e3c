import { useEffect, useState } from 'react';
import type { RequestOutput } from '../../../shared/contract/contract.ts';
import { useAnswer } from '../../client/useAnswer.ts';
import type { Answer } from '../../client/useAnswer.ts';

export type Hit = RequestOutput<'search'>['hits'][number];

/** Long enough that fast typing sends one request per word, short enough that nobody waits. */
const PAUSE_MS = 150;

/** The answer for the text at the last pause; it is current if nothing was typed since. */
type Search = { answer: Answer<RequestOutput<'search'>>; isCurrent: boolean };

/** Searches the county for the text, when the typing pauses. The text must not be empty. */
export function useSearch(text: string): Search {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(text), PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [text]);
  const answer = useAnswer('search', { text: settled.slice(0, 100) });
  return { answer, isCurrent: settled === text && answer.state !== 'loading' };
}
