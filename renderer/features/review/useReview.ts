import { useEffect, useState } from 'react';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { useNow } from '../../live/hooks.ts';
import { useAnswer } from '../../ui/useAnswer.ts';
import type { ReviewLine } from './reviewTimes.ts';
import { reviewSpan } from './reviewTimes.ts';
import type { Travel } from './travel.ts';

export type Scope = 'incident' | 'room';

export type Review = { fromMs: number; toMs: number; lines: readonly ReviewLine[]; isCut: boolean; scope: Scope; setScope: (scope: Scope) => void };

/** What was done, in the incident or by everybody in its time. While it is shown the picture is of then: it begins before the incident did, and the screen goes back to live afterwards. */
export function useReview(incident: Incident, travel: Travel): Review {
  const nowMs = useNow(60_000) ?? incident.changedAtMs;
  const [scope, setScope] = useState<Scope>('incident');
  const { fromMs, toMs } = reviewSpan(incident, nowMs);
  const answer = useAnswer('record.between', { fromMs, toMs });
  useEffect(() => {
    travel.goTo(fromMs);
    return travel.goLive;
  }, [travel, fromMs]);
  const room = answer.state === 'done' ? answer.value : { lines: [], isCut: false };
  const own = incident.log.toSorted((a, b) => a.atMs - b.atMs);
  return { fromMs, toMs, scope, setScope, lines: scope === 'incident' ? own : room.lines, isCut: scope === 'room' && room.isCut };
}
