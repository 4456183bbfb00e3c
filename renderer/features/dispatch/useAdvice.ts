import { useEffect, useState } from 'react';
import type { Recommendation } from '../../../shared/dispatch/recommendation.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { useClient } from '../../client/hooks.ts';
import type { Answer } from '../../client/useAnswer.ts';

/** The recommendation is refreshed this often, because units move and traffic changes. */
const REFRESH_MS = 5000;

/**
 * The units that should go to the incident: requested again whenever the incident changes, and every few seconds.
 * Meanwhile the last answer stays.
 */
export function useAdvice(incident: Incident | undefined): Answer<Recommendation> {
  const client = useClient();
  const [held, setHeld] = useState<{ incidentId: string; answer: Answer<Recommendation> }>();
  const incidentId = incident?.id;
  const changedAtMs = incident?.changedAtMs;
  useEffect(() => {
    if (incidentId === undefined) return undefined;
    let isCurrent = true;
    const give = (answer: Answer<Recommendation>): void => {
      if (isCurrent) setHeld({ incidentId, answer });
    };
    const ask = (): void => {
      client.request('dispatch.recommend', { incidentId }).then(
        (value) => give({ state: 'done', value }),
        (error: unknown) => give({ state: 'failed', message: error instanceof Error ? error.message : String(error) }),
      );
    };
    ask();
    const timer = window.setInterval(ask, REFRESH_MS);
    return () => {
      isCurrent = false;
      window.clearInterval(timer);
    };
  }, [client, incidentId, changedAtMs]);
  return held !== undefined && held.incidentId === incidentId ? held.answer : { state: 'loading' };
}
