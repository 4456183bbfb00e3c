import type { Incident } from '../../shared/incidents/incident.ts';
import { useStream } from './hooks.ts';
import { useAnswer } from './useAnswer.ts';
import type { Answer } from './useAnswer.ts';

/**
 * An incident by its id: from the stream, or from the record when the stream no longer holds it. It comes back into the
 * stream when something about it changes.
 */
export function useIncident(id: string): Answer<Incident> {
  const streamed = useStream('incidents')?.get(id);
  const answer = useAnswer('incident.get', { incidentId: id });
  if (streamed !== undefined) return { state: 'done', value: streamed };
  return answer.state === 'done' ? { state: 'done', value: answer.value.incident } : answer;
}
